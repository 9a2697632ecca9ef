import type {StreamIndex, WholeLines} from '../whole-lines.js'
import {type Decoded, LogFileDoubt, type LogFormat} from './log-format.js'
import {type LogWindow, placeIn, STAMP_BYTES} from './log-window.js'
import {Message} from './protobuf.js'
import type {Wanted} from './wanted-bytes.js'

/** Before and after each entry: its length, big-endian. */
const SIZE_BYTES = 4
/** The engine takes none that is longer. */
const LONGEST_ENTRY = 1e6
const [NEWLINE, OPENING_BRACE, CLOSING_BRACE] = [0x0a, 0x7b, 0x7d]
/** Stands for what is passed over. */
const PASSED_OVER = Buffer.from('{}\n')
const FULL_STAMP = STAMP_BYTES + 1
const NANO = 1_000_000_000n
/** By stream. */
const SOURCES = [Buffer.from('stdout'), Buffer.from('stderr')] as const
const TELLING_AT = 3

/** Fields of the entry, and of what it says of a piece of a longer line. */
const FIELDS = {source: 1, time: 2, line: 3, partial: 4, metadata: 5} as const
const LAST_PIECE = 1

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
  const name = SOURCES[stream]
  let index = 0
  while (index < name.length && bytes[from + index] === name[index]) index += 1
  if (index < name.length || to - from !== name.length) throw new LogFileDoubt('it has an entry of no stream')
  return stream
}

class LocalDecoder {
  /** Of one that is given with its stamp. */
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
  /** Where its text lies. */
  #from = 0
  #to = 0
  /** Whether the line ends with it. */
  #ends = true

  decode(bytes: Buffer, window: LogWindow, lines: WholeLines, wanted: Wanted | null): Decoded {
    wanted?.begin(bytes, bytes.length)
    this.#needsTime = window.stamped || window.since !== null || window.until !== null
    let consumed = 0
    for (;;) {
      const next = endOfEntry(bytes, consumed)
      if (next === -1) return {consumed, isOver: false}
      this.#read(bytes, consumed + SIZE_BYTES, next - SIZE_BYTES)
      const place = this.#place(window)
      if (place === 'after') return {consumed, isOver: true}
      const isPassed = wanted !== null && this.#standsAlone(bytes, lines) && !wanted.isWithin(consumed, next)
      if (place === 'within') this.#hand(bytes, lines, {stamped: window.stamped, isPassed})
      consumed = next
    }
  }

  /** Of the entry that was made, whose stamp is written where it is asked for. */
  #place(window: LogWindow): ReturnType<typeof placeIn> {
    if (!this.#needsTime) return 'within'
    this.#stamper.write(this.#time, this.#entry)
    return placeIn(window, this.#entry)
  }

  /** Whether the entry that was made is a JSON object on a line of its own, as far as its ends tell. */
  #standsAlone(bytes: Buffer, lines: WholeLines): boolean {
    const isObject = bytes[this.#from] === OPENING_BRACE && bytes[this.#to - 1] === CLOSING_BRACE
    return isObject && this.#ends && !lines.isOpen(this.#stream)
  }

  #hand(bytes: Buffer, lines: WholeLines, how: {readonly stamped: boolean; readonly isPassed: boolean}): void {
    if (how.isPassed) this.#passOver(lines, how.stamped)
    else this.#give(bytes, lines, how.stamped && !lines.isOpen(this.#stream))
  }

  #passOver(lines: WholeLines, stamped: boolean): void {
    const end = FULL_STAMP + PASSED_OVER.copy(this.#entry, FULL_STAMP)
    lines.passOver(this.#entry, stamped ? 0 : FULL_STAMP, end)
  }

  /** As it lies there: its line break overwrites what stands behind it, which has been read. */
  #give(bytes: Buffer, lines: WholeLines, stamped: boolean): void {
    if (this.#ends) bytes[this.#to] = NEWLINE
    const end = this.#to + Number(this.#ends)
    if (!stamped) {
      lines.take(this.#stream, bytes, this.#from, end)
      return
    }
    const length = FULL_STAMP + end - this.#from
    if (length > this.#entry.length) this.#entry = Buffer.concat([this.#entry], 2 * length)
    bytes.copy(this.#entry, FULL_STAMP, this.#from, end)
    lines.take(this.#stream, this.#entry, 0, length)
  }

  #read(bytes: Buffer, from: number, end: number): void {
    this.#forget(from)
    this.#message.open(bytes, from, end)
    while (this.#message.next()) this.#take(bytes)
    if (!this.#isNamed) throw new LogFileDoubt('it has an entry of no stream')
  }

  #forget(start: number): void {
    this.#isNamed = false
    this.#time = 0n
    this.#from = start
    this.#to = start
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
        this.#from = from
        this.#to = to
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

/** By the lengths before them alone: whoever decodes them compares the ones behind. */
function whole(bytes: Buffer): number {
  let start = 0
  while (start + SIZE_BYTES <= bytes.length) {
    const end = start + bytes.readUInt32BE(start) + 2 * SIZE_BYTES
    if (end > bytes.length) break
    start = end
  }
  return start
}

/** The engine's `local` driver: protobuf messages, each between its lengths. */
export function localFormat(): LogFormat {
  const decoder = new LocalDecoder()
  return {decode: (...read) => decoder.decode(...read), form: 'plain', whole, skip, back, mayGrow: true}
}
