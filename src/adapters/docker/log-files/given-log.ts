import {FaciError} from '../../../domain/errors.js'
import type {LastLine} from '../whole-lines.js'
import type {WholePart} from './read-entries.js'

/** Of what was given out last: compared with what the engine gives at the same place. */
const COMPARED_BYTES = 256

const NEWLINE = 0x0a
const NOTHING = Buffer.alloc(0)

/** What of a log has been given out, should the engine have to go on. */
export interface Given {
  readonly note: (part: WholePart) => void
  readonly isNothing: () => boolean
  /** The engine's log without the beginning that was given out already. Errors: `badAnswer`, where that is another one. */
  readonly goOn: (log: AsyncIterable<Buffer>, name: string) => AsyncGenerator<Buffer>
}

export function changed(name: string, how: string): FaciError {
  return new FaciError('badAnswer', `the log of ${name} ${how} while it was read`, {suggestions: ['docker logs']})
}

/** Of a log that is given out to the byte. */
export class GivenBytes implements Given {
  #bytes = 0
  #last: Buffer = NOTHING

  note({bytes}: WholePart): void {
    this.#bytes += bytes.length
    const last = bytes.subarray(-COMPARED_BYTES)
    const missing = COMPARED_BYTES - last.length
    this.#last = missing === 0 ? last : Buffer.concat([this.#last.subarray(-missing), last])
  }

  isNothing(): boolean {
    return this.#bytes === 0
  }

  async *goOn(log: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
    let passed = 0
    let seen: Buffer = NOTHING
    for await (const chunk of log) {
      const again = Math.min(chunk.length, this.#bytes - passed)
      passed += again
      if (again > 0) {
        seen = Buffer.concat([seen, chunk.subarray(0, again)]).subarray(-this.#last.length)
        if (passed === this.#bytes && !seen.equals(this.#last)) throw changed(name, 'changed')
      }
      if (again < chunk.length) yield chunk.subarray(again)
    }
    if (passed < this.#bytes) throw changed(name, 'changed')
  }
}

/** Of a log in which lines were passed over: the engine goes on behind the last one that was not. */
export class GivenLines implements Given {
  #last: LastLine | null = null

  note({last}: WholePart): void {
    if (last !== null) this.#last = {number: last.number, line: Buffer.from(last.line.subarray(-COMPARED_BYTES))}
  }

  isNothing(): boolean {
    return this.#last === null
  }

  async *goOn(log: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
    const {number, line} = this.#last ?? {number: 0, line: NOTHING}
    const passed = new PassedLines(number, line.length)
    for await (const chunk of log) {
      const from = passed.push(chunk)
      if (from > 0 && passed.isOver() && !passed.last().equals(line)) throw changed(name, 'changed')
      if (from < chunk.length) yield chunk.subarray(from)
    }
    if (!passed.isOver()) throw changed(name, 'changed')
  }
}

/** So many lines from the start of a log, of the last of which the end is kept. */
class PassedLines {
  #left: number
  readonly #kept: number
  #last: Buffer = NOTHING

  constructor(count: number, kept: number) {
    this.#left = count
    this.#kept = kept
  }

  isOver(): boolean {
    return this.#left === 0
  }

  /** At most as much as was to be kept. */
  last(): Buffer {
    return this.#last.subarray(-this.#kept)
  }

  /** Where in the chunk the lines end. */
  push(chunk: Buffer): number {
    let at = 0
    while (this.#left > 0 && at < chunk.length) {
      const end = chunk.indexOf(NEWLINE, at)
      const next = end === -1 ? chunk.length : end + 1
      if (this.#left === 1) this.#last = Buffer.concat([this.#last, chunk.subarray(at, next)])
      if (end !== -1) this.#left -= 1
      at = next
    }
    return at
  }
}
