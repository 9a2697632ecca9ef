import type {RawEntry} from './entry-scanner.js'
import type {FieldRules} from './field-rules.js'
import type {LogEntry, LogOrigin} from './log-entry.js'
import {parseJsonEntry} from './parse-json-entry.js'
import {parsePlainEntry} from './parse-plain-entry.js'
import {readTimestamp} from './timestamp.js'

const NO_RULES: FieldRules = {}

/** Understands one entry, by the rules of its service and then by itself; whatever is no JSON object is plain text. */
export function parseEntry(
  {stamp, text}: RawEntry,
  {service, replica}: LogOrigin,
  rules: FieldRules = NO_RULES,
): LogEntry {
  const at = stamp === null ? null : readTimestamp(stamp)
  const around = {origin: {service, replica}, rules, at, level: null, message: '', raw: text}
  return parseJsonEntry(text, around) ?? parsePlainEntry(text, around)
}
