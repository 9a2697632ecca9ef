import {entityCode, hexNumber} from './escape-codes.js'
import type {ByteLayer, PlacedBytes} from './byte-layer.js'

const [PLAIN, BACKSLASH, QUOTE, PERCENT, AMPERSAND, SEMICOLON] = [0, 1, 2, 3, 4, 5] as const
const KINDS = new Uint8Array(256)
for (const [mark, kind] of [
  ['\\', BACKSLASH],
  ['"', QUOTE],
  ["'", QUOTE],
  ['%', PERCENT],
  ['&', AMPERSAND],
  [';', SEMICOLON],
] as const)
  KINDS[mark.charCodeAt(0)] = kind

const [BACKSLASH_SIGN, PERCENT_SIGN, AMPERSAND_SIGN, SMALL_U, SMALL_X] = [0x5c, 0x25, 0x26, 0x75, 0x78]
/** After a backslash. */
const CONTROLS = new Uint8Array(256)
for (const [letter, control] of [
  ['n', 10],
  ['r', 13],
  ['t', 9],
] as const)
  CONTROLS[letter.charCodeAt(0)] = control

const LONGEST_ENTITY = 10
/** Before any place in a layer. */
const NOWHERE = -1000

/**
 * Writes bytes one by one, and replaces an escape by what it says as soon as it is complete, so that what is escaped twice or in two ways
 * is read in the same pass: `%2541`, `&amp;lt;`, `\\\\u0026`, `%5Cu0026`.
 */
class Unquoter {
  readonly #out: PlacedBytes
  #length = 0
  /** Where the last `\u` or `\x` stands; of other escapes the first mark is looked for where it would be. */
  #codeAt = NOWHERE
  #codeDigits = 0
  /** Until here an escape of hexadecimal digits may be completed. */
  #hexUntil = NOWHERE
  /** The last byte is a backslash. */
  #isSlashed = false
  /** A backslash stands before the mark of an escape, and is left out in the end. */
  #isStray = false

  constructor(out: PlacedBytes) {
    this.#out = out
  }

  /** Whether the next byte, if it is no mark, is only written. */
  get isPlain(): boolean {
    return !this.#isSlashed && this.#length >= this.#hexUntil
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#length
  }

  /** Copies what stands from `from` up to the next mark; returns where that is. */
  copyPlain({bytes, length}: ByteLayer, from: number): number {
    const {bytes: said, starts, ends} = this.#out
    let [at, to] = [from, this.#length]
    for (; at < length; at += 1, to += 1) {
      const code = bytes[at] ?? 0
      if (KINDS[code] !== PLAIN) break
      said[to] = code
      starts[to] = at
      ends[to] = at + 1
    }
    this.#length = to
    return at
  }

  put(code: number, start: number, end: number): void {
    const kind = KINDS[code] ?? PLAIN
    if (this.#isSlashed) this.#afterSlash(kind, code, start, end)
    else if (kind === PLAIN) {
      this.#write(code, start, end)
      if (this.#length <= this.#hexUntil) this.#complete(end)
    } else this.#putMark(kind, code, start, end)
  }

  /** Returns all places where, near its end, an escape may have begun. */
  finish(): readonly number[] {
    const {bytes} = this.#out
    const length = this.#length
    if (this.#isStray || this.#isSlashed) return this.#withoutSlashes()
    const places = [this.#codeAt]
    for (let at = length - LONGEST_ENTITY; at < length; at += 1)
      if (bytes[at] === PERCENT_SIGN || bytes[at] === AMPERSAND_SIGN) places.push(at)
    return places.filter((at) => at >= length - LONGEST_ENTITY && at >= 0)
  }

  /** Leaves out those that stand before the mark of an escape. */
  #withoutSlashes(): readonly number[] {
    const {bytes, starts, ends} = this.#out
    const length = this.#length
    let to = bytes.indexOf(BACKSLASH_SIGN)
    for (let at = to; at < length; at += 1) {
      const code = bytes[at] ?? 0
      bytes[to] = code
      starts[to] = starts[at] ?? 0
      ends[to] = ends[at] ?? 0
      if (code !== BACKSLASH_SIGN) to += 1
    }
    this.#length = to
    this.#isStray = this.#isSlashed = false
    this.#codeAt = NOWHERE
    return this.finish()
  }

  #write(code: number, start: number, end: number): void {
    const out = this.#out
    const at = this.#length
    out.bytes[at] = code
    out.starts[at] = start
    out.ends[at] = end
    this.#length = at + 1
  }

  /** Quotes are left out: they are doubled (SQL, CSV), or left and entered again (shell). */
  #putMark(kind: number, code: number, start: number, end: number): void {
    if (kind === QUOTE || (kind === SEMICOLON && this.#readEntity(end))) return
    this.#write(code, start, end)
    if (kind === BACKSLASH) this.#isSlashed = true
    else if (kind === PERCENT) this.#hexUntil = Math.max(this.#hexUntil, this.#length + 2)
  }

  /** However many backslashes there were: each level of JSON or of a shell doubles them. */
  #afterSlash(kind: number, code: number, start: number, end: number): void {
    if (kind === BACKSLASH) return
    this.#isSlashed = false
    if (kind === PERCENT || kind === AMPERSAND) {
      // What follows the backslash is what this begins, if it is an escape.
      this.#isStray = true
      this.put(code, start, end)
      return
    }
    this.#length -= 1
    this.#putEscaped(code, this.#out.starts[this.#length] ?? 0, end)
  }

  #putEscaped(code: number, start: number, end: number): void {
    const control = CONTROLS[code] ?? 0
    if (control !== 0) this.#write(control, start, end)
    else if (code === SMALL_U || code === SMALL_X) {
      this.#codeAt = this.#length
      this.#codeDigits = code === SMALL_U ? 4 : 2
      this.#hexUntil = Math.max(this.#hexUntil, this.#codeAt + this.#codeDigits + 1)
      this.#write(code, start, end)
    } else this.put(code, start, end)
  }

  /** What is an escape now that its last digit was written. */
  #complete(end: number): void {
    const {bytes} = this.#out
    const length = this.#length
    if (length >= 3 && bytes[length - 3] === PERCENT_SIGN) {
      const byte = hexNumber(bytes, length - 2, length)
      if (byte >= 0) this.#replace(length - 3, byte, end, true)
    } else if (length === this.#codeAt + 1 + this.#codeDigits) {
      const code = hexNumber(bytes, this.#codeAt + 1, length)
      if (code >= 0) this.#replace(this.#codeAt, code, end, this.#codeDigits === 2)
    }
  }

  #readEntity(end: number): boolean {
    const {bytes} = this.#out
    const length = this.#length
    const least = Math.max(0, length - LONGEST_ENTITY)
    let from = length - 1
    while (from >= least && bytes[from] !== AMPERSAND_SIGN) from -= 1
    if (from < least) return false
    const code = entityCode(String.fromCharCode(...bytes.subarray(from + 1, length)))
    if (code >= 0) this.#replace(from, code, end, false)
    return code >= 0
  }

  #replace(at: number, code: number, end: number, isByte: boolean): void {
    const {bytes, starts} = this.#out
    const start = starts[at] ?? 0
    this.#length = at
    this.#isSlashed = at > 0 && bytes[at - 1] === BACKSLASH_SIGN
    if (this.#codeAt >= at) this.#codeAt = NOWHERE
    if (isByte || code < 0x80) this.put(code, start, end)
    else this.#writeCodePoint(code, start, end)
  }

  /** Two halves of a pair are one, as JSON writes them. */
  #writeCodePoint(code: number, start: number, end: number): void {
    const {bytes, starts} = this.#out
    const length = this.#length
    const isLow = code >= 0xdc00 && code <= 0xdfff
    const isPair = isLow && length >= 3 && bytes[length - 3] === 0xed && (bytes[length - 2] ?? 0) >= 0xa0
    if (!isPair) {
      this.#writeBytes(code, start, end)
      return
    }
    const high = 0xd000 | (((bytes[length - 2] ?? 0) & 0x3f) << 6) | ((bytes[length - 1] ?? 0) & 0x3f)
    this.#length = length - 3
    this.#writeBytes(0x1_00_00 + ((high & 0x3ff) << 10) + (code & 0x3ff), starts[length - 3] ?? start, end)
  }

  /** In UTF-8. */
  #writeBytes(code: number, start: number, end: number): void {
    const more = code < 0x800 ? 1 : code < 0x1_00_00 ? 2 : 3
    const lead = [0, 0xc0, 0xe0, 0xf0][more] ?? 0
    this.#write(lead | (code >> (6 * more)), start, end)
    for (let left = more - 1; left >= 0; left -= 1) this.#write(0x80 | ((code >> (6 * left)) & 0x3f), start, end)
    this.#isSlashed = false
  }
}

/** No mark of quoting is in it: it says what it says. */
export function isUnquoted({bytes, length}: ByteLayer): boolean {
  let at = 0
  while (at < length && KINDS[bytes[at] ?? 0] === PLAIN) at += 1
  return at === length
}

export interface Unquoted {
  readonly layer: ByteLayer
  /** All places where, near its end, an escape may have begun. */
  readonly unfinished: readonly number[]
}

/**
 * All quoting taken off, whichever it is, however often: percent-encoding, HTML entities, backslashes of JSON, C, Markdown and the shell,
 * quotes. Linear. There must be room for as many bytes as there are.
 */
export function unquote(source: ByteLayer, room: PlacedBytes): Unquoted {
  const {bytes, length} = source
  const unquoter = new Unquoter(room)
  for (let at = 0; at < length;) {
    if (unquoter.isPlain) at = unquoter.copyPlain(source, at)
    if (at < length) unquoter.put(bytes[at] ?? 0, at, at + 1)
    at += 1
  }
  const [unfinished, said] = [unquoter.finish(), unquoter.length]
  const layer = {
    bytes: room.bytes,
    length: said,
    openFrom: 0,
    startOf: (at: number) => source.startOf(at < said ? (room.starts[at] ?? 0) : length),
    endOf: (at: number) => source.endOf((room.ends[at] ?? 0) - 1),
  }
  return {layer, unfinished}
}
