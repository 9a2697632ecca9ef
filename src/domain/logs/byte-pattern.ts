/** What a pattern of bytes is made of. */
export type BytePattern =
  /** By byte: 1 for those that are meant. */
  | {readonly kind: 'byte'; readonly members: Uint8Array}
  | {readonly kind: 'sequence' | 'choice'; readonly parts: readonly BytePattern[]}
  | {readonly kind: 'repeat'; readonly part: BytePattern; readonly least: number; readonly most: number}

const REPEATS: Readonly<Record<string, readonly [number, number]>> = {
  '?': [0, 1],
  '*': [0, Infinity],
  '+': [1, Infinity],
}

function membersOf(isIn: (byte: number) => boolean): Uint8Array {
  const members = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte += 1) if (isIn(byte)) members[byte] = 1
  return members
}

/** No byte of the upper half is a letter, a digit or a space: it may be any part of a character. */
function shaped(shape: RegExp): Uint8Array {
  return membersOf((byte) => byte < 0x80 && shape.test(String.fromCharCode(byte)))
}

function negated(members: Uint8Array): Uint8Array {
  return membersOf((byte) => members[byte] === 0)
}

const [DIGITS, WORDS, SPACES] = [shaped(/\d/), shaped(/\w/), shaped(/\s/)]
const CLASSES: Readonly<Record<string, Uint8Array>> = {
  ...{d: DIGITS, w: WORDS, s: SPACES},
  ...{D: negated(DIGITS), W: negated(WORDS), S: negated(SPACES)},
}

function otherCase(byte: number): number {
  const isLetter = byte < 0x80 && /[a-z]/i.test(String.fromCharCode(byte))
  return isLetter ? byte ^ 0x20 : byte
}

const ones = new Map<number, Uint8Array>()

function one(byte: number, ignoreCase: boolean): Uint8Array {
  const key = ignoreCase ? -1 - byte : byte
  const known = ones.get(key)
  if (known !== undefined) return known
  const members = new Uint8Array(256)
  members[byte] = 1
  if (ignoreCase) members[otherCase(byte)] = 1
  ones.set(key, members)
  return members
}

/** Reads the part of JavaScript's expressions that `candidate-pattern.ts` writes; throws for any other. */
class PatternReader {
  readonly #source: string
  readonly #ignoreCase: boolean
  #at = 0

  constructor({source, ignoreCase}: RegExp) {
    this.#source = source
    this.#ignoreCase = ignoreCase
  }

  whole(): BytePattern {
    const pattern = this.#choice()
    if (this.#at < this.#source.length) throw this.#unknown()
    return pattern
  }

  #unknown(): Error {
    return new Error(`no pattern of bytes at ${String(this.#at)}: ${this.#source}`)
  }

  #skips(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #choice(): BytePattern {
    const parts = [this.#sequence()]
    while (this.#skips('|')) parts.push(this.#sequence())
    return {kind: 'choice', parts}
  }

  #sequence(): BytePattern {
    const parts: BytePattern[] = []
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#at))) {
      parts.push(this.#repeated(this.#part()))
    }
    return {kind: 'sequence', parts}
  }

  #part(): BytePattern {
    if (this.#skips('(?:')) {
      const inner = this.#choice()
      if (!this.#skips(')')) throw this.#unknown()
      return inner
    }
    if (this.#skips('[')) return {kind: 'byte', members: this.#members()}
    if (/[()^$.*+?{]/.test(this.#source.charAt(this.#at))) throw this.#unknown()
    return this.#character()
  }

  #repeated(part: BytePattern): BytePattern {
    const [text, least = '', comma, most = ''] =
      /^(?:[?*+]|\{(\d{1,4})(?:(,)(\d{0,4}))?\})/.exec(this.#source.slice(this.#at)) ?? []
    if (text === undefined) return part
    this.#at += text.length
    const [from, to] = REPEATS[text] ?? [Number(least), comma === undefined ? Number(least) : Number(most || Infinity)]
    return {kind: 'repeat', part, least: from, most: to}
  }

  /** A character beyond ASCII is its bytes in UTF-8. */
  #character(): BytePattern {
    const members = this.#escaped()
    if (members !== null) return {kind: 'byte', members}
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0)
    this.#at += character.length
    if (character < '\x80') return {kind: 'byte', members: one(character.charCodeAt(0), this.#ignoreCase)}
    const bytes = [...new TextEncoder().encode(character)]
    return {
      kind: 'sequence',
      parts: bytes.map((byte) => ({kind: 'byte', members: one(byte, this.#ignoreCase)})),
    }
  }

  #escaped(): Uint8Array | null {
    const [text, hexadecimal, letter = ''] = /^\\(?:x([\da-f]{2})|([^x]))/i.exec(this.#source.slice(this.#at)) ?? []
    if (text === undefined) return null
    this.#at += text.length
    if (hexadecimal !== undefined) return one(Number.parseInt(hexadecimal, 16), this.#ignoreCase)
    const members = CLASSES[letter]
    if (members === undefined && /[a-z\d]/i.test(letter)) throw this.#unknown()
    return members ?? one(letter.charCodeAt(0), this.#ignoreCase)
  }

  #members(): Uint8Array {
    const isNegated = this.#skips('^')
    const parts: Uint8Array[] = []
    while (!this.#skips(']')) parts.push(this.#range() ?? this.#escaped() ?? one(this.#plain(), this.#ignoreCase))
    const isIn = (byte: number): boolean => parts.some((members) => members[byte] === 1)
    const members = membersOf((byte) => isIn(byte) || (this.#ignoreCase && isIn(otherCase(byte))))
    return isNegated ? negated(members) : members
  }

  #range(): Uint8Array | null {
    const [text, first = '', last = ''] = /^([\da-z])-([\da-z])/i.exec(this.#source.slice(this.#at)) ?? []
    if (text === undefined) return null
    this.#at += text.length
    return membersOf((byte) => byte >= first.charCodeAt(0) && byte <= last.charCodeAt(0))
  }

  #plain(): number {
    const code = this.#source.charCodeAt(this.#at)
    if (!(code < 0x80)) throw this.#unknown()
    this.#at += 1
    return code
  }
}

/** The same as an expression without assertions, for bytes: characters beyond ASCII stand for their UTF-8. */
export function bytePattern(pattern: RegExp): BytePattern {
  return new PatternReader(pattern).whole()
}
