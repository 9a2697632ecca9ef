import {phpError} from './error-text.js'
import {ofFields, ofFieldsLeft, ofList} from './health-fields.js'
import {isFields} from './health-parts.js'
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

/** Where a document may begin that something stands before: warnings of PHP, a guard against scripts, a callback's name. */
const BEGINNING = /(?:^|[\n>;])\s{0,8}(?=[{[])|^[\w$.]{1,60}\((?=[{[])/g
const MOST_BEGINNINGS = 3
/** Characters before it. */
const LONGEST_BEFORE = 20_000

/** A document with a text before it, and perhaps behind it. */
function embedded(text: string): unknown {
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1
  const starts = Array.from(
    text.slice(0, LONGEST_BEFORE).matchAll(BEGINNING),
    ({0: head, index}) => index + head.length,
  )
  const tried = starts.slice(0, MOST_BEGINNINGS).map((start) => parsed(text.slice(start, end)))
  return tried.find((value) => typeof value === 'object' && value !== null)
}

/** An object as Python prints it. */
function printedByPython(text: string): unknown {
  if (!/^\{\s{0,20}'/.test(text) || text.includes('"') || text.length > LONGEST_BEFORE) return undefined
  const words: Readonly<Record<string, string>> = {True: 'true', False: 'false', None: 'null'}
  return parsed(text.replaceAll("'", '"').replaceAll(/\b(?:True|False|None)\b/g, (word) => words[word] ?? word))
}

function ofValue(value: unknown): StatedHealth | null {
  if (isFields(value)) return ofFields(value)
  return Array.isArray(value) ? ofList(value) : null
}

/** An object that is cut off, or broken further down. */
function ofBroken(text: string): StatedHealth | null {
  const document = printedByPython(text)
  return document === undefined ? ofFieldsLeft(topLevelFields(text)) : ofValue(document)
}

function ofMixed(text: string): StatedHealth | null {
  const document = embedded(text)
  return document === undefined ? ofText(text) : ofValue(document)
}

/** What is no JSON as a whole: lines of it, an object that is broken, one within a text, a text; and PHP's own errors beside any. */
function ofNoDocument(text: string): StatedHealth | null {
  if (isLines(text)) return ofList(ofLines(text))
  const said = text.startsWith('{') ? ofBroken(text) : ofMixed(text)
  const php = phpError(text)
  if (php === null || (said !== null && said.outcome !== 'healthy')) return said
  return {outcome: 'degraded', word: php, parts: []}
}

/**
 * What a body says, whatever type it claims to be of: by the status words of Spring's Actuator, health+json, ASP.NET, MicroProfile,
 * terminus and their like, or as plain text. Null where it says nothing of health: a word within prose, or deep within somebody else's
 * JSON, is no statement. A body that is cut off is read as far as it goes.
 */
export function statedHealth(body: string): StatedHealth | null {
  const text = body.replace(/^\uFEFF/, '').trim()
  const value = parsed(text)
  if (value === undefined) return ofNoDocument(text)
  if (typeof value === 'string' || typeof value === 'boolean') return ofText(String(value).trim())
  return ofValue(value)
}
