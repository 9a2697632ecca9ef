import type {LogEntry} from './log-entry.js'
import {isAtLeast, type LogLevel} from './log-level.js'
import {shortRequestId} from './short-request-id.js'
import {isInRanges, type StatusRange} from './status-range.js'

/** What `--grep` looks for. */
export interface LogPattern {
  /** As it was typed. */
  readonly source: string
  /** Whether it is somewhere in a text, told in time linear in that. */
  readonly isIn: (text: string) => boolean
}

/** What an entry must be to be shown; all conditions hold, absent ones always do. Time is the log source's business. */
export interface LogFilter {
  readonly minimumLevel?: LogLevel | undefined
  /** Requests that took this long or longer. */
  readonly slowSeconds?: number | undefined
  /** `/cars` means itself and what is below it: `/cars/:id`. */
  readonly endpoint?: string | undefined
  readonly statuses?: readonly StatusRange[] | undefined
  /** Or the first group of a UUID, as `shortRequestId` has it. In an entry without one: a word of it, if it is distinctive. */
  readonly requestId?: string | undefined
  /** Tried on the raw text. */
  readonly grep?: LogPattern | undefined
}

function isBelow(path: string | null, endpoint: string): boolean {
  if (path === null) return false
  return path === endpoint || path.startsWith(endpoint.endsWith('/') ? endpoint : `${endpoint}/`)
}

/** An id that can stand in a text by accident (`1`, `200`, `get`) is no sign of a request. */
function isDistinctive(requestId: string): boolean {
  return requestId.length >= 8 || (requestId.length >= 4 && /\d/.test(requestId) && /[^\d.,:]/.test(requestId))
}

/** Whether a text is somewhere in another as a word of its own; the first group of a UUID is one. */
function isWordIn(text: string, word: string): boolean {
  const isPart = (character: string | undefined): boolean => character !== undefined && /\w/.test(character)
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true
  }
  return false
}

/** By its id; an entry that has none by any line that holds one so distinctive. */
function isOfRequest(entry: LogEntry, requestId: string): boolean {
  if (entry.requestId !== null) return entry.requestId === requestId || shortRequestId(entry.requestId) === requestId
  return isDistinctive(requestId) && isWordIn(entry.raw, requestId)
}

type Condition = (entry: LogEntry) => boolean

/** One test for all conditions, cheapest first. */
export function matcherOf(filter: LogFilter): Condition {
  const {minimumLevel, slowSeconds, endpoint, statuses, requestId, grep} = filter
  const conditions: Condition[] = []
  if (minimumLevel !== undefined) conditions.push(({level}) => level !== null && isAtLeast(level, minimumLevel))
  if (slowSeconds !== undefined) {
    conditions.push(({durationSeconds}) => durationSeconds !== null && durationSeconds >= slowSeconds)
  }
  if (statuses !== undefined) conditions.push(({status}) => status !== null && isInRanges(status, statuses))
  if (endpoint !== undefined) {
    conditions.push((entry) => isBelow(entry.endpoint, endpoint) || isBelow(entry.path, endpoint))
  }
  if (requestId !== undefined) conditions.push((entry) => isOfRequest(entry, requestId))
  if (grep !== undefined) conditions.push(({raw}) => grep.isIn(raw))
  return (entry) => conditions.every((holds) => holds(entry))
}
