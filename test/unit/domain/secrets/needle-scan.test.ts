import {Buffer} from 'node:buffer'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {textLayer} from '../../../../src/domain/secrets/byte-layer.js'
import {needleScan, type Span} from '../../../../src/domain/secrets/needle-scan.js'
import type {Needle} from '../../../../src/domain/secrets/needles.js'

/** Few letters, so that needles overlap, repeat and begin alike; both cases and several blanks. */
const letters = fc.constantFrom(...Array.from('abAB \t+\n-ç'))
const words = fc.string({minLength: 3, maxLength: 8, unit: letters})
const needles = fc
  .record({word: words, isExact: fc.boolean(), shown: fc.nat({max: 2}), more: fc.nat({max: 1}), isLed: fc.boolean()})
  .map(({word, isExact, shown, more, isLed}): Needle => {
    const bytes = Buffer.from(word)
    return {bytes, isExact, shown, more, lead: isLed ? 0x61 : -1, spread: 0}
  })

function folded(bytes: Uint8Array, isExact: boolean): string {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\t-\r+]/g, ' ')
  return isExact ? text : text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** All that is hidden, looked for at every byte. */
function slowly(text: Buffer, all: readonly Needle[]): readonly boolean[] {
  const isHidden = Array.from(text, () => false)
  for (const {bytes, isExact, shown, more, lead} of all) {
    const wanted = folded(bytes, isExact)
    for (let from = 0; from + bytes.length <= text.length; from += 1) {
      if (folded(text.subarray(from, from + bytes.length), isExact) !== wanted) continue
      const isLed = lead !== -1 && from > 0 && folded(text.subarray(from - 1, from), false) === 'a'
      isHidden.fill(true, isLed ? from - 1 : from + shown, from + bytes.length + more)
    }
  }
  return isHidden
}

function hiddenBy(text: Buffer, spans: readonly Span[]): readonly boolean[] {
  const isHidden = Array.from(text, () => false)
  for (const {start, end} of spans) isHidden.fill(true, start, end)
  return isHidden
}

describe('a scan that looks at few bytes', () => {
  it('finds what looking at every byte finds', () => {
    const texts = fc.array(fc.oneof(words, letters), {maxLength: 30})
    fc.assert(
      fc.property(fc.array(needles, {minLength: 1, maxLength: 5}), texts, fc.array(fc.nat()), (all, parts, picks) => {
        const known = picks.map((pick) => Buffer.from(all[pick % all.length]?.bytes ?? []).toString())
        const text = Buffer.from([...parts, ...known, ...parts].join(''))
        const found: Span[] = []
        needleScan(all).find(textLayer(text), found)
        expect(hiddenBy(text, found)).toEqual(slowly(text, all))
      }),
      {numRuns: 500},
    )
  })

  it('finds a needle in its last place, and one as long as the text', () => {
    const scan = needleScan([{bytes: Buffer.from('needle'), isExact: false, shown: 0, more: 0, lead: -1, spread: 0}])
    for (const before of ['', 'x', 'needl', 'hay hay hay ']) {
      const found: Span[] = []
      scan.find(textLayer(Buffer.from(`${before}NEEDLE`)), found)
      expect(found).toEqual([{start: before.length, end: before.length + 6}])
    }
  })
})
