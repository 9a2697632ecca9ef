import {isFields, ofFields, ofFieldsLeft, ofList} from './health-fields.js'
import {ofText} from './health-text.js'
import type {StatedHealth} from './health-words.js'
import {topLevelFields} from './top-level-fields.js'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Two or more objects, one a line. */
function isLines(text: string): boolean {
  return /^\{[^\n]*\}\r?\n\{/.test(text)
}

/** The objects of lines of JSON. */
function ofLines(text: string): readonly unknown[] {
  return text.split('\n').map(parsed)
}

/** What is no JSON as a whole: lines of it, an object that is cut off or broken further down, a text. */
function ofNoDocument(text: string): StatedHealth | null {
  if (isLines(text)) return ofList(ofLines(text))
  return text.startsWith('{') ? ofFieldsLeft(topLevelFields(text)) : ofText(text)
}

/**
 * What a body says, whatever type it claims to be of: by the status words of Spring's Actuator, health+json, ASP.NET, MicroProfile,
 * terminus and their like, or as plain text. Null where it says nothing of health: a word within prose, or deep within somebody else's
 * JSON, is no statement. A body that is cut off is read as far as it goes.
 */
export function statedHealth(body: string): StatedHealth | null {
  const text = body.replace(/^\uFEFF/, '').trim()
  const value = parsed(text)
  if (isFields(value)) return ofFields(value)
  if (Array.isArray(value)) return ofList(value)
  if (value === undefined) return ofNoDocument(text)
  return typeof value === 'string' || typeof value === 'boolean' ? ofText(String(value).trim()) : null
}
