import {FaciError} from '../../domain/errors.js'

/** Takes the frames off a container's log. */
export interface LogFrames {
  /** The payload of whole lines; what belongs to a line that is still open is held. Overwrites the chunk. */
  readonly push: (chunk: Buffer) => Buffer
  /** What was still held. Throws `badAnswer` in the middle of a frame. */
  readonly end: () => Buffer
}

const HEADER_BYTES = 8
const STDERR = 2
const NEWLINE = 0x0a
const SPACE = 0x20
const NOTHING = Buffer.alloc(0)

/** A line longer than this is given out in parts, at the risk of the other stream's lines between them. */
const LONGEST_LINE_BYTES = 1024 * 1024

function broken(detail: string): FaciError {
  return new FaciError('badAnswer', `Docker's log stream is broken: ${detail}`, {suggestions: ['docker logs']})
}

/** A line that is still open, in the pieces that have come. */
interface OpenLine {
  readonly pieces: Buffer[]
  length: number
}

/**
 * The engine writes a log as frames: stream (1 stdout, 2 stderr), three zero bytes, the length (big-endian), the payload. A line over 16 KiB
 * comes in several, and the other stream's may come between them; with `stamped` each begins with a time again, which is dropped.
 * Payloads are moved together within the chunk, which is given away with it: a million frames make no garbage.
 */
export function logFrames(stamped: boolean): LogFrames {
  const header = Buffer.alloc(HEADER_BYTES)
  const open: readonly [OpenLine, OpenLine] = [
    {pieces: [], length: 0},
    {pieces: [], length: 0},
  ]
  let headerLength = 0
  let remaining = 0
  let current: 0 | 1 = 0
  let skipping = false
  let output: Buffer = NOTHING
  let written = 0

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

  const takePayload = (chunk: Buffer, at: number, end: number): void => {
    let from = at
    if (skipping) {
      const space = chunk.indexOf(SPACE, at)
      if (space === -1 || space >= end) return
      skipping = false
      from = space + 1
    }
    const line = open[current]
    if (chunk[end - 1] !== NEWLINE && line.length + end - from <= LONGEST_LINE_BYTES) {
      line.pieces.push(Buffer.from(chunk.subarray(from, end)))
      line.length += end - from
      return
    }
    for (const piece of line.pieces.splice(0)) written += piece.copy(output, written)
    line.length = 0
    written += chunk.copy(output, written, from, end)
  }

  return {
    push: (chunk) => {
      const held = open[0].length + open[1].length
      output = held === 0 ? chunk : Buffer.allocUnsafe(held + chunk.length)
      written = 0
      for (let at = 0; at < chunk.length;) {
        if (remaining === 0) {
          at += readHeader(chunk, at)
          continue
        }
        const end = Math.min(at + remaining, chunk.length)
        remaining -= end - at
        takePayload(chunk, at, end)
        at = end
      }
      return output.subarray(0, written)
    },
    end: () => {
      if (remaining > 0 || headerLength > 0) throw broken('it ended in the middle of a frame')
      return Buffer.concat(open.flatMap(({pieces}) => pieces))
    },
  }
}
