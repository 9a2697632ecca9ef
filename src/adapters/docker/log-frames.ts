import {FaciError} from '../../domain/errors.js'
import {type StreamIndex, WholeLines} from './whole-lines.js'

const HEADER_BYTES = 8
const STDERR = 2
/** The engine's own words: why it goes on no further. */
const ENGINE = 3
const SPACE = 0x20

function broken(detail: string): FaciError {
  return new FaciError('badAnswer', `Docker's log stream is broken: ${detail}`, {suggestions: ['docker logs']})
}

/**
 * Takes the frames off a container's log. The engine writes them so: stream (1 stdout, 2 stderr, 3 its own error), three zero bytes, the length (big-endian),
 * the payload. A line over 16 KiB comes in several, and the other stream's may come between them; with `stamped` each begins with a time
 * again, which is dropped. Payloads are moved together within the chunk, which is given away with it: a million frames make no garbage.
 */
export class LogFrames {
  readonly #stamped: boolean
  readonly #header = Buffer.alloc(HEADER_BYTES)
  readonly #lines = new WholeLines(true)
  #headerLength = 0
  #remaining = 0
  #current: StreamIndex = 0
  #isEngine = false
  readonly #said: Buffer[] = []
  #skipping = false

  constructor(stamped: boolean) {
    this.#stamped = stamped
  }

  /** The payload of whole lines; what belongs to a line that is still open is held. Overwrites the chunk. */
  push(chunk: Buffer): Buffer {
    this.#lines.begin(chunk)
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
    return this.#lines.lines()
  }

  /** What was still held. Throws `badAnswer` in the middle of a frame. */
  end(): Buffer {
    if (this.#remaining > 0 || this.#headerLength > 0) throw broken('it ended in the middle of a frame')
    return this.#lines.rest()
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
    this.#skipping = this.#stamped && this.#lines.isOpen(this.#current)
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
    this.#lines.take(this.#current, chunk, from, end)
  }
}
