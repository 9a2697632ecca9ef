import type {RawEntry} from './entry-scanner.js'
import type {LogEntry, LogOrigin} from './log-entry.js'
import {parseJsonEntry} from './parse-json-entry.js'
import {parsePlainEntry} from './parse-plain-entry.js'
import {readTimestamp} from './timestamp.js'

/** Understands one entry; whatever is no JSON object is plain text. */
export function parseEntry({stamp, text}: RawEntry, origin: LogOrigin): LogEntry {
  const at = stamp === null ? null : readTimestamp(stamp)
  return parseJsonEntry(text, origin, at) ?? parsePlainEntry(text, origin, at)
}
