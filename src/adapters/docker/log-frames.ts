import {FaciError} from '../../domain/errors.js'

const HEADER_BYTES = 8
const STDERR = 2
/** The engine's own words: why it goes on no further. */
const ENGINE = 3
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
 * Takes the frames off a container's log. The engine writes them so: stream (1 stdout, 2 stderr, 3 its own error), three zero bytes, the length (big-endian),
 * the payload. A line over 16 KiB comes in several, and the other stream's may come between them; with `stamped` each begins with a time
 * again, which is dropped. Payloads are moved together within the chunk, which is given away with it: a million frames make no garbage.
 */
export class LogFrames {
  readonly #stamped: boolean
  readonly #header = Buffer.alloc(HEADER_BYTES)
  readonly #open: readonly [OpenLine, OpenLine] = [
    {pieces: [], length: 0},
    {pieces: [], length: 0},
  ]
  #headerLength = 0
  #remaining = 0
  #current: 0 | 1 = 0
  #isEngine = false
  readonly #said: Buffer[] = []
  #skipping = false
  #output: Buffer = NOTHING
  #written = 0

  constructor(stamped: boolean) {
    this.#stamped = stamped
  }

  /** The payload of whole lines; what belongs to a line that is still open is held. Overwrites the chunk. */
  push(chunk: Buffer): Buffer {
    const held = this.#open[0].length + this.#open[1].length
    this.#output = held === 0 ? chunk : Buffer.allocUnsafe(held + chunk.length)
    this.#written = 0
    for (let at = 0; at < chunk.length;) {
      if (this.#remaining === 0) {
        at += this.#readHeader(chunk, at)
        continue
      }
      const end = Math.min(at + this.#remaining, chunk.length)
      this.#remaining -= end - at
      if (this.#isEngine) this.#said.push(Buffer.from(chunk.subarray(at, end)))
      else this.#takePayload(chunk, at, end)
      at = end
    }
    return this.#output.subarray(0, this.#written)
  }

  /** What was still held. Throws `badAnswer` in the middle of a frame. */
  end(): Buffer {
    if (this.#remaining > 0 || this.#headerLength > 0) throw broken('it ended in the middle of a frame')
    return Buffer.concat(this.#open.flatMap(({pieces}) => pieces))
  }

  /** Throws `badAnswer` with what the engine said of itself within the log; the log ends there. */
  refuseUnread(): void {
    if (this.#said.length === 0) return
    const text = Buffer.concat(this.#said)
      .toString('utf8')
      .trim()
      .replace(/^Error grabbing logs: /, '')
    throw new FaciError('badAnswer', `Docker stopped reading it: ${text}`, {suggestions: ['docker logs']})
  }

  #readHeader(chunk: Buffer, at: number): number {
    const header = this.#header
    const end = Math.min(at + HEADER_BYTES - this.#headerLength, chunk.length)
    const taken = chunk.copy(header, this.#headerLength, at, end)
    this.#headerLength += taken
    if (this.#headerLength < HEADER_BYTES) return taken
    if (header.readUInt8(0) > ENGINE || header.readUIntBE(1, 3) !== 0) throw broken('not a frame')
    this.#headerLength = 0
    this.#remaining = header.readUInt32BE(4)
    this.#current = header[0] === STDERR ? 1 : 0
    this.#isEngine = header[0] === ENGINE
    this.#skipping = this.#stamped && this.#open[this.#current].length > 0
    return taken
  }

  #takePayload(chunk: Buffer, at: number, end: number): void {
    let from = at
    if (this.#skipping) {
      const space = chunk.indexOf(SPACE, at)
      if (space === -1 || space >= end) return
      this.#skipping = false
      from = space + 1
    }
    const line = this.#open[this.#current]
    if (chunk[end - 1] !== NEWLINE && line.length + end - from <= LONGEST_LINE_BYTES) {
      line.pieces.push(Buffer.from(chunk.subarray(from, end)))
      line.length += end - from
      return
    }
    for (const piece of line.pieces.splice(0)) this.#written += piece.copy(this.#output, this.#written)
    line.length = 0
    this.#written += chunk.copy(this.#output, this.#written, from, end)
  }
}
