import type {LogRange} from '../../../ports/log-source.js'

/** The engine's stamp in full: `2026-11-23T06:00:00.123456789Z`. */
export const STAMP_BYTES = 30
const STAMP_SHAPE = Buffer.from('0000-00-00T00:00:00.000000000Z')
const [ZERO, NINE, ZULU, SPACE] = [0x30, 0x39, 0x5a, 0x20]
const POINT_AT = 19
/** Without a fraction. */
const SHORTEST_STAMP = 20

/** Which entries are wanted, and how they are given out. The engine's bounds belong to it. */
export interface LogWindow {
  /** Stamps; they sort as they read. */
  readonly since: Buffer | null
  readonly until: Buffer | null
  /** Whether each line begins with its stamp. */
  readonly stamped: boolean
}

/** As the engine understands a number of seconds, microseconds at most; null where it has no four-digit year. */
function stampAt(seconds: number): Buffer | null {
  const [whole = '', fraction = ''] = seconds.toFixed(6).split('.')
  const date = new Date(Number(whole) * 1000)
  if (seconds < 0 || Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return null
  return Buffer.from(`${date.toISOString().slice(0, POINT_AT)}.${fraction}000Z`)
}

/** null where the engine is to be asked. */
export function windowOf({since, until, stamped, tail}: LogRange): LogWindow | null {
  const [first, last] = [since, until].map((bound) => (bound === undefined ? null : stampAt(bound)))
  if (first === undefined || last === undefined || tail === 0) return null
  if ((since !== undefined && first === null) || (until !== undefined && last === null)) return null
  return {since: first, until: last, stamped: stamped === true}
}

/** The second and the microseconds of a stamp: `since` with it brings the entry again. */
export function secondsOf(stamp: Buffer): number {
  const text = stamp.toString('latin1')
  return Date.parse(`${text.slice(0, POINT_AT)}Z`) / 1000 + Number(text.slice(POINT_AT + 1, POINT_AT + 7)) / 1e6
}

function isStampLength(length: number): boolean {
  return length === SHORTEST_STAMP || (length > SHORTEST_STAMP + 1 && length <= STAMP_BYTES)
}

/** Of the character that stands in a stamp where `shape` does. */
function fits(byte: number, shape: number): boolean {
  return shape === ZERO ? byte >= ZERO && byte <= NINE : byte === shape
}

/**
 * Writes the stamp at `from` of the bytes in full, with a space behind it, to the start of `target`: the engine leaves zeros away at the
 * end of a fraction. False where it is no stamp.
 */
export function copyStamp(bytes: Buffer, from: number, end: number, target: Buffer): boolean {
  if (!isStampLength(end - from) || bytes[end - 1] !== ZULU) return false
  for (let at = 0; at < STAMP_BYTES; at += 1) {
    const shape = STAMP_SHAPE[at] ?? 0
    const byte = at < end - from - 1 ? (bytes[from + at] ?? 0) : shape
    if (!fits(byte, shape)) return false
    target[at] = byte
  }
  target[STAMP_BYTES] = SPACE
  return true
}

/** `before` and `after` as the engine drops them; `after` ends what it reads. */
export function placeIn({since, until}: LogWindow, stamped: Buffer): 'before' | 'within' | 'after' {
  if (since !== null && since.compare(stamped, 0, STAMP_BYTES) > 0) return 'before'
  return until !== null && until.compare(stamped, 0, STAMP_BYTES) < 0 ? 'after' : 'within'
}
