const NEWLINE = 0x0a
const NOTHING = Buffer.alloc(0)

/** A line longer than this is given out in parts, at the risk of the other stream's lines between them. */
const LONGEST_LINE_BYTES = 1024 * 1024

/** stdout, or stderr. */
export type StreamIndex = 0 | 1

/** A line that is still open, in the pieces that have come. */
interface OpenLine {
  readonly pieces: Buffer[]
  length: number
}

export interface LastLine {
  /** From 1. */
  readonly number: number
  readonly line: Buffer
}

/**
 * Puts lines together again that the engine cut (over 16 KiB), of each stream for itself: the other one's may come between the pieces.
 * A terminal's log is not put together: `joined` is false, and every piece is given out as it comes.
 */
export class WholeLines {
  readonly #joined: boolean
  readonly #open: readonly [OpenLine, OpenLine] = [
    {pieces: [], length: 0},
    {pieces: [], length: 0},
  ]
  #output: Buffer = NOTHING
  #written = 0
  #number = 0
  /** Where in the output the last line that was not passed over lies, and its number; an end of 0: there is none. */
  #last = {number: 0, start: 0, end: 0}
  #isPassing = false

  constructor(joined: boolean) {
    this.#joined = joined
  }

  /** Begins an output: pieces that are together no longer than `space`, which is overwritten from its start on. */
  begin(space: Buffer): void {
    const held = this.#open[0].length + this.#open[1].length
    this.#output = held === 0 ? space : Buffer.allocUnsafe(held + space.length)
    this.#written = 0
    this.#last.end = 0
    this.#isPassing = false
  }

  /** Whether what comes next on this stream goes on with a line. */
  isOpen(stream: StreamIndex): boolean {
    return this.#open[stream].length > 0
  }

  /** The bytes of `source` are copied; it may be the space itself, of which no more has been written than was read. */
  take(stream: StreamIndex, source: Buffer, from: number, end: number): void {
    const line = this.#open[stream]
    if (this.#joined && source[end - 1] !== NEWLINE && line.length + end - from <= LONGEST_LINE_BYTES) {
      line.pieces.push(Buffer.from(source.subarray(from, end)))
      line.length += end - from
      return
    }
    this.#last.start = this.#written
    for (const piece of line.pieces.splice(0)) this.#written += piece.copy(this.#output, this.#written)
    line.length = 0
    this.#written += source.copy(this.#output, this.#written, from, end)
    this.#isPassing = false
    if (source[end - 1] !== NEWLINE) return
    this.#number += 1
    this.#last.number = this.#number
    this.#last.end = this.#written
  }

  /** A line that nobody wants: what is given stands for it, and for those that are passed over directly after it. */
  passOver(source: Buffer, from: number, end: number): void {
    this.#number += 1
    if (this.#isPassing) return
    this.#written += source.copy(this.#output, this.#written, from, end)
    this.#isPassing = true
  }

  /** The last line of the output that was not passed over, and its number in the log; null: it has none. */
  last(): LastLine | null {
    const {number, start, end} = this.#last
    return end === 0 ? null : {number, line: this.#output.subarray(start, end)}
  }

  /** The lines that have become whole since `begin`. */
  lines(): Buffer {
    return this.#output.subarray(0, this.#written)
  }

  /** What is still open. */
  rest(): Buffer {
    return Buffer.concat(this.#open.flatMap(({pieces}) => pieces))
  }
}
