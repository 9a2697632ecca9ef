import {setImmediate} from 'node:timers/promises'
import {fillFrom, type LogFile} from './log-file.js'
import {LogFileDoubt, type LogFormat} from './log-format.js'
import type {SieveAhead} from './sieve-ahead.js'
import {isCut, SLOTS} from './sieve-slots.js'
import type {Wanted} from './wanted-bytes.js'

/** What another thread has found. */
class FoundBytes implements Wanted {
  readonly #found: Int32Array
  readonly #isCut: boolean
  #next = 0

  constructor(found: Int32Array) {
    this.#found = found
    this.#isCut = isCut(found)
  }

  begin(): void {
    this.#next = 0
  }

  isWithin(from: number, end: number): boolean {
    while ((this.#found[this.#next] ?? Infinity) < from) this.#next += 1
    const next = this.#found[this.#next]
    return next === undefined ? this.#isCut : next < end
  }
}

/** Whole entries of a file, and what of them is wanted; null: all may be. The bytes are whoever's takes them until the next ones are asked for. */
export interface SievedPart {
  readonly bytes: Buffer
  readonly wanted: Wanted | null
}

/** How many bytes of whole entries they begin with. What is in doubt is left to whoever reads it. */
function wholeOf(bytes: Buffer, format: LogFormat): number {
  try {
    return format.whole(bytes)
  } catch (error) {
    if (error instanceof LogFileDoubt) return 0
    throw error
  }
}

/** Fills one slot after another, as far as there are entries that lie in one. */
class Filler {
  readonly #file: LogFile
  readonly #format: LogFormat
  readonly #ahead: SieveAhead
  #rest: Buffer = Buffer.alloc(0)
  #isOver = false
  turn: number
  /** Where in the file the entries begin that lie in no slot. */
  at: number

  constructor(file: LogFile, at: number, {format, ahead}: {readonly format: LogFormat; readonly ahead: SieveAhead}) {
    this.#file = file
    this.#format = format
    this.#ahead = ahead
    this.at = at
    this.turn = ahead.turns
  }

  /** How many bytes of entries it now holds; null: there are no more. */
  fill(): number | null {
    if (this.#isOver || !this.#ahead.isTrusted) return null
    const space = this.#ahead.bytes(this.turn)
    const held = this.#rest.copy(space)
    const from = this.at + held
    const bytes = space.subarray(0, held + Math.min(space.length - held, this.#file.size - from))
    fillFrom(this.#file, from, bytes.subarray(held))
    const whole = wholeOf(bytes, this.#format)
    this.#isOver = whole === 0 || this.at + whole === this.#file.size
    if (whole === 0) return null
    this.#rest = bytes.subarray(whole)
    this.at += whole
    this.#ahead.makeReady(this.turn, whole)
    this.turn += 1
    return whole
  }
}

/** The entries of a file that is not compressed, searched by another thread while the ones before are read. Returns where the rest begins. */
export async function* sievedEntries(
  file: LogFile,
  offset: number,
  order: {readonly format: LogFormat; readonly ahead: SieveAhead},
): AsyncGenerator<SievedPart, number> {
  const filler = new Filler(file, offset, order)
  const lengths: number[] = []
  for (let {turn} = filler; ; turn += 1) {
    while (filler.turn < turn + SLOTS) {
      const length = filler.fill()
      if (length === null) break
      lengths.push(length)
    }
    const length = lengths.shift()
    if (length === undefined) return filler.at
    const found = order.ahead.found(turn)
    yield {bytes: order.ahead.bytes(turn).subarray(0, length), wanted: found === null ? null : new FoundBytes(found)}
    await setImmediate()
  }
}
