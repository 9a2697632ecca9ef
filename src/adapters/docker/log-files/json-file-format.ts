import {isUtf8} from 'node:buffer'
import type {StreamIndex, WholeLines} from '../whole-lines.js'
import {type Decoded, LogFileDoubt, type LogFormat} from './log-format.js'
import {copyStamp, type LogWindow, placeIn, STAMP_BYTES} from './log-window.js'
import type {Wanted} from './wanted-bytes.js'

const [NEWLINE, QUOTE, BACKSLASH, OPENING_BRACE, CLOSING_BRACE] = [0x0a, 0x22, 0x5c, 0x7b, 0x7d]
const LETTER_N = 0x6e
/** Stands for what is passed over. */
const PASSED_OVER = Buffer.from('{}\n')
const LETTER_U = 0x75
/** Those before it are escaped in a JSON string. */
const FIRST_PRINTED = 0x20

const HEAD = Buffer.from('{"log":"')
/** By stream: what stands between the text and the stamp. */
const MIDDLES = [Buffer.from('","stream":"stdout","time":"'), Buffer.from('","stream":"stderr","time":"')] as const
const MIDDLE_BYTES = MIDDLES[0].length
const FULL_STAMP = STAMP_BYTES + 1

/** What a backslash and a letter stand for; 0: nothing. */
const ESCAPES = new Uint8Array(256)
for (const [letter, byte] of Object.entries({'"': 34, '\\': 92, '/': 47, b: 8, f: 12, n: 10, r: 13, t: 9})) {
  ESCAPES[letter.charCodeAt(0)] = byte
}

/**
 * Whether the text is a JSON object on a line of its own, as far as its ends tell. Another head within it is what is left when the machine
 * stopped as the entry was written: the engine goes no further.
 */
function standsAlone(bytes: Buffer, start: number, textEnd: number): boolean {
  if (bytes[start + HEAD.length] !== OPENING_BRACE || bytes[textEnd - 3] !== CLOSING_BRACE) return false
  if (bytes[textEnd - 2] !== BACKSLASH || bytes[textEnd - 1] !== LETTER_N) return false
  const next = bytes.indexOf(HEAD, start + 1)
  return next === -1 || next > textEnd
}

function isAt(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let index = 0; index < text.length; index += 1) if (bytes[at + index] !== text[index]) return false
  return true
}

/** Of the text of one `\uXXXX` from its letter on; -1 for another letter, and for one that is no character alone. */
function fourDigits(bytes: Buffer, at: number, end: number): number {
  if (bytes[at] !== LETTER_U) return -1
  const digits = bytes.toString('latin1', at + 1, Math.min(at + 5, end))
  const code = /^[\da-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : -1
  return code >= 0xd800 && code <= 0xdfff ? -1 : code
}

/** Entries of one chunk after another. Each is `{"log":"…\n","stream":"stdout","time":"…"}`, perhaps with `attrs`. */
class JsonFileDecoder {
  /** An entry as it is given out: stamp, space, text. */
  #entry = Buffer.allocUnsafe(64 * 1024)
  #stream: StreamIndex = 0

  decode(bytes: Buffer, window: LogWindow, lines: WholeLines, wanted: Wanted | null): Decoded {
    const consumed = whole(bytes)
    // The engine would put other characters in their place.
    if (!isUtf8(bytes.subarray(0, consumed))) throw new LogFileDoubt('it is not UTF-8')
    wanted?.begin(bytes, consumed)
    for (let at = 0; at < consumed;) {
      const end = bytes.indexOf(NEWLINE, at)
      if (end - at + FULL_STAMP > this.#entry.length) this.#entry = Buffer.allocUnsafe(2 * (end - at + FULL_STAMP))
      const textEnd = this.#textEnd(bytes, at, end)
      const isPassed = wanted !== null && this.#mayPass(bytes, at, textEnd, lines) && !wanted.isWithin(at, end)
      const last = isPassed ? this.#passedOver() : this.#read(bytes, at, {end, textEnd})
      const place = placeIn(window, this.#entry)
      if (place === 'after') return {consumed, isOver: true}
      if (place === 'within') this.#give(lines, last, {stamped: window.stamped, isPassed})
      at = end + 1
    }
    return {consumed, isOver: false}
  }

  #mayPass(bytes: Buffer, start: number, textEnd: number, lines: WholeLines): boolean {
    return textEnd !== -1 && !lines.isOpen(this.#stream) && standsAlone(bytes, start, textEnd)
  }

  #give(lines: WholeLines, end: number, how: {readonly stamped: boolean; readonly isPassed: boolean}): void {
    const from = how.stamped && !lines.isOpen(this.#stream) ? 0 : FULL_STAMP
    if (how.isPassed) lines.passOver(this.#entry, from, end)
    else lines.take(this.#stream, this.#entry, from, end)
  }

  #read(bytes: Buffer, start: number, {end, textEnd}: {readonly end: number; readonly textEnd: number}): number {
    const usual = textEnd === -1 ? -1 : this.#text(bytes, start + HEAD.length, textEnd)
    return usual === -1 ? this.#unusual(bytes, start, end) : usual
  }

  /** As the engine writes nearly all of them: the end of the text. Its stream and stamp are noted; -1: read it in another way. */
  #textEnd(bytes: Buffer, start: number, end: number): number {
    if (bytes[end - 1] !== CLOSING_BRACE || bytes[end - 2] !== QUOTE || !isAt(bytes, start, HEAD)) return -1
    let stampAt = end - 2
    while (stampAt > start && bytes[stampAt - 1] !== QUOTE) stampAt -= 1
    const textEnd = stampAt - MIDDLE_BYTES
    const stream = MIDDLES.findIndex((middle) => isAt(bytes, textEnd, middle))
    if (stream === -1 || textEnd < start + HEAD.length) return -1
    this.#stream = stream === 0 ? 0 : 1
    return copyStamp(bytes, stampAt, end - 2, this.#entry) ? textEnd : -1
  }

  #passedOver(): number {
    return FULL_STAMP + PASSED_OVER.copy(this.#entry, FULL_STAMP)
  }

  /** The loop that a log's time is spent in: it stays with one path for most bytes. */
  #text(bytes: Buffer, start: number, end: number): number {
    const entry = this.#entry
    let to = FULL_STAMP
    for (let at = start; at < end; at += 1) {
      let byte = bytes[at] ?? 0
      if (byte === BACKSLASH) {
        at += 1
        byte = ESCAPES[bytes[at] ?? 0] ?? 0
        if (byte === 0) {
          const code = fourDigits(bytes, at, end)
          if (code === -1) return -1
          to += entry.write(String.fromCharCode(code), to, 'utf8')
          at += 4
          continue
        }
      } else if (byte < FIRST_PRINTED || byte === QUOTE) return -1
      entry[to] = byte
      to += 1
    }
    return to
  }

  #unusual(bytes: Buffer, start: number, end: number): number {
    const text = bytes.toString('utf8', start, end)
    const entry = parsed(text)
    const stamp = Buffer.from(entry.time)
    if (!copyStamp(stamp, 0, stamp.length, this.#entry)) throw new LogFileDoubt('it has an entry without a time')
    this.#stream = entry.stream === 'stderr' ? 1 : 0
    const log = Buffer.from(entry.log)
    if (log.length + FULL_STAMP > this.#entry.length) throw new LogFileDoubt('it has an entry too long')
    return FULL_STAMP + log.copy(this.#entry, FULL_STAMP)
  }
}

interface JsonFileEntry {
  readonly log: string
  readonly stream: 'stdout' | 'stderr'
  readonly time: string
}

/** Throws for whatever the engine may understand in another way, or not at all. */
function parsed(text: string): JsonFileEntry {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new LogFileDoubt('it has a line that is no JSON')
  }
  const {log = '', stream, time, ...others} = Object(value) as Readonly<Record<string, unknown>>
  const isKnown = Object.keys(others).every((key) => key === 'attrs')
  if (!isKnown || typeof log !== 'string' || typeof time !== 'string') throw new LogFileDoubt('it has unknown entries')
  if (stream !== 'stdout' && stream !== 'stderr') throw new LogFileDoubt('it has an entry of no stream')
  return {log, stream, time}
}

function whole(bytes: Buffer): number {
  return bytes.lastIndexOf(NEWLINE) + 1
}

function skip(bytes: Buffer, most: number): {readonly consumed: number; readonly found: number} {
  let consumed = 0
  let found = 0
  while (found < most) {
    const end = bytes.indexOf(NEWLINE, consumed)
    if (end === -1) break
    consumed = end + 1
    found += 1
  }
  return {consumed, found}
}

function back(bytes: Buffer, most: number, isWhole: boolean): {readonly start: number; readonly found: number} {
  if (bytes[bytes.length - 1] !== NEWLINE) throw new LogFileDoubt('its last entry is cut')
  let start = bytes.length
  let found = 0
  while (found < most && start > 0) {
    const newline = start === 1 ? -1 : bytes.lastIndexOf(NEWLINE, start - 2)
    if (newline === -1 && !isWhole) break
    start = newline + 1
    found += 1
  }
  return {start, found}
}

/** The engine's `json-file` driver: a JSON object a line. */
export function jsonFileFormat(): LogFormat {
  const decoder = new JsonFileDecoder()
  return {decode: (...read) => decoder.decode(...read), form: 'json', whole, skip, back, mayGrow: false}
}
