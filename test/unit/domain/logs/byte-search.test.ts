import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {byteSearch, reachesBeyond} from '../../../../src/domain/logs/byte-search.js'

/** By the definition: the end of the shortest beginning that has a match in it, line breaks around. */
function naive(pattern: RegExp, bytes: Buffer, from: number, end: number): number {
  const once = new RegExp(pattern.source, pattern.flags.replace('g', ''))
  for (let at = from; at < end; at += 1) {
    if (once.test(`\n${bytes.toString('latin1', from, at + 1)}`)) return at
  }
  return from < end && once.test(`\n${bytes.toString('latin1', from, end)}\n`) ? end - 1 : -1
}

const atom = fc.constantFrom('a', 'B', '5', '"', '\\d', '\\W', '\\s', '[ab]', '[^a"]', '[0-5]', '\\.', '\\xb5', '<')
const source = fc
  .letrec<{readonly any: string}>((tie) => ({
    any: fc.oneof(
      {depthSize: 'small'},
      atom,
      fc.tuple(atom, tie('any')).map((parts) => parts.join('')),
      fc.tuple(tie('any'), tie('any')).map(([one, other]) => `(?:${one}|${other})`),
      fc
        .tuple(tie('any'), fc.constantFrom('?', '*', '+', '{2}', '{1,3}', '{2,}'))
        .map(([one, times]) => `(?:${one})${times}`),
    ),
  }))
  .any.filter((text) => !new RegExp(`^(?:${text})$`).test(''))

describe('byteSearch', () => {
  it('finds what the expression finds', () => {
    const bytes = fc
      .array(fc.constantFrom('a', 'A', 'b', 'B', '0', '5', '"', ' ', '.', '<', '\n', '\r', '\xb5', '\xe9'), {
        maxLength: 12,
      })
      .map((letters) => Buffer.from(letters.join(''), 'latin1'))
    fc.assert(
      fc.property(source, fc.constantFrom('', 'i', 'gi'), bytes, fc.nat(4), (text, flags, all, from) => {
        const pattern = new RegExp(text, flags)
        expect(byteSearch(pattern)(all, from, all.length)).toBe(naive(pattern, all, from, all.length))
      }),
      {numRuns: 1000},
    )
  })

  it('finds the same in what is long, wherever it lies in memory', () => {
    const letters = fc.constantFrom('a', 'b', '5', '"', ' ', '<', '\n', '-', '-', '-', '-', '-', '-', '-', '\xe9')
    // Nothing repeated within what is repeated: the expression itself would take for ever.
    const part = fc.tuple(atom, fc.constantFrom('', '', '', '?', '*', '+', '{2}')).map((parts) => parts.join(''))
    const sequence = fc.tuple(atom, fc.array(part, {maxLength: 4})).map(([head, tail]) => head + tail.join(''))
    const longSource = fc.array(sequence, {minLength: 1, maxLength: 3}).map((choices) => choices.join('|'))
    const bytes = fc.array(letters, {maxLength: 60}).map((all) => Buffer.from(all.join(''), 'latin1'))
    fc.assert(
      fc.property(longSource, bytes, fc.nat(3), fc.nat(3), (text, all, from, left) => {
        const pattern = new RegExp(text)
        for (const end of [all.length, all.length - left])
          expect(byteSearch(pattern, {leastSieved: 0})(all, from, end)).toBe(naive(pattern, all, from, end))
        const moved = Buffer.concat([Buffer.alloc(1), all]).subarray(1)
        expect(byteSearch(pattern, {leastSieved: 0})(moved, from, all.length)).toBe(
          naive(pattern, all, from, all.length),
        )
      }),
      {numRuns: 1000},
    )
  })

  it('finds in a JSON string whatever it finds in the text that stands there, spelled as the engine does', () => {
    const letters = fc.constantFrom(
      'a',
      'A',
      'b',
      '5',
      '"',
      '\\',
      ' ',
      '.',
      '<',
      '\r',
      '\t',
      '\x1b',
      '\u2028',
      'é',
      '/',
    )
    const text = fc.array(letters, {maxLength: 12}).map((all) => `{${all.join('')}}`)
    const spelled = (all: string): string =>
      JSON.stringify(all).replace(/[<>&]|\u2028/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    fc.assert(
      fc.property(source, fc.constantFrom('', 'i'), text, (expression, flags, all) => {
        const pattern = new RegExp(expression, flags)
        const bytes = Buffer.from(all)
        const isFound = byteSearch(pattern)(bytes, 0, bytes.length) !== -1
        const inJson = Buffer.from(`{"log":${spelled(`${all}\n`)},"stream":"stdout"}`)
        const beyond = reachesBeyond(pattern, {first: 0x7b, last: 0x7d})
        expect(!isFound || beyond || byteSearch(pattern, {form: 'json'})(inJson, 0, inJson.length) !== -1).toBe(true)
        const within = Buffer.concat([Buffer.from('x5e"'), bytes, Buffer.from('a "')])
        expect(!isFound || beyond || byteSearch(pattern)(within, 0, within.length) !== -1).toBe(true)
      }),
      {numRuns: 1000},
    )
  })

  it('knows which matches a line break around the line may be part of', () => {
    const line = {first: 0x7b, last: 0x7d}
    for (const pattern of [/\W\{/, /\}\s/, /[^a]/, /(?:a|\}\W)/]) expect(reachesBeyond(pattern, line)).toBe(true)
    for (const pattern of [/err/, /\We\d/, /\d\W/, /"level"\s*:\s*5/]) expect(reachesBeyond(pattern, line)).toBe(false)
  })

  it('takes a letter beyond ASCII for its bytes', () => {
    const bytes = Buffer.from('a "nível": 1')
    expect(byteSearch(/nível"/)(bytes, 0, bytes.length)).toBe(bytes.indexOf('"', 4))
  })

  it.each([/a(?=b)/, /\ba/, /^a/, /a$/, /(a)/, /a.b/])('refuses what it does not read: %s', (pattern) => {
    expect(() => byteSearch(pattern)).toThrow(/no pattern of bytes/)
  })

  it('begins another table where one becomes too large, and finds the same', () => {
    const pattern = /a[ab]{13}c/
    const letters = Array.from({length: 60_000}, (_, at) => ((at * 2_654_435_761) >>> 13) % 2 === 0)
    const bytes = Buffer.from(`${letters.map((isA) => (isA ? 'a' : 'b')).join('')}cab`)
    const at = bytes.indexOf('c')
    expect(byteSearch(pattern)(bytes, 0, bytes.length)).toBe(pattern.test(bytes.toString('latin1')) ? at : -1)
    expect(byteSearch(pattern)(bytes, 0, at)).toBe(-1)
  })
})
