import {pairsOf, type Step, Words} from './byte-pairs.js'
import {type BytePattern, bytePattern} from './byte-pattern.js'
import {jsonStringPattern} from './json-string-pattern.js'

/**
 * Looks for a pattern in bytes, in a time that depends on their number alone. Gives where the first match that begins and ends within
 * [from, end) has its last byte, -1 without one; a line break stands before and after them.
 */
export type ByteSearch = (bytes: Buffer, from: number, end: number) => number

const NEWLINE = 0x0a
const BYTES = 256
const [FOUND, UNKNOWN] = [-1, -2]
/** The row of a match that may begin next, and of no other. */
const INITIAL = 0
/** What the search along a table has come to where it has found nothing: the end, or no match that has begun. */
const [AT_END, NONE_BEGUN] = [-1, -2]
/** What is shorter is searched byte by byte: the pairs of a pattern take a few milliseconds. */
const LEAST_SIEVED_BYTES = 1024
/** Of a table that has become so large another one is begun; patterns of ours have a few hundred rows. */
const MOST_ROWS = 2048

/** A part of the pattern: the steps it may begin with, and the ends that lead to what follows it. */
interface Fragment {
  readonly first: readonly number[]
  readonly last: readonly number[]
  /** It matches nothing too. */
  readonly isEmpty: boolean
}

const EMPTY: Fragment = {first: [], last: [], isEmpty: true}

/** The steps of a pattern, after Glushkov: each byte of it is one, and leads to those that may follow. */
class Steps {
  readonly all: Step[] = []

  of(pattern: BytePattern): Fragment {
    switch (pattern.kind) {
      case 'byte':
        this.all.push({members: pattern.members, next: []})
        return {first: [this.all.length - 1], last: [this.all.length - 1], isEmpty: false}
      case 'sequence':
        return pattern.parts.reduce((before, part) => this.#joined(before, this.of(part)), EMPTY)
      case 'choice': {
        const parts = pattern.parts.map((part) => this.of(part))
        const [first, last] = [parts.flatMap((part) => part.first), parts.flatMap((part) => part.last)]
        return {first, last, isEmpty: parts.some(({isEmpty}) => isEmpty)}
      }
      case 'repeat':
        return this.#repeated(pattern)
    }
  }

  #repeated({part, least, most}: Extract<BytePattern, {kind: 'repeat'}>): Fragment {
    let whole = EMPTY
    for (let count = 0; count < least; count += 1) whole = this.#joined(whole, this.of(part))
    if (most === Infinity) {
      const looped = this.of(part)
      this.#lead(looped.last, looped.first)
      return this.#joined(whole, {...looped, isEmpty: true})
    }
    for (let count = least; count < most; count += 1) whole = this.#joined(whole, {...this.of(part), isEmpty: true})
    return whole
  }

  #joined(before: Fragment, after: Fragment): Fragment {
    this.#lead(before.last, after.first)
    return {
      first: before.isEmpty ? [...before.first, ...after.first] : before.first,
      last: after.isEmpty ? [...before.last, ...after.last] : after.last,
      isEmpty: before.isEmpty && after.isEmpty,
    }
  }

  #lead(from: readonly number[], to: readonly number[]): void {
    for (const index of from) {
      const step = this.all[index]
      if (step !== undefined) step.next = [...step.next, ...to]
    }
  }
}

/** Of a pattern that may match less than pairs need. */
const NO_PAIRS = new Uint8Array()

interface Range {
  readonly from: number
  readonly least: number
  readonly end: number
}

/** A table of rows, each for the steps that may come next, made when they are first met. */
class RowTable {
  readonly #steps: readonly Step[]
  readonly #first: readonly number[]
  readonly #last: ReadonlySet<number>
  /** By a row's start and a byte: the start of the next row, `FOUND` or `UNKNOWN`. */
  #table = new Int32Array(64 * BYTES)
  #rows: (readonly number[])[] = []
  #known = new Map<string, number>()
  #pairs: Uint8Array | null = null
  #reached = 0

  constructor(pattern: BytePattern) {
    const steps = new Steps()
    const {first, last} = steps.of(pattern)
    this.#steps = steps.all
    this.#first = first
    this.#last = new Set(last)
    this.#row(first)
  }

  lastByteOf(bytes: Buffer, {from, end}: {readonly from: number; readonly end: number}, leastSieved: number): number {
    if (from >= end) return -1
    const row = this.#next(INITIAL, NEWLINE)
    if (row === FOUND) return from
    if (end - from < leastSieved) return this.#follow(bytes, row, {from, least: end, end})
    this.#pairs ??= pairsOf(this.#steps, this.#first, this.#last) ?? NO_PAIRS
    if (this.#pairs === NO_PAIRS) return this.#follow(bytes, row, {from, least: end, end})
    return this.#sieve(bytes, this.#follow(bytes, row, {from, least: from, end}), this.#pairs, end)
  }

  reachesBeyond({first, last}: {readonly first: number; readonly last: number}): boolean {
    const takes = (index: number, byte: number): boolean => this.#steps[index]?.members[byte] === 1
    const isBreak = (index: number): boolean => takes(index, NEWLINE)
    const next = (index: number): readonly number[] => this.#steps[index]?.next ?? []
    const before = this.#first.filter(isBreak)
    if (before.some((index) => this.#last.has(index) || next(index).some((after) => takes(after, first)))) return true
    const ends = (index: number): boolean => next(index).some((after) => this.#last.has(after) && isBreak(after))
    return this.#steps.some((_, index) => takes(index, last) && ends(index))
  }

  /** Goes on, after what was found up to `#reached`, from one place to the next at which a match may begin. */
  #sieve(bytes: Buffer, before: number, pairs: Uint8Array, end: number): number {
    const words = new Words(bytes)
    let found = before
    while (found === NONE_BEGUN) {
      const begun = words.find(pairs, this.#reached, end)
      // The last two bytes may begin a match that ends with the line.
      const from = begun === -1 ? Math.max(this.#reached, end - 2) : begun
      found = this.#follow(bytes, INITIAL, {from, least: begun === -1 ? end : begun + 1, end})
    }
    return found
  }

  /** Along the table: the last byte of the first match, or where there is none any more that has begun, from `least` on. */
  #follow(bytes: Buffer, start: number, {from, least, end}: Range): number {
    let row = start
    let table = this.#table
    for (let at = from; at < end; at += 1) {
      if (row === INITIAL && at >= least) {
        this.#reached = at
        return NONE_BEGUN
      }
      const byte = bytes[at] ?? 0
      let next = table[row + byte] ?? UNKNOWN
      if (next < 0) {
        if (next === UNKNOWN) next = this.#next(row, byte)
        if (next === FOUND) return at
        table = this.#table
      }
      row = next
    }
    return this.#next(row, NEWLINE) === FOUND ? end - 1 : AT_END
  }

  /** Where the row of these steps begins, made if there is none yet. */
  #row(steps: readonly number[]): number {
    const key = steps.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    if (this.#rows.length === MOST_ROWS) {
      this.#rows = []
      this.#known = new Map()
      this.#row(this.#first)
    }
    const start = this.#rows.length * BYTES
    if (start === this.#table.length) {
      const larger = new Int32Array(2 * start)
      larger.set(this.#table)
      this.#table = larger
    }
    this.#table.fill(UNKNOWN, start, start + BYTES)
    this.#rows.push(steps)
    this.#known.set(key, start)
    return start
  }

  #next(row: number, byte: number): number {
    const known = this.#table[row + byte] ?? UNKNOWN
    if (known !== UNKNOWN) return known
    const met = (this.#rows[row / BYTES] ?? []).filter((index) => this.#steps[index]?.members[byte] === 1)
    const isFound = met.some((index) => this.#last.has(index))
    const steps = new Set([...this.#first, ...met.flatMap((index) => this.#steps[index]?.next ?? [])])
    const count = this.#rows.length
    const next = isFound ? FOUND : this.#row([...steps].sort((one, other) => one - other))
    // Another table may have been begun, of which this row is no part.
    if (this.#rows.length >= count) this.#table[row + byte] = next
    return next
  }
}

/** How a text lies in the bytes that are searched: as it is, or in a JSON string, where more may be found than in the text. */
export type TextForm = 'plain' | 'json'

const FORMS: Readonly<Record<TextForm, (pattern: BytePattern) => BytePattern>> = {
  plain: (pattern) => pattern,
  json: jsonStringPattern,
}

/** Of the last patterns: several containers are searched for the same. */
const known = new Map<string, RowTable>()
const MOST_KNOWN = 64

interface SearchOptions {
  readonly form?: TextForm
  /** Where there are so many bytes, places are passed over. */
  readonly leastSieved?: number
}

function tableOf(pattern: RegExp, form: TextForm): RowTable {
  const key = `${form} ${String(pattern)}`
  const table = known.get(key) ?? new RowTable(FORMS[form](bytePattern(pattern)))
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, table)
  return table
}

/** Whether a match in a line that begins and ends with these bytes may have the line break before it or after it. */
export function reachesBeyond(pattern: RegExp, line: {readonly first: number; readonly last: number}): boolean {
  return tableOf(pattern, 'plain').reachesBeyond(line)
}

/** Of an expression without assertions. It must not match nothing. */
export function byteSearch(
  pattern: RegExp,
  {form = 'plain', leastSieved = LEAST_SIEVED_BYTES}: SearchOptions = {},
): ByteSearch {
  const table = tableOf(pattern, form)
  return (bytes, from, end) => table.lastByteOf(bytes, {from, end}, leastSieved)
}
