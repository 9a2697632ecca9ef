import {setImmediate} from 'node:timers/promises'
import {createGunzip} from 'node:zlib'
import {Readable} from 'node:stream'
import {type LastLine, WholeLines} from '../whole-lines.js'
import {fillFrom, type LogFile} from './log-file.js'
import {type Decoded, LogFileDoubt, type LogFormat} from './log-format.js'
import type {LogWindow} from './log-window.js'
import {type SieveAhead, sieveAhead} from './sieve-ahead.js'
import {sievedEntries} from './sieved-entries.js'
import {type Wanted, wantedBytes} from './wanted-bytes.js'

/** Read at once; tests take less. */
export const CHUNK_BYTES = 64 * 1024
/** Bytes of a log that are read before anything else has its turn. */
const MOST_UNINTERRUPTED = 1024 * 1024
/** Of what was read: when fewer lines come of it, they are copied. */
const COPIED_SHARE = 4
/** Of one entry: the engine cuts lines at 16 KiB. */
const LONGEST_ENTRY_BYTES = 16 * 1024 * 1024

const NOTHING = Buffer.alloc(0)

function readAt(file: LogFile, at: number, length: number): Buffer {
  return fillFrom(file, at, Buffer.allocUnsafe(length))
}

/** What is read next stands behind what is left of what was read before. */
class Carry {
  rest: Buffer = NOTHING
  #space: Buffer = NOTHING
  /** Whether somebody may still look at what was read before, beside the rest of it. */
  isLookedAt = true

  /** The rest, and room for so many bytes. */
  room(length: number): Buffer {
    const needed = this.rest.length + length
    const before = this.rest
    if (this.isLookedAt) this.#space = Buffer.allocUnsafe(needed)
    else if (this.#space.length < needed) this.#space = Buffer.allocUnsafe(2 * needed)
    before.copy(this.#space)
    this.isLookedAt = true
    return this.#space.subarray(0, needed)
  }
}

/** Now and then whatever else is to be done comes first: a signal, output that drains. */
async function* rawBytes(file: LogFile, start: number, chunk: number, carry = new Carry()): AsyncGenerator<Buffer> {
  let uninterrupted = 0
  for (let at = start; at < file.size; at += chunk) {
    const length = Math.min(chunk, file.size - at)
    const bytes = carry.room(length)
    fillFrom(file, at, bytes.subarray(bytes.length - length))
    yield bytes
    uninterrupted += length
    if (uninterrupted < MOST_UNINTERRUPTED) continue
    uninterrupted = 0
    await setImmediate()
  }
}

/** The file's text from `start` on, counted in what is compressed; each with the rest that is carried before it. */
async function* bytesFrom(file: LogFile, start: number, chunk: number, carry: Carry): AsyncGenerator<Buffer> {
  if (!file.isCompressed) {
    yield* rawBytes(file, start, chunk, carry)
    return
  }
  let passed = 0
  const unzip = createGunzip({chunkSize: chunk})
  const source = Readable.from(rawBytes(file, 0, chunk))
  source.once('error', (error) => unzip.destroy(error))
  for await (const bytes of source.pipe(unzip) as AsyncIterable<Buffer>) {
    const from = Math.min(bytes.length, Math.max(0, start - passed))
    passed += bytes.length
    if (from < bytes.length) yield Buffer.concat([carry.rest, bytes.subarray(from)])
  }
}

/** Where the last `most` entries of a file begin, and how many there are. */
function lastOf(file: LogFile, format: LogFormat, most: number, chunk: number): Start {
  let end = file.size
  let found = 0
  for (let wanted = chunk; end > 0 && found < most;) {
    const length = Math.min(wanted, end)
    const part = format.back(readAt(file, end - length, length), most - found, length === end)
    found += part.found
    end -= length - part.start
    wanted = part.found === 0 ? 2 * wanted : chunk
    if (wanted > LONGEST_ENTRY_BYTES) throw new LogFileDoubt('it has an entry too long')
  }
  return {offset: end, found}
}

/** The same of a compressed one, which is read from its start: once to count, once to find. */
async function lastOfCompressed(file: LogFile, format: LogFormat, most: number, chunk: number): Promise<Start> {
  const all = await passed(file, format, Infinity, chunk)
  if (all.found <= most) return {offset: 0, found: all.found}
  const {offset} = await passed(file, format, all.found - most, chunk)
  return {offset, found: most}
}

async function passed(file: LogFile, format: LogFormat, most: number, chunk: number): Promise<Start> {
  const carry = new Carry()
  let offset = 0
  let found = 0
  for await (const bytes of bytesFrom(file, 0, chunk, carry)) {
    const part = format.skip(bytes, most - found)
    offset += part.consumed
    found += part.found
    if (found === most) break
    carry.rest = bytes.subarray(part.consumed)
  }
  return {offset, found}
}

interface Start {
  readonly offset: number
  readonly found: number
}

interface Part {
  readonly file: LogFile
  readonly offset: number
}

/** From where on the last `tail` entries are read; all files from their start without. */
async function partsOf(files: readonly LogFile[], {format, tail, chunk}: Reading): Promise<readonly Part[]> {
  if (tail === undefined) return files.map((file): Part => ({file, offset: 0}))
  const parts: Part[] = []
  let left = tail
  for (const file of files.toReversed()) {
    if (left === 0) break
    const find = file.isCompressed ? lastOfCompressed : lastOf
    const {offset, found} = await find(file, format, left, chunk)
    parts.unshift({file, offset})
    left -= found
  }
  return parts
}

export interface Reading {
  readonly format: LogFormat
  readonly window: LogWindow
  readonly tail: number | undefined
  /** As a terminal's log: nothing is put together. */
  readonly tty: boolean
  readonly chunk: number
  /** As of a `LogRange`. */
  readonly wanted: RegExp | null
}

/** Lines that have become whole. */
export interface WholePart {
  readonly bytes: Buffer
  /** The last of them that was not passed over. */
  readonly last: LastLine | null
}

interface Sieved {
  readonly reading: Reading
  /** null: nobody searches ahead. */
  readonly ahead: SieveAhead | null
}

/** The lines of one file; true when the window is over. */
async function* linesOf(part: Part, lines: WholeLines, {reading, ahead}: Sieved): AsyncGenerator<WholePart, boolean> {
  if (ahead === null || part.file.isCompressed) return yield* linesFrom(part, lines, reading)
  const {file, offset} = part
  const entries = sievedEntries(file, offset, {format: reading.format, ahead})
  for (let next = await entries.next(); ; next = await entries.next()) {
    if (next.done === true) return yield* linesFrom({file, offset: next.value}, lines, reading)
    const {bytes, wanted} = next.value
    const decoded = decode(bytes, lines, {reading, wanted})
    if (decoded.whole.length > 0) yield {bytes: Buffer.from(decoded.whole), last: lines.last()}
    if (decoded.isOver) return true
  }
}

interface DecodedPart extends Decoded {
  /** Lies in the memory of the bytes. */
  readonly whole: Buffer
}

function decode(
  bytes: Buffer,
  lines: WholeLines,
  {reading, wanted}: {readonly reading: Reading; readonly wanted: Wanted | null},
): DecodedPart {
  const {format, window} = reading
  lines.begin(format.mayGrow && window.stamped ? Buffer.allocUnsafe(2 * bytes.length) : bytes)
  const decoded = format.decode(bytes, window, lines, wanted)
  return {...decoded, whole: lines.lines()}
}

/** As one thread reads them. */
async function* linesFrom(
  {file, offset}: Part,
  lines: WholeLines,
  reading: Reading,
): AsyncGenerator<WholePart, boolean> {
  const wanted = wantedBytes(reading.wanted, reading.format.form)
  const carry = new Carry()
  for await (const bytes of bytesFrom(file, offset, reading.chunk, carry)) {
    const {consumed, isOver, whole} = decode(bytes, lines, {reading, wanted})
    // Little of much: the rest of the memory is not kept for it.
    carry.isLookedAt = whole.length > bytes.length / COPIED_SHARE
    if (whole.length > 0) yield {bytes: carry.isLookedAt ? whole : Buffer.from(whole), last: lines.last()}
    if (isOver) return true
    carry.rest = bytes.subarray(consumed)
    if (carry.rest.length > LONGEST_ENTRY_BYTES) throw new LogFileDoubt('it has an entry too long')
  }
  if (carry.rest.length > 0) throw new LogFileDoubt('its last entry is cut')
  return false
}

/**
 * The lines of a log that lies in files, oldest first, as the engine gives them out. Throws `LogFileDoubt` where it may give out another
 * thing, `LogFileCut` for what is gone.
 */
export async function* readEntries(
  files: readonly LogFile[],
  reading: Reading,
  begin: typeof sieveAhead = sieveAhead,
): AsyncGenerator<WholePart> {
  const lines = new WholeLines(!reading.tty)
  const ahead = await begin(files, reading)
  try {
    for (const part of await partsOf(files, reading)) if (yield* linesOf(part, lines, {reading, ahead})) break
  } finally {
    ahead?.end()
  }
  const open = lines.rest()
  if (open.length > 0) yield {bytes: open, last: null}
}
