import type {ByteLayer} from './byte-layer.js'
import type {Needle} from './needles.js'

/** A half-open range of places. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Looks for needles in layer after layer. Time is linear in the text, whatever the text and the needles. */
export interface NeedleScan {
  /** Adds what it finds, in bytes of the text. */
  readonly find: (layer: ByteLayer, found: Span[]) => void
  /** Where in the text the longest end of the layer up to `length` begins that is the beginning of a needle; null: none. */
  readonly openAt: (layer: ByteLayer, length: number) => number | null
}

/** By how many bytes, at most, needles are told from one another before they are compared. */
const LONGEST_GRAM = 4
/** A longer window saves nothing more. */
const LONGEST_WINDOW = 64

/** Blanks of any kind, and the `+` that forms write for one, are one. */
const BLANKS = new Uint8Array(256)
/** And letters of either case. */
const FOLDED = new Uint8Array(256)
for (let code = 0; code < 256; code += 1) {
  const isBlank = (code >= 9 && code <= 13) || code === 0x2b
  BLANKS[code] = isBlank ? 0x20 : code
  FOLDED[code] = code >= 0x41 && code <= 0x5a ? code | 0x20 : (BLANKS[code] ?? 0)
}

/** A text that begins a needle again and again, and is nothing else: what is left of it is taken for the needle, which hides too much, in time. */
function allowance(length: number): number {
  return length * 16 + 65_536
}

/** So many bytes that end there. */
function gramAt(bytes: Uint8Array, last: number, count: number): number {
  let gram = 0
  for (let at = last - count + 1; at <= last; at += 1) gram = (gram << 8) | (FOLDED[bytes[at] ?? 0] ?? 0)
  return gram
}

/** How many bytes of the needle stand there, up to `most`. */
function sameBytes(layer: ByteLayer, from: number, {bytes, isExact}: Needle, most: number): number {
  const fold = isExact ? BLANKS : FOLDED
  const {bytes: text} = layer
  let at = 0
  while (at < most && fold[text[from + at] ?? 0] === fold[bytes[at] ?? 0]) at += 1
  return at
}

function isLed({bytes}: ByteLayer, from: number, lead: number): boolean {
  return lead !== -1 && from > 0 && FOLDED[bytes[from - 1] ?? 0] === FOLDED[lead]
}

/** Whether the layer ends, `count` bytes on, within this needle, or with it, when what comes tells whether it is one. */
function isBegun(layer: ByteLayer, from: number, needle: Needle, count: number): boolean {
  const {bytes, lead, spread} = needle
  if (count > bytes.length - (spread > 0 ? 0 : 1) || sameBytes(layer, from, needle, count) < count) return false
  return lead === -1 ? count > 0 : isLed(layer, from, lead)
}

/** Those that overlap are one, so that an endless row of the same is not millions. */
function add(found: Span[], span: Span): void {
  const last = found.at(-1)
  if (last !== undefined && span.start <= last.end && span.start >= last.start)
    found[found.length - 1] = {start: last.start, end: Math.max(last.end, span.end)}
  else found.push(span)
}

/** Where it stands in its layer. */
function spanOf(layer: ByteLayer, from: number, {bytes, shown, more, lead}: Needle): Span {
  const start = isLed(layer, from, lead) ? from - 1 : from + shown
  return {start, end: Math.min(layer.length, from + bytes.length + more)}
}

/** Whether there is as much room as a spelling of the secret takes between what the layer says before and after it. */
function isWide(layer: ByteLayer, at: number, {bytes, shown, spread}: Needle): boolean {
  if (spread === 0) return true
  const [from, end] = [at + shown, at + bytes.length]
  const start = from === 0 ? 0 : layer.endOf(from - 1)
  return layer.startOf(end) - start >= spread
}

/** All bytes that count as one: of each, those that are folded to it. In one pass, as every command makes it. */
const ALIKE: readonly number[][] = Array.from({length: 256}, () => [])
for (const [code, folded] of FOLDED.entries()) ALIKE[folded]?.push(code)

function alike(bytes: Uint8Array, at: number): readonly number[] {
  return ALIKE[FOLDED[bytes[at] ?? 0] ?? 0] ?? []
}

/** For a needle's first bytes: by the two bytes at the end of as many of the text, how much further they may begin at the earliest. */
function shiftsOf(needles: readonly Needle[], window: number): Uint8Array {
  const shifts = new Uint8Array(1 << 16).fill(window - 1)
  const allow = (pair: number, shift: number): void => {
    shifts[pair] = Math.min(shifts[pair] ?? 0, shift)
  }
  for (const {bytes} of needles) {
    for (let at = 1; at < window; at += 1) {
      for (const first of alike(bytes, at - 1))
        for (const second of alike(bytes, at)) allow((first << 8) | second, window - 1 - at)
    }
  }
  return shifts
}

/** Joins what overlaps in one layer before anything is asked of the layers below. */
class Hits {
  #last: Span | null = null
  readonly #layer: ByteLayer
  readonly #found: Span[]

  constructor(layer: ByteLayer, found: Span[]) {
    this.#layer = layer
    this.#found = found
  }

  add({start, end}: Span): void {
    const last = this.#last
    if (last !== null && start < last.end && start >= last.start)
      this.#last = {start: last.start, end: Math.max(last.end, end)}
    else {
      this.flush()
      this.#last = {start, end}
    }
  }

  flush(): void {
    const last = this.#last
    if (last !== null) add(this.#found, {start: this.#layer.startOf(last.start), end: this.#layer.endOf(last.end - 1)})
  }
}

/** Wu and Manber's search: of most texts it looks at one byte in as many as the shortest needle has. */
class GramScan implements NeedleScan {
  readonly #needles: readonly Needle[]
  /** How many bytes of each needle are looked for before it is compared. */
  readonly #window: number
  readonly #shifts: Uint8Array
  readonly #gram: number
  /** By the last bytes of the window. */
  readonly #byGram = new Map<number, Needle[]>()
  readonly #longest: number
  readonly #firsts = new Uint8Array(256)

  constructor(needles: readonly Needle[]) {
    this.#needles = needles
    const lengths = needles.map(({bytes}) => bytes.length)
    this.#longest = lengths.reduce((most, length) => Math.max(most, length), 0)
    this.#window = lengths.reduce((least, length) => Math.min(least, length), LONGEST_WINDOW)
    this.#gram = Math.min(LONGEST_GRAM, this.#window)
    this.#shifts = shiftsOf(needles, this.#window)
    for (const needle of needles) {
      const gram = gramAt(needle.bytes, this.#window - 1, this.#gram)
      const same = this.#byGram.get(gram)
      if (same === undefined) this.#byGram.set(gram, [needle])
      else same.push(needle)
      this.#firsts[FOLDED[needle.bytes[0] ?? 0] ?? 0] = 1
    }
  }

  find(layer: ByteLayer, found: Span[]): void {
    const {bytes, length} = layer
    const shifts = this.#shifts
    const hits = new Hits(layer, found)
    let left = allowance(length)
    for (let at = this.#window - 1; at < length;) {
      const shift = shifts[((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0)] ?? 0
      if (shift === 0) left -= this.#compare(layer, at, left < 0, hits)
      at += Math.max(1, shift)
    }
    hits.flush()
  }

  openAt(layer: ByteLayer, length: number): number | null {
    const {bytes, openFrom} = layer
    // Where an escape has begun, the byte that it will be is not there yet.
    const last = length < layer.length ? length : length - 1
    for (let from = Math.max(openFrom, length - this.#longest); from <= last; from += 1) {
      if (from < length && this.#firsts[FOLDED[bytes[from] ?? 0] ?? 0] !== 1) continue
      const begun = this.#needles.find((needle) => isBegun(layer, from, needle, length - from))
      if (begun !== undefined) return layer.startOf(begun.lead === -1 ? from : from - 1)
    }
    return null
  }

  /** What begins where a window ends with `at`; returns what that cost. */
  #compare(layer: ByteLayer, at: number, isSpent: boolean, hits: Hits): number {
    const from = at - this.#window + 1
    let cost = 0
    for (const needle of this.#byGram.get(gramAt(layer.bytes, at, this.#gram)) ?? []) {
      const {length} = needle.bytes
      if (length > layer.length - from && !isSpent) continue
      const same = isSpent ? length : sameBytes(layer, from, needle, length)
      cost += same
      if (same === length && isWide(layer, from, needle)) hits.add(spanOf(layer, from, needle))
    }
    return cost
  }
}

export function needleScan(needles: readonly Needle[]): NeedleScan {
  return new GramScan(needles)
}
