import {type ByteLayer, type Scratch, scratch, textLayer} from './byte-layer.js'
import {decodedRuns} from './decoded-runs.js'
import {type FirstLook, firstLook} from './first-look.js'
import {type NeedleScan, needleScan, type Span} from './needle-scan.js'
import type {Needles} from './needles.js'
import {tellingSpans, type ToldSpan} from './telling-patterns.js'
import {isUnquoted, unquote} from './unquote.js'

/** Where secrets stand in a text, in order and apart, and from where on its end may be the beginning of one. */
export interface Sight {
  readonly spans: readonly ToldSpan[]
  readonly openFrom: number
}

/** `isOpen`: the text may go on. */
export type SecretFinder = (text: string, isOpen: boolean) => Sight

/** How many times Base64 or hexadecimal digits are decoded, one within the other. */
const DEPTH = 2
/** A longer text is searched without a first look. */
const SHORT_TEXT = 16_384
/** In bytes: runs that are longer than this are few. */
const LONGEST_OF_INTEREST = 64

/** What is encoded in fewer bytes is no secret that would be found. */
function shortestInside(needles: readonly Needles[]): number {
  const lengths = needles.flatMap(({inside}) => inside.map(({bytes}) => bytes.length))
  return lengths.reduce((least, length) => Math.min(least, length), LONGEST_OF_INTEREST)
}

interface Scans {
  readonly outside: () => NeedleScan
  readonly inside: () => NeedleScan
  /** In bytes. */
  readonly shortest: number
}

function scansFor(needles: readonly Needles[]): Scans {
  const made: {outside?: NeedleScan; inside?: NeedleScan} = {}
  return {
    outside: () => (made.outside ??= needleScan(needles.flatMap((one) => one.outside))),
    inside: () => (made.inside ??= needleScan(needles.flatMap((one) => one.inside))),
    shortest: shortestInside(needles),
  }
}

class Search {
  readonly found: Span[] = []
  openFrom = Number.POSITIVE_INFINITY
  readonly #outside: NeedleScan
  readonly #inside: () => NeedleScan
  readonly #shortest: number
  readonly #room: Scratch
  readonly #isOpen: boolean

  constructor({outside, inside, shortest}: Scans, room: Scratch, isOpen: boolean) {
    this.#outside = outside()
    this.#inside = inside
    this.#shortest = shortest
    this.#room = room
    this.#isOpen = isOpen
  }

  /** In what the layer says as it is, unquoted, and decoded. */
  look(layer: ByteLayer, depth: number): void {
    const scan = depth === 0 ? this.#outside : this.#inside()
    this.#scan(scan, layer, [])
    const said = this.#unquoted(layer, depth, scan)
    if (depth === DEPTH) return
    const {digits, bytes} = this.#room
    const rooms = {
      digits: (capacity: number) => digits(depth, capacity),
      bytes: (capacity: number) => bytes(depth, capacity),
    }
    for (const decoded of decodedRuns(said, rooms, this.#shortest)) this.look(decoded, depth + 1)
  }

  #unquoted(layer: ByteLayer, depth: number, scan: NeedleScan): ByteLayer {
    if (isUnquoted(layer)) return layer
    const {layer: said, unfinished} = unquote(layer, this.#room.placed(depth, layer.length))
    this.#scan(scan, said, unfinished)
    return said
  }

  #scan(scan: NeedleScan, layer: ByteLayer, unfinished: readonly number[]): void {
    scan.find(layer, this.found)
    if (!this.#isOpen) return
    for (const length of [layer.length, ...unfinished]) {
      const open = scan.openAt(layer, length)
      if (open !== null) this.openFrom = Math.min(this.openFrom, open)
    }
  }
}

/** Overlapping ones joined, so that no tail of one survives beside another. */
function joined(found: readonly ToldSpan[]): readonly ToldSpan[] {
  const spans: ToldSpan[] = []
  for (const span of found.toSorted((left, right) => left.start - right.start || right.end - left.end)) {
    const last = spans.at(-1)
    if (last !== undefined && span.start < last.end)
      spans[spans.length - 1] = {
        from: Math.min(last.from, span.from),
        start: last.start,
        end: Math.max(last.end, span.end),
      }
    else spans.push(span)
  }
  return spans
}

/** Where in the text the character is that each of its bytes belongs to, and where that ends. */
function unitsOf(
  text: string,
  bytes: number,
): {readonly start: (at: number) => number; readonly end: (at: number) => number} {
  if (bytes === text.length) return {start: (at) => at, end: (at) => at}
  const starts = new Int32Array(bytes + 1).fill(text.length)
  const ends = new Int32Array(bytes + 1).fill(text.length)
  let byte = 0
  let unit = 0
  for (const character of text) {
    const width = Buffer.byteLength(character)
    starts.fill(unit, byte, byte + width)
    unit += character.length
    ends.fill(unit, byte, byte + width)
    byte += width
  }
  return {start: (at) => starts[at] ?? text.length, end: (at) => ends[at - 1] ?? 0}
}

/** Finds secrets in whatever spelling, and what tells by itself that it is one. Time is linear in the text. */
export function secretFinder(needles: readonly Needles[], room: Scratch = scratch()): SecretFinder {
  const scans = scansFor(needles)
  let quick: FirstLook | null = null
  const isClean = (text: string, bytes: Uint8Array): boolean =>
    text.length <= SHORT_TEXT && !(quick ??= firstLook(needles, DEPTH, scans.shortest))(bytes)
  return (text, isOpen) => {
    const told = tellingSpans(text)
    if (needles.length === 0 || text === '') return {spans: joined(told), openFrom: text.length}
    const bytes = Buffer.from(text)
    if (!isOpen && isClean(text, bytes)) return {spans: joined(told), openFrom: text.length}
    const search = new Search(scans, room, isOpen)
    search.look(textLayer(bytes), 0)
    if (search.found.length === 0 && search.openFrom >= bytes.length)
      return {spans: joined(told), openFrom: text.length}
    const units = unitsOf(text, bytes.length)
    const found = search.found.map((span) => {
      const start = units.start(span.start)
      return {from: start, start, end: units.end(span.end)}
    })
    const openFrom = search.openFrom < bytes.length ? units.start(search.openFrom) : text.length
    return {spans: joined([...told, ...found]), openFrom}
  }
}
