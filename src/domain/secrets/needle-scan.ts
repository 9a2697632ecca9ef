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

const GRAM = 4
const HASH_BITS = 16
const HASH_FACTOR = 0x9e_37_79_b1

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

function hashOf(gram: number): number {
  return Math.imul(gram, HASH_FACTOR) >>> (32 - HASH_BITS)
}

function gramOf(bytes: Uint8Array): number {
  let gram = 0
  for (let at = 0; at < GRAM; at += 1) gram = (gram << 8) | (FOLDED[bytes[at] ?? 0] ?? 0)
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

/** Whether the layer ends, `count` bytes on, within this needle. */
function isBegun(layer: ByteLayer, from: number, needle: Needle, count: number): boolean {
  const {bytes, lead} = needle
  if (count >= bytes.length || sameBytes(layer, from, needle, count) < count) return false
  return lead === -1 ? count > 0 : isLed(layer, from, lead)
}

/** Those that overlap are one, so that an endless row of the same is not millions. */
function add(found: Span[], span: Span): void {
  const last = found.at(-1)
  if (last !== undefined && span.start <= last.end && span.start >= last.start)
    found[found.length - 1] = {start: last.start, end: Math.max(last.end, span.end)}
  else found.push(span)
}

function hide(layer: ByteLayer, from: number, {bytes, shown, more, lead}: Needle, found: Span[]): void {
  const {starts, ends, length} = layer
  const first = isLed(layer, from, lead) ? from - 1 : from + shown
  const last = Math.min(length, from + bytes.length + more) - 1
  add(found, {start: starts[first] ?? 0, end: ends[last] ?? 0})
}

class GramScan implements NeedleScan {
  readonly #needles: readonly Needle[]
  readonly #marks = new Uint8Array(1 << HASH_BITS)
  readonly #byGram = new Map<number, Needle[]>()
  readonly #longest: number
  readonly #firsts = new Uint8Array(256)

  constructor(needles: readonly Needle[]) {
    this.#needles = needles
    this.#longest = Math.max(0, ...needles.map(({bytes}) => bytes.length))
    for (const needle of needles) {
      const gram = gramOf(needle.bytes)
      this.#marks[hashOf(gram)] = 1
      this.#byGram.set(gram, [...(this.#byGram.get(gram) ?? []), needle])
      this.#firsts[FOLDED[needle.bytes[0] ?? 0] ?? 0] = 1
    }
  }

  find(layer: ByteLayer, found: Span[]): void {
    const {bytes, length} = layer
    const marks = this.#marks
    let left = allowance(length)
    let gram = 0
    for (let at = 0; at < length; at += 1) {
      gram = (gram << 8) | (FOLDED[bytes[at] ?? 0] ?? 0)
      if (marks[Math.imul(gram, HASH_FACTOR) >>> (32 - HASH_BITS)] === 1 && at >= GRAM - 1)
        left -= this.#compare(layer, at - GRAM + 1, gram, left < 0, found)
    }
  }

  openAt(layer: ByteLayer, length: number): number | null {
    const {bytes, openFrom} = layer
    // Where an escape has begun, the byte that it will be is not there yet.
    const last = length < layer.length ? length : length - 1
    for (let from = Math.max(openFrom, length - this.#longest + 1); from <= last; from += 1) {
      if (from < length && this.#firsts[FOLDED[bytes[from] ?? 0] ?? 0] !== 1) continue
      const begun = this.#needles.find((needle) => isBegun(layer, from, needle, length - from))
      if (begun !== undefined) return layer.starts[begun.lead === -1 ? from : from - 1] ?? 0
    }
    return null
  }

  /** What the gram that was met begins; returns what that cost. */
  #compare(layer: ByteLayer, from: number, gram: number, isSpent: boolean, found: Span[]): number {
    let cost = 0
    for (const needle of this.#byGram.get(gram) ?? []) {
      const {length} = needle.bytes
      if (length > layer.length - from && !isSpent) continue
      const same = isSpent ? length : sameBytes(layer, from, needle, length)
      cost += same
      if (same === length) hide(layer, from, needle, found)
    }
    return cost
  }
}

export function needleScan(needles: readonly Needle[]): NeedleScan {
  return new GramScan(needles)
}
