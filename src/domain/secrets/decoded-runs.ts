import type {ByteLayer, DigitRoom} from './byte-layer.js'

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

/** What digits from one to another say; how many bytes there are by then. */
type Decode = (values: Uint8Array, from: number, to: number, out: Uint8Array, written: number) => number

function at(values: Uint8Array, place: number): number {
  return values[place] ?? 0
}

/** Four digits say three bytes; of those that are left, two say one and three say two. */
function decodeBase64(values: Uint8Array, from: number, to: number, out: Uint8Array, written: number): number {
  let [digit, byte] = [from, written]
  for (; digit + 3 < to; digit += 4, byte += 3) {
    const [second, third] = [at(values, digit + 1), at(values, digit + 2)]
    out[byte] = (at(values, digit) << 2) | (second >> 4)
    out[byte + 1] = (second << 4) | (third >> 2)
    out[byte + 2] = (third << 6) | at(values, digit + 3)
  }
  if (digit + 1 < to) out[byte++] = (at(values, digit) << 2) | (at(values, digit + 1) >> 4)
  if (digit + 2 < to) out[byte++] = (at(values, digit + 1) << 4) | (at(values, digit + 2) >> 2)
  return byte
}

function decodeHex(values: Uint8Array, from: number, to: number, out: Uint8Array, written: number): number {
  let byte = written
  for (let digit = from; digit + 1 < to; digit += 2, byte += 1)
    out[byte] = (at(values, digit) << 4) | at(values, digit + 1)
  return byte
}

interface Kind {
  readonly values: Uint8Array
  readonly bits: number
  /** How many digits there are before a byte begins with a digit again. */
  readonly group: number
  readonly decode: Decode
}

const KINDS: readonly Kind[] = [
  {values: BASE64, bits: 6, group: 4, decode: decodeBase64},
  {values: HEX, bits: 4, group: 2, decode: decodeHex},
]

/** The runs of digits in a layer: where each begins and ends among the digits that were read, one pair after the other. */
interface Read {
  readonly digits: DigitRoom
  readonly runs: readonly number[]
}

/** Where the next stretch of `count` bytes begins that no break is in, or of fewer at the end. Where there are breaks, few bytes are looked at. */
function unbrokenFrom({bytes, length}: ByteLayer, values: Uint8Array, from: number, count: number): number {
  let start = from
  while (start < length) {
    let place = Math.min(start + count, length) - 1
    while (place >= start && values[bytes[place] ?? 0] !== BREAK) place -= 1
    if (place < start) return start
    start = place + 1
  }
  return length
}

/** Copies digits up to a break behind those that are there; returns where the break is, and how many digits there are by then. */
function copyDigits(
  {bytes, length}: ByteLayer,
  values: Uint8Array,
  from: number,
  to: DigitRoom,
  written: number,
): readonly [number, number] {
  let [place, count] = [from, written]
  for (; place < length; place += 1) {
    const value = values[bytes[place] ?? 0] ?? BREAK
    if (value === BREAK) break
    if (value === SKIPPED) continue
    to.values[count] = value
    to.places[count] = place
    count += 1
  }
  return [place, count]
}

/**
 * Copies the values of digits that stand in a row long enough to say anything. Most texts, and what is decoded without having been encoded,
 * have few.
 */
function readDigits(source: ByteLayer, {values, bits}: Kind, digits: DigitRoom, shortest: number): Read {
  const fewest = Math.ceil((shortest * 8) / bits)
  const runs: number[] = []
  let written = 0
  for (let start = unbrokenFrom(source, values, 0, fewest); start < source.length;) {
    const [end, count] = copyDigits(source, values, start, digits, written)
    // At the end, what is short may go on; it begins nothing before it says two bytes.
    const least = end === source.length ? Math.ceil(16 / bits) : fewest
    if (count - written >= least) {
      runs.push(written, count)
      written = count
    }
    start = unbrokenFrom(source, values, end + 1, fewest)
  }
  return {digits, runs}
}

/** The last of the runs that begin at a byte or before it. */
function runOf(begins: readonly number[], byte: number): number {
  let [low, high] = [0, begins.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((begins[middle] ?? 0) <= byte) low = middle
    else high = middle - 1
  }
  return low
}

/** What runs say when as many digits of each are skipped; between two of them stands a byte across which nothing is found. */
class DecodedLayer implements ByteLayer {
  readonly bytes: Uint8Array
  readonly length: number
  readonly openFrom: number
  readonly #source: ByteLayer
  readonly #read: Read
  readonly #kind: Kind
  readonly #skipped: number
  /** Where each run begins among the bytes. */
  readonly #begins: number[] = []

  constructor(source: ByteLayer, read: Read, kind: Kind, skipped: number, room: Uint8Array) {
    const {digits, runs} = read
    this.#source = source
    this.#read = read
    this.#kind = kind
    this.#skipped = skipped
    this.bytes = room
    let written = 0
    for (let index = 0; index < runs.length; index += 2) {
      if (index > 0) room[written++] = 0
      this.#begins.push(written)
      written = kind.decode(digits.values, (runs[index] ?? 0) + skipped, runs[index + 1] ?? 0, room, written)
    }
    this.length = written
    this.openFrom = this.#begins.at(-1) ?? 0
  }

  readonly startOf = (byte: number): number => {
    if (byte === this.length) return this.#source.endOf(this.#placeOf((this.#read.runs.at(-1) ?? 0) - 1))
    const {digit, end} = this.#digitOf(byte, 0)
    return this.#source.startOf(this.#placeOf(Math.min(digit, end)))
  }

  /** Each byte lies where its digits lie, those too that it shares with its neighbours; what stands between two runs, where the next begins. */
  readonly endOf = (byte: number): number => {
    const {digit, end} = this.#digitOf(byte, 7)
    return digit < end ? this.#source.endOf(this.#placeOf(digit)) : this.#source.startOf(this.#placeOf(end))
  }

  #placeOf(digit: number): number {
    return this.#read.digits.places[digit] ?? 0
  }

  /** The digit that says a bit of a byte, and where its run ends. */
  #digitOf(byte: number, bit: number): {readonly digit: number; readonly end: number} {
    const {runs} = this.#read
    const run = runOf(this.#begins, byte)
    const within = (byte - (this.#begins[run] ?? 0)) * 8 + bit
    const digit = (runs[2 * run] ?? 0) + this.#skipped + Math.floor(within / this.#kind.bits)
    return {digit, end: runs[2 * run + 1] ?? 0}
  }
}

/** Room for so much. */
export interface DecodingRoom {
  readonly digits: (capacity: number) => DigitRoom
  readonly bytes: (capacity: number) => Uint8Array
}

/**
 * All that a text says when it is read as Base64 or as hexadecimal digits: at each offset, because what stands before is often of the same
 * characters. Every layer is gone when the next is asked for. What says less than `shortest` bytes is left out. Linear.
 */
export function* decodedRuns(source: ByteLayer, room: DecodingRoom, shortest: number): Generator<ByteLayer> {
  for (const kind of KINDS) {
    const read = readDigits(source, kind, room.digits(source.length), shortest)
    if (read.runs.length === 0) continue
    const decoded = room.bytes(source.length)
    for (let skipped = 0; skipped < kind.group; skipped += 1)
      yield new DecodedLayer(source, read, kind, skipped, decoded)
  }
}
