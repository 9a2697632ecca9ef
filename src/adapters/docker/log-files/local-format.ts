import type {StreamIndex, WholeLines} from '../whole-lines.js'
import {type Decoded, LogFileDoubt, type LogFormat} from './log-format.js'
import {type LogWindow, placeIn, STAMP_BYTES} from './log-window.js'

/** Before and after each entry: its length, big-endian. */
const SIZE_BYTES = 4
/** The engine takes none that is longer. */
const LONGEST_ENTRY = 1e6
const NEWLINE = 0x0a
const FULL_STAMP = STAMP_BYTES + 1
const NANO = 1_000_000_000n
const LONGEST_VARINT = 10
/** By stream. */
const SOURCES = [Buffer.from('stdout'), Buffer.from('stderr')] as const
const TELLING_AT = 3

/** Fields of the entry, and of what it says of a piece of a longer line. */
const FIELDS = {source: 1, time: 2, line: 3, partial: 4, metadata: 5} as const
const LAST_PIECE = 1
/** Protobuf's kinds of values. */
const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5]

/** Reads one protobuf message; the place of the value that `next` has come to is left in its fields. */
class Message {
  field = 0
  from = 0
  to = 0
  #at = 0
  #end = 0
  #bytes: Buffer = Buffer.alloc(0)

  open(bytes: Buffer, from: number, end: number): void {
    this.#bytes = bytes
    this.#at = from
    this.#end = end
  }

  /** False at the end. */
  next(): boolean {
    if (this.#at === this.#end) return false
    const tag = this.#number()
    this.field = tag >>> 3
    switch (tag & 7) {
      case VARINT:
        return this.#pass(this.#varintLength())
      case FIXED64:
        return this.#pass(8)
      case BYTES:
        return this.#pass(this.#number())
      case FIXED32:
        return this.#pass(4)
      default:
        throw new LogFileDoubt('it has an unknown kind of value')
    }
  }

  #pass(length: number): true {
    this.from = this.#at
    this.to = this.#at + length
    this.#at = this.to
    if (this.to > this.#end) throw new LogFileDoubt('it has a broken entry')
    return true
  }

  /** A tag or a length: most are one byte. */
  #number(): number {
    const byte = this.#at < this.#end ? (this.#bytes[this.#at] ?? 0x80) : 0x80
    if (byte < 0x80) {
      this.#at += 1
      return byte
    }
    this.#pass(this.#varintLength())
    return Number(this.number())
  }

  #varintLength(): number {
    for (let length = 1; length <= LONGEST_VARINT && this.#at + length <= this.#end; length += 1)
      if ((this.#bytes[this.#at + length - 1] ?? 0) < 0x80) return length
    throw new LogFileDoubt('it has a broken number')
  }

  /** The number that `next` has come to. */
  number(): bigint {
    let low = 0
    let factor = 1
    let value = 0n
    for (let at = this.from; at < this.to; at += 1) {
      const bits = (this.#bytes[at] ?? 0) & 0x7f
      const index = at - this.from
      // Seven bits a byte: six bytes stay within what a number holds exactly.
      if (index < 6) low += bits * factor
      else value |= BigInt(bits) << BigInt(7 * index)
      factor *= 128
    }
    return value | BigInt(low)
  }
}

/** The engine's stamp of nanoseconds since the epoch; the second it is in is remembered. */
class Stamper {
  #second = -1n
  #text = ''

  write(nanoseconds: bigint, target: Buffer): void {
    const second = nanoseconds / NANO
    if (second !== this.#second) {
      const date = new Date(Number(second) * 1000)
      if (nanoseconds <= 0n || date.getUTCFullYear() > 9999) throw new LogFileDoubt('it has an entry without a time')
      this.#second = second
      this.#text = date.toISOString().slice(0, -'000Z'.length)
    }
    target.write(`${this.#text}${String(nanoseconds % NANO).padStart(9, '0')}Z `, 'latin1')
  }
}

function streamOf(bytes: Buffer, from: number, to: number): StreamIndex {
  const stream = bytes[from + TELLING_AT] === SOURCES[0][TELLING_AT] ? 0 : 1
  if (SOURCES[stream].compare(bytes, from, to) !== 0) throw new LogFileDoubt('it has an entry of no stream')
  return stream
}

class LocalDecoder {
  #entry = Buffer.allocUnsafe(64 * 1024)
  readonly #message = new Message()
  readonly #inner = new Message()
  readonly #stamper = new Stamper()
  /** Of the entry that is being read. */
  #stream: StreamIndex = 0
  /** Whether it names its stream. */
  #isNamed = false
  #time = 0n
  #needsTime = true
  #end = FULL_STAMP
  /** Whether the line ends with it. */
  #ends = true

  decode(bytes: Buffer, window: LogWindow, lines: WholeLines): Decoded {
    this.#needsTime = window.stamped || window.since !== null || window.until !== null
    let consumed = 0
    for (;;) {
      const next = endOfEntry(bytes, consumed)
      if (next === -1) return {consumed, isOver: false}
      const end = this.#read(bytes, consumed + SIZE_BYTES, next - SIZE_BYTES)
      const place = this.#place(window)
      if (place === 'after') return {consumed, isOver: true}
      const from = window.stamped && !lines.isOpen(this.#stream) ? 0 : FULL_STAMP
      if (place === 'within') lines.take(this.#stream, this.#entry, from, end)
      consumed = next
    }
  }

  /** Of the entry that was made, whose stamp is written where it is asked for. */
  #place(window: LogWindow): ReturnType<typeof placeIn> {
    if (!this.#needsTime) return 'within'
    this.#stamper.write(this.#time, this.#entry)
    return placeIn(window, this.#entry)
  }

  /** Makes the entry of one message, and gives its end. */
  #read(bytes: Buffer, from: number, end: number): number {
    if (end - from + FULL_STAMP > this.#entry.length) this.#entry = Buffer.allocUnsafe(2 * (end - from) + FULL_STAMP)
    this.#forget()
    this.#message.open(bytes, from, end)
    while (this.#message.next()) this.#take(bytes)
    if (!this.#isNamed) throw new LogFileDoubt('it has an entry of no stream')
    if (this.#ends) this.#entry[this.#end] = NEWLINE
    return this.#end + Number(this.#ends)
  }

  #forget(): void {
    this.#isNamed = false
    this.#time = 0n
    this.#end = FULL_STAMP
    this.#ends = true
  }

  #take(bytes: Buffer): void {
    const {field, from, to} = this.#message
    switch (field) {
      case FIELDS.source:
        this.#stream = streamOf(bytes, from, to)
        this.#isNamed = true
        return
      case FIELDS.time:
        // Only where it is asked for: a million of them take a second.
        this.#time = this.#needsTime ? this.#message.number() : 0n
        return
      case FIELDS.line:
        this.#end = FULL_STAMP + bytes.copy(this.#entry, FULL_STAMP, from, to)
        return
      case FIELDS.partial:
        this.#ends &&= this.#message.number() === 0n
        return
      case FIELDS.metadata:
        this.#ends = this.#isLast(bytes, from, to)
    }
  }

  #isLast(bytes: Buffer, from: number, end: number): boolean {
    let last = false
    this.#inner.open(bytes, from, end)
    while (this.#inner.next()) if (this.#inner.field === LAST_PIECE) last = this.#inner.number() !== 0n
    return last
  }
}

/** -1: it is cut. */
function endOfEntry(bytes: Buffer, start: number): number {
  if (start + SIZE_BYTES > bytes.length) return -1
  const length = bytes.readUInt32BE(start)
  if (length > LONGEST_ENTRY) throw new LogFileDoubt('it has an entry too long')
  const end = start + length + 2 * SIZE_BYTES
  if (end > bytes.length) return -1
  if (bytes.readUInt32BE(end - SIZE_BYTES) !== length) throw new LogFileDoubt('it has a broken entry')
  return end
}

function skip(bytes: Buffer, most: number): {readonly consumed: number; readonly found: number} {
  let consumed = 0
  let found = 0
  while (found < most) {
    const end = endOfEntry(bytes, consumed)
    if (end === -1) break
    consumed = end
    found += 1
  }
  return {consumed, found}
}

function back(bytes: Buffer, most: number, isWhole: boolean): {readonly start: number; readonly found: number} {
  let start = bytes.length
  let found = 0
  while (found < most && start >= 2 * SIZE_BYTES) {
    const length = bytes.readUInt32BE(start - SIZE_BYTES)
    if (length > LONGEST_ENTRY) throw new LogFileDoubt('it has an entry too long')
    const before = start - length - 2 * SIZE_BYTES
    if (before < 0) break
    if (bytes.readUInt32BE(before) !== length) throw new LogFileDoubt('it has a broken entry')
    start = before
    found += 1
  }
  if (isWhole && found < most && start > 0) throw new LogFileDoubt('it does not begin with an entry')
  return {start, found}
}

/** The engine's `local` driver: protobuf messages, each between its lengths. */
export function localFormat(): LogFormat {
  const decoder = new LocalDecoder()
  return {decode: (bytes, window, lines) => decoder.decode(bytes, window, lines), skip, back, mayGrow: true}
}
