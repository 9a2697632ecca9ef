import {Buffer} from 'node:buffer'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {textLayer} from '../../../../src/domain/secrets/byte-layer.js'
import {decodedRuns} from '../../../../src/domain/secrets/decoded-runs.js'

const SHORTEST = 6

interface Kind {
  readonly digit: RegExp
  readonly skipped: RegExp
  readonly bits: number
  readonly valueOf: (digit: string) => number
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const KINDS: readonly Kind[] = [
  {
    digit: /[\w+/-]/,
    skipped: /[\r\n]/,
    bits: 6,
    valueOf: (digit) => BASE64.indexOf(digit.replace('-', '+').replace('_', '/')),
  },
  {digit: /[0-9a-f]/i, skipped: /[\r\n\t +:-]/, bits: 4, valueOf: (digit) => Number.parseInt(digit, 16)},
]

/** Where digits stand in a row; nothing but what is skipped is between them. */
function runsOf(text: string, {digit, skipped, bits}: Kind): readonly (readonly number[])[] {
  const runs: number[][] = [[]]
  for (const [at, character] of Array.from(text).entries()) {
    if (digit.test(character)) runs.at(-1)?.push(at)
    else if (!skipped.test(character)) runs.push([])
  }
  const isLong = (run: readonly number[], index: number): boolean =>
    run.length * bits >= (index === runs.length - 1 ? 16 : SHORTEST * 8)
  return runs.filter(isLong)
}

interface Byte {
  readonly byte: number
  readonly start: number
  readonly end: number
}

/** Bit by bit. */
function bytesOf(text: string, run: readonly number[], {bits, valueOf}: Kind): readonly Byte[] {
  const all = run.flatMap((at) =>
    Array.from(valueOf(text.charAt(at)).toString(2).padStart(bits, '0'), (bit) => ({bit, at})),
  )
  return Array.from({length: Math.floor(all.length / 8)}, (_, index) => {
    const eight = all.slice(index * 8, index * 8 + 8)
    return {
      byte: Number.parseInt(eight.map(({bit}) => bit).join(''), 2),
      start: eight[0]?.at ?? -1,
      end: (eight[7]?.at ?? -1) + 1,
    }
  })
}

function slowly(text: string): readonly (readonly Byte[])[] {
  return KINDS.flatMap((kind) => {
    const runs = runsOf(text, kind)
    if (runs.length === 0) return []
    const offsets = Array.from({length: kind.bits === 6 ? 4 : 2}, (_, offset) => offset)
    return offsets.map((offset) =>
      runs.flatMap((run, index) => {
        const place = run[0] ?? -1
        const between = index === 0 ? [] : [{byte: 0, start: place, end: place}]
        return [...between, ...bytesOf(text, run.slice(offset), kind)]
      }),
    )
  })
}

function quickly(text: string): readonly (readonly Byte[])[] {
  const source = textLayer(Buffer.from(text, 'latin1'))
  const room = {
    digits: (capacity: number) => ({values: new Uint8Array(capacity), places: new Int32Array(capacity)}),
    bytes: (capacity: number) => new Uint8Array(capacity),
  }
  return Array.from(decodedRuns(source, room, SHORTEST), ({bytes, length, startOf, endOf}) =>
    Array.from({length}, (_, at) => ({byte: bytes[at] ?? -1, start: startOf(at), end: endOf(at)})),
  )
}

/** What lies between two runs begins with digits that say nothing, or with the next. */
function withoutBreaks(layers: readonly (readonly Byte[])[]): readonly (readonly Byte[])[] {
  return layers.map((layer) => layer.map((one) => (one.byte === 0 ? {...one, start: 0} : one)))
}

describe('what is decoded with few looks', () => {
  it('is what bits in a row say at each offset, and lies where its digits lie', () => {
    const pieces = fc.oneof(
      fc.string({maxLength: 20, unit: fc.constantFrom(...Array.from('09afAF'))}),
      fc.string({maxLength: 20, unit: fc.constantFrom(...Array.from('azAZ09+/-_'))}),
      fc.constantFrom('\n', '\r\n', ' ', ':', '-', '.', '=', '==', '"', '\u00E9', '. . . . . . . '),
    )
    fc.assert(
      fc.property(fc.array(pieces, {maxLength: 12}), (parts) => {
        const text = parts.join('')
        expect(withoutBreaks(quickly(text))).toEqual(withoutBreaks(slowly(text)))
      }),
      {numRuns: 500},
    )
  })

  it('is nothing where no run is long enough', () => {
    expect(quickly('a word, and 1 or 2 others; none 12 34 56 . of them says a thing .')).toEqual([])
  })
})
