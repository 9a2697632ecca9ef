import {stampLength} from '../../domain/logs/entry-bounds.js'
import type {LogSource} from '../../ports/log-source.js'

/** Lines of several threads may be a little out of order: a log is read again from so long before the newest line. */
const OVERLAP_SECONDS = 0.1
/** Decides on a line's stamp only when all of it is there. */
const LONGEST_STAMP = 40
const NEWLINE = 0x0a
const NOTHING = Buffer.alloc(0)

function before(stamp: string, seconds: number): number {
  return Date.parse(stamp) / 1000 - seconds
}

/** How many whole lines of each stamp were given out lately. */
class SeenLines {
  readonly #counts = new Map<string, number>()
  #oldest: string | null = null
  #newest: string | null = null

  add(stamp: string): void {
    this.#counts.set(stamp, (this.#counts.get(stamp) ?? 0) + 1)
    this.#oldest ??= stamp
    if (this.#newest === null || stamp > this.#newest) this.#newest = stamp
  }

  /** From when on to read again, seconds since the epoch. */
  get since(): number | null {
    return this.#newest === null ? null : before(this.#newest, OVERLAP_SECONDS)
  }

  /** What is too old to be read again is forgotten, so that this stays as small as a tenth of a second is. */
  forget(): void {
    if (this.#newest === null) return
    const limit = before(this.#newest, 2 * OVERLAP_SECONDS) * 1000
    for (const stamp of this.#counts.keys()) {
      if (Date.parse(stamp) >= limit) return
      this.#counts.delete(stamp)
    }
  }

  /**
   * Whether a line was given out already, asked once for each line of another reading. What is older than all of them came before the
   * past that was read, but only until one of them is met: what follows that is new, however late its thread was.
   */
  again(): (stamp: string) => boolean {
    const left = new Map(this.#counts)
    const oldest = this.#oldest ?? ''
    let isMet = false
    return (stamp) => {
      const count = left.get(stamp) ?? 0
      if (count === 0) return !isMet && stamp < oldest
      left.set(stamp, count - 1)
      isMet = true
      return true
    }
  }
}

/** Takes out of stamped bytes the lines that were given out before. */
class FreshLines {
  readonly #seen: SeenLines
  readonly #isAgain: (stamp: string) => boolean
  #held: Buffer = NOTHING
  /** Of the line that is open: whether it is wanted, and its stamp until its end has come. */
  #isOpen = false
  #isWanted = true
  #stamp: string | null = null

  constructor(seen: SeenLines) {
    this.#seen = seen
    this.#isAgain = seen.again()
  }

  push(chunk: Buffer): Buffer {
    const buffer = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    this.#held = NOTHING
    const kept: Buffer[] = []
    for (let at = 0; at < buffer.length;) {
      const newline = buffer.indexOf(NEWLINE, at)
      const end = newline === -1 ? buffer.length : newline + 1
      if (newline === -1 && this.#holds(buffer, at)) break
      if (!this.#isOpen) this.#begin(buffer, at)
      if (this.#isWanted) kept.push(buffer.subarray(at, end))
      this.#isOpen = newline === -1
      if (!this.#isOpen) this.#close()
      at = end
    }
    this.#seen.forget()
    return Buffer.concat(kept)
  }

  /** The log ended by itself: a last line without a line break is a line. */
  end(): Buffer {
    const rest = this.#held
    if (rest.length > 0) this.#begin(rest, 0)
    this.#close()
    return this.#isWanted ? rest : NOTHING
  }

  /** Keeps the beginning of a line back while its stamp may not be whole. */
  #holds(buffer: Buffer, at: number): boolean {
    if (this.#isOpen || buffer.length - at >= LONGEST_STAMP) return false
    this.#held = buffer.subarray(at)
    return true
  }

  /** A line without a stamp is the rest of the one before. */
  #begin(buffer: Buffer, at: number): void {
    const length = stampLength(buffer, at)
    if (length === 0) return
    const stamp = buffer.toString('latin1', at, at + length - 1)
    this.#isWanted = !this.#isAgain(stamp)
    this.#stamp = this.#isWanted ? stamp : null
  }

  #close(): void {
    if (this.#stamp !== null) this.#seen.add(this.#stamp)
    this.#stamp = null
  }
}

/**
 * The log of one container, read with stamps. What is followed begins after the lines of the reading before it, whether that was followed
 * too or not, wherever the connection was cut: no line is given out twice, none is lost. A line that was cut counts as not given out.
 */
export function resumableLog(logs: LogSource): LogSource {
  let seen = new SeenLines()
  return {
    read: async function* (container, range, signal) {
      if (!range.follow) seen = new SeenLines()
      const since = (range.follow ? seen.since : null) ?? range.since
      const lines = new FreshLines(seen)
      for await (const chunk of logs.read(container, {...range, ...(since === undefined ? {} : {since})}, signal)) {
        const fresh = lines.push(chunk)
        if (fresh.length > 0) yield fresh
      }
      const rest = lines.end()
      if (rest.length > 0) yield rest
    },
  }
}
