import {continuesEntry, LOOKED_AT} from './continuation.js'

const NEWLINE = 0x0a
const RETURN = 0x0d
const SPACE = 0x20
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

const LONGEST_STAMP = 40

/** Length of the engine's RFC 3339 stamp and its space at the start of a line, 0 without one. */
export function stampLength(buffer: Buffer, lineStart: number): number {
  if (buffer[lineStart + 4] !== 0x2d || buffer[lineStart + 10] !== 0x54) return 0
  const space = buffer.indexOf(SPACE, lineStart + 19)
  return space !== -1 && space - lineStart <= LONGEST_STAMP ? space + 1 - lineStart : 0
}

/** Start of the line that holds the byte at `position`. */
export function lineStart(buffer: Buffer, position: number): number {
  return position === 0 ? 0 : buffer.lastIndexOf(NEWLINE, position - 1) + 1
}

/** Start of the next line, the buffer's length when there is none. */
export function nextLine(buffer: Buffer, position: number): number {
  const newline = buffer.indexOf(NEWLINE, position)
  return newline === -1 ? buffer.length : newline + 1
}

/** End of a line's text, without its line break. */
export function lineEnd(buffer: Buffer, start: number, next: number): number {
  let end = next
  if (end > start && buffer[end - 1] === NEWLINE) end -= 1
  if (end > start && buffer[end - 1] === RETURN) end -= 1
  return end
}

/** Where entries start and end in a buffer of lines that begins with an entry. Whether its lines carry stamps is the same for all. */
export interface EntryBounds {
  /** Whether nothing can continue the line that starts at `start`. */
  readonly standsAlone: (buffer: Buffer, start: number) => boolean
  /** Start of the entry that holds the byte at `position`. */
  readonly start: (buffer: Buffer, position: number) => number
  /** End of the entry that starts at `start`, its line breaks included. */
  readonly end: (buffer: Buffer, start: number, limit: number) => number
}

/**
 * An entry is a JSON-shaped line (`{…}`) alone, or another line with those that continue it: blank ones, and what
 * `continuesEntry` knows. Nothing continues a JSON-shaped line.
 */
export function entryBounds(stamped: boolean): EntryBounds {
  const content = (buffer: Buffer, start: number): number => (stamped ? start + stampLength(buffer, start) : start)

  const standsAlone = (buffer: Buffer, start: number): boolean =>
    buffer[content(buffer, start)] === OPENING_BRACE &&
    buffer[lineEnd(buffer, start, nextLine(buffer, start)) - 1] === CLOSING_BRACE

  const textAt = (buffer: Buffer, start: number): string => {
    const from = content(buffer, start)
    const end = lineEnd(buffer, start, nextLine(buffer, start))
    return buffer.toString('latin1', from, Math.min(end, from + LOOKED_AT))
  }

  const continues = (buffer: Buffer, start: number): boolean => {
    const first = buffer[content(buffer, start)]
    if (first === OPENING_BRACE) return false
    if (first === undefined || first === NEWLINE || first === RETURN) return true
    let reached = start
    let lines = 0
    // Asked for one after another, further back each time.
    const before = (back: number): string | null => {
      if (back < lines) [reached, lines] = [start, 0]
      for (; lines < back; lines += 1) {
        if (reached === 0) return null
        reached = lineStart(buffer, reached - 1)
      }
      return textAt(buffer, reached)
    }
    return continuesEntry(textAt(buffer, start), before)
  }

  return {
    standsAlone,
    start: (buffer, position) => {
      let start = lineStart(buffer, position)
      while (start > 0 && continues(buffer, start)) {
        const previous = lineStart(buffer, start - 1)
        if (standsAlone(buffer, previous)) break
        start = previous
      }
      return start
    },
    end: (buffer, start, limit) => {
      let end = nextLine(buffer, start)
      if (standsAlone(buffer, start)) return end
      while (end < limit && continues(buffer, end)) end = nextLine(buffer, end)
      return end
    },
  }
}
