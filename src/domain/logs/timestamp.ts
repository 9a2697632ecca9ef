import {timeWrittenAt} from './written-time.js'

/** 1973 and 5138 in seconds: what is less is no epoch, what is more is in a smaller unit. */
const LEAST = 1e8
const LARGEST_SECONDS = 1e11
const EPOCH = /^\d{9,19}(?:\.\d{1,9})?$/

function fromMilliseconds(milliseconds: number): string | null {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : null
}

/** Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by their magnitude. */
function fromEpoch(value: number): string | null {
  if (value < LEAST) return null
  if (value < LARGEST_SECONDS) return fromMilliseconds(Math.floor(value * 1000 + 1e-4))
  const unit = [1, 1e3, 1e6].find((each) => value < LARGEST_SECONDS * 1000 * each)
  return unit === undefined ? null : fromMilliseconds(Math.floor(value / unit))
}

/** `{seconds, nanos}` of Google, `{epochSecond, nanoOfSecond}` of Java, `{$date}` of MongoDB. */
function fromParts(parts: Readonly<Record<string, unknown>>): string | null {
  const seconds = parts['seconds'] ?? parts['epochSecond']
  const nanos = parts['nanos'] ?? parts['nanoOfSecond'] ?? 0
  if (typeof nanos !== 'number') return null
  if (typeof seconds === 'number') return fromMilliseconds(seconds * 1000 + Math.floor(nanos / 1e6))
  return typeof parts['$date'] === 'string' ? readTimestamp(parts['$date']) : null
}

/** A log line's own time as ISO 8601 UTC, to the millisecond; null for what cannot be told for certain. */
export function readTimestamp(value: unknown): string | null {
  if (typeof value === 'number') return fromEpoch(value)
  if (typeof value === 'object' && value !== null) return fromParts(value as Readonly<Record<string, unknown>>)
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (EPOCH.test(text)) return fromEpoch(Number(text))
  const written = timeWrittenAt(text, 0)
  return written !== null && written.end === text.length ? written.at : null
}
