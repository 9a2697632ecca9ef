import type {FileHandle} from 'node:fs/promises'
import {createGunzip} from 'node:zlib'
import {Readable} from 'node:stream'
import {type LastLine, WholeLines} from '../whole-lines.js'
import {LogFileDoubt, type LogFormat} from './log-format.js'
import type {LogWindow} from './log-window.js'
import {wantedBytes} from './wanted-bytes.js'

/** One file of a log, as it was when it was opened: what is written afterwards is not read. */
export interface LogFile {
  readonly handle: FileHandle
  readonly size: number
  readonly isCompressed: boolean
}

/** Read at once; tests take less. */
export const CHUNK_BYTES = 64 * 1024
/** Of one entry: the engine cuts lines at 16 KiB. */
const LONGEST_ENTRY_BYTES = 16 * 1024 * 1024

const NOTHING = Buffer.alloc(0)

/** The file has become shorter: the engine began it anew, and what was in it is gone. */
export class LogFileCut extends Error {
  override readonly name = 'LogFileCut'
}

async function readAt({handle}: LogFile, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  for (let filled = 0; filled < length;) {
    const {bytesRead} = await handle.read(bytes, filled, length - filled, at + filled)
    if (bytesRead === 0) throw new LogFileCut()
    filled += bytesRead
  }
  return bytes
}

/** The next ones are read while these are looked at. */
async function* rawBytes(file: LogFile, start: number, chunk: number): AsyncGenerator<Buffer> {
  const readFrom = (at: number): Promise<Buffer> | null => {
    if (at >= file.size) return null
    const bytes = readAt(file, at, Math.min(chunk, file.size - at))
    // What it fails of is told to whoever waits for it.
    bytes.catch(() => undefined)
    return bytes
  }
  let next = readFrom(start)
  try {
    for (let at = start; next !== null;) {
      const bytes: Buffer = await next
      at += bytes.length
      next = readFrom(at)
      yield bytes
    }
  } finally {
    // Whoever wants no more does not want to hear of it either.
    await next?.catch(() => undefined)
  }
}

/** The file's text from `start` on, counted in what is compressed. */
async function* bytesFrom(file: LogFile, start: number, chunk: number): AsyncGenerator<Buffer> {
  if (!file.isCompressed) {
    yield* rawBytes(file, start, chunk)
    return
  }
  let passed = 0
  const unzip = createGunzip({chunkSize: chunk})
  const source = Readable.from(rawBytes(file, 0, chunk))
  source.once('error', (error) => unzip.destroy(error))
  for await (const bytes of source.pipe(unzip) as AsyncIterable<Buffer>) {
    const from = Math.min(bytes.length, Math.max(0, start - passed))
    passed += bytes.length
    if (from < bytes.length) yield bytes.subarray(from)
  }
}

/** Where the last `most` entries of a file begin, and how many there are. */
async function lastOf(file: LogFile, format: LogFormat, most: number, chunk: number): Promise<Start> {
  let end = file.size
  let found = 0
  for (let wanted = chunk; end > 0 && found < most;) {
    const length = Math.min(wanted, end)
    const part = format.back(await readAt(file, end - length, length), most - found, length === end)
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
  let rest: Buffer = NOTHING
  let offset = 0
  let found = 0
  for await (const bytes of bytesFrom(file, 0, chunk)) {
    const joined = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const part = format.skip(joined, most - found)
    offset += part.consumed
    found += part.found
    if (found === most) break
    rest = joined.subarray(part.consumed)
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

/** The lines of one file; true when the window is over. */
async function* linesOf({file, offset}: Part, lines: WholeLines, reading: Reading): AsyncGenerator<WholePart, boolean> {
  const {format, window, chunk} = reading
  const wanted = wantedBytes(reading.wanted, format.form)
  let rest: Buffer = NOTHING
  for await (const bytes of bytesFrom(file, offset, chunk)) {
    const joined = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    lines.begin(format.mayGrow && window.stamped ? Buffer.allocUnsafe(2 * joined.length) : joined)
    const {consumed, isOver} = format.decode(joined, window, lines, wanted)
    const whole = lines.lines()
    if (whole.length > 0) yield {bytes: whole, last: lines.last()}
    if (isOver) return true
    rest = joined.subarray(consumed)
    if (rest.length > LONGEST_ENTRY_BYTES) throw new LogFileDoubt('it has an entry too long')
  }
  if (rest.length > 0) throw new LogFileDoubt('its last entry is cut')
  return false
}

/**
 * The lines of a log that lies in files, oldest first, as the engine gives them out. Throws `LogFileDoubt` where it may give out another
 * thing, `LogFileCut` for what is gone.
 */
export async function* readEntries(files: readonly LogFile[], reading: Reading): AsyncGenerator<WholePart> {
  const lines = new WholeLines(!reading.tty)
  for (const part of await partsOf(files, reading)) if (yield* linesOf(part, lines, reading)) break
  const open = lines.rest()
  if (open.length > 0) yield {bytes: open, last: null}
}
