import {isFields, type Fields} from './field-reader.js'
import type {LogEntry} from './log-entry.js'
import {type Around, readFields} from './read-fields.js'

/** null when the text is no JSON object. */
export function parseObject(text: string): Fields | null {
  if (!text.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : null
  } catch {
    return null
  }
}

/** null when the line is no JSON object. */
export function parseJsonEntry(text: string, around: Around): LogEntry | null {
  const parsed = parseObject(text)
  return parsed === null ? null : readFields(parsed, around)
}
