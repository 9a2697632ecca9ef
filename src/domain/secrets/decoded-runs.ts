import type {ByteLayer} from './byte-layer.js'

const [BREAK, SKIPPED] = [0xff, 0xfe]

function valuesOf(digits: string, skipped: string): Uint8Array {
  const values = new Uint8Array(256).fill(BREAK)
  for (let value = 0; value < digits.length; value += 1) values[digits.charCodeAt(value)] = value
  for (const mark of skipped) values[mark.charCodeAt(0)] = SKIPPED
  return values
}

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** Both alphabets; broken into lines. */
const BASE64 = valuesOf(BASE64_DIGITS, '\r\n')
BASE64['-'.charCodeAt(0)] = 62
BASE64['_'.charCodeAt(0)] = 63
/** In either case, with what separates bytes. */
const HEX = valuesOf('0123456789abcdef', '\r\n\t +:-')
for (const [index, digit] of Array.from('ABCDEF').entries()) HEX[digit.charCodeAt(0)] = 10 + index

interface Digits {
  readonly values: Uint8Array
  readonly bits: number
  /** How many digits there are before a byte begins with a digit again. */
  readonly group: number
}

const BASE64_GROUP: Digits = {values: BASE64, bits: 6, group: 4}
const HEX_GROUP: Digits = {values: HEX, bits: 4, group: 2}

/** Where runs of digits begin and end among the digits, one pair after the other. */
type Runs = readonly number[]

/** Copies the values of digits behind those that are there. */
function copyRun(source: ByteLayer, values: Uint8Array, first: number, end: number, digits: ByteLayer): void {
  const {bytes, starts, ends} = source
  let to = digits.length
  for (let at = first; at < end; at += 1) {
    const value = values[bytes[at] ?? 0] ?? BREAK
    if (value >= SKIPPED) continue
    digits.bytes[to] = value
    digits.starts[to] = starts[at] ?? 0
    digits.ends[to] = ends[at] ?? 0
    to += 1
  }
  digits.length = to
}

/**
 * Copies the values of digits that stand in a row long enough to say anything; returns where the runs are. Most texts, and what is decoded
 * without having been encoded, have few.
 */
function readDigits(source: ByteLayer, {values, bits}: Digits, digits: ByteLayer, shortest: number): Runs {
  const fewest = Math.ceil((shortest * 8) / bits)
  const {bytes, length} = source
  const runs: number[] = []
  let [first, count] = [0, 0]
  const take = (end: number): void => {
    const from = digits.length
    copyRun(source, values, first, end, digits)
    runs.push(from, digits.length)
  }
  for (let at = 0; at < length; at += 1) {
    const value = values[bytes[at] ?? 0] ?? BREAK
    if (value < SKIPPED) {
      if (count === 0) first = at
      count += 1
    } else if (value === BREAK) {
      if (count >= fewest) take(at)
      count = 0
    }
  }
  // At the end, what is short may go on; it begins nothing before it says two bytes.
  if (count * bits >= 16) take(length)
  return runs
}

/** What digits say. Each byte lies where its digits lie, those too that it shares with its neighbours. */
function decodeRun(digits: ByteLayer, from: number, to: number, bits: number, out: ByteLayer): void {
  const {bytes, starts, ends} = digits
  let written = out.length
  /** The last bits read, how many of them no byte has yet, and where the digit begins that the first of these is of. */
  let [window, open, start] = [0, 0, starts[from] ?? 0]
  for (let at = from; at < to; at += 1) {
    window = ((window << bits) | (bytes[at] ?? 0)) & 0xffff
    open += bits
    if (open >= 8) {
      open -= 8
      out.bytes[written] = window >> open
      out.starts[written] = start
      out.ends[written] = ends[at] ?? 0
      written += 1
      start = starts[open === 0 ? at + 1 : at] ?? 0
    }
  }
  out.length = written
}

/** Nothing is found across the end of a run. */
function endRun(place: number, out: ByteLayer): void {
  out.bytes[out.length] = 0
  out.starts[out.length] = out.ends[out.length] = place
  out.length += 1
}

function decode(digits: ByteLayer, runs: Runs, bits: number, skipped: number, out: ByteLayer): void {
  for (let index = 0; index < runs.length; index += 2) {
    const [from, to] = [runs[index] ?? 0, runs[index + 1] ?? 0]
    if (index > 0) endRun(digits.starts[from] ?? 0, out)
    out.openFrom = out.length
    decodeRun(digits, from + skipped, to, bits, out)
  }
}

/** Empty layers with room for so many bytes. */
export interface DecodingRoom {
  readonly digits: (capacity: number) => ByteLayer
  readonly decoded: (capacity: number) => ByteLayer
}

/**
 * All that a text says when it is read as Base64 or as hexadecimal digits: at each offset, because what stands before is often of the same
 * characters. Every layer is gone when the next is asked for. What says less than `shortest` bytes is left out. Linear.
 */
export function* decodedRuns(source: ByteLayer, room: DecodingRoom, shortest: number): Generator<ByteLayer> {
  for (const kind of [BASE64_GROUP, HEX_GROUP]) {
    const digits = room.digits(source.length)
    const runs = readDigits(source, kind, digits, shortest)
    if (runs.length === 0) continue
    for (let skipped = 0; skipped < kind.group; skipped += 1) {
      const out = room.decoded(digits.length)
      decode(digits, runs, kind.bits, skipped, out)
      yield out
    }
  }
}
