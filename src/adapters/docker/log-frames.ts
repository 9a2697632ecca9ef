import {FaciError} from '../../domain/errors.js'

/** Takes the frames off a container's log. */
export interface LogFrames {
  /** The payload of whole lines; what belongs to a line that is still open is held. */
  readonly push: (chunk: Buffer) => Buffer
  /** What was still held. Throws `badAnswer` in the middle of a frame. */
  readonly end: () => Buffer
}

const HEADER_BYTES = 8
const STDERR = 2
const NEWLINE = 0x0a
const SPACE = 0x20

/** A line longer than this is given out in parts, at the risk of the other stream's lines between them. */
const LONGEST_LINE_BYTES = 1024 * 1024

function broken(detail: string): FaciError {
  return new FaciError('badAnswer', `Docker's log stream is broken: ${detail}`, {suggestions: ['docker logs']})
}

/**
 * The engine writes a log as frames: stream (1 stdout, 2 stderr), three zero bytes, the length (big-endian), the payload. A line over 16 KiB
 * comes in several, and the other stream's may come between them; with `stamped` each begins with a time again, which is dropped.
 */
export function logFrames(stamped: boolean): LogFrames {
  const header = Buffer.alloc(HEADER_BYTES)
  const open: [Buffer[], Buffer[]] = [[], []]
  let headerLength = 0
  let remaining = 0
  let current: 0 | 1 = 0
  let skipping = false
  let parts: Buffer[] = []

  const readHeader = (chunk: Buffer, at: number): number => {
    const taken = chunk.copy(header, headerLength, at, Math.min(at + HEADER_BYTES - headerLength, chunk.length))
    headerLength += taken
    if (headerLength < HEADER_BYTES) return taken
    if ((header[0] ?? 0) > STDERR || header[1] !== 0 || header[2] !== 0 || header[3] !== 0) throw broken('not a frame')
    headerLength = 0
    remaining = header.readUInt32BE(4)
    current = header[0] === STDERR ? 1 : 0
    skipping = stamped && open[current].length > 0
    return taken
  }

  const takePayload = (payload: Buffer): void => {
    let rest = payload
    if (skipping) {
      const space = rest.indexOf(SPACE)
      if (space === -1) return
      skipping = false
      rest = rest.subarray(space + 1)
    }
    const line = open[current]
    line.push(rest)
    const held = line.reduce((sum, part) => sum + part.length, 0)
    if (rest[rest.length - 1] === NEWLINE || held > LONGEST_LINE_BYTES) parts.push(...line.splice(0))
  }

  return {
    push: (chunk) => {
      parts = []
      for (let at = 0; at < chunk.length;) {
        if (remaining === 0) {
          at += readHeader(chunk, at)
          continue
        }
        const end = Math.min(at + remaining, chunk.length)
        remaining -= end - at
        takePayload(chunk.subarray(at, end))
        at = end
      }
      return Buffer.concat(parts)
    },
    end: () => {
      if (remaining > 0 || headerLength > 0) throw broken('it ended in the middle of a frame')
      return Buffer.concat(open.flat())
    },
  }
}
