import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {shownDocument} from '../../../../src/domain/text/shown-document.js'
import {
  everyLineOf,
  LINE_BREAK,
  linesOf,
  visible,
  visibleLine,
  visibleLines,
} from '../../../../src/domain/text/visible.js'

const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115F\u1160\u3164\uFFA0\uE00A\u034F\u17B4\u17B5\u180B-\u180D\u180F\uFE00-\uFE0D\uFFFE\uFFFF]|[\uFE0E\uFE0F](?<!\p{Extended_Pictographic}[\uFE0E\uFE0F])(?!\u20E3)|[\u{E0100}-\u{E01EF}](?<!\p{Script=Han}[\u{E0100}-\u{E01EF}])/u
const foreign = fc.oneof(
  fc.string({unit: 'binary'}),
  fc.string({unit: fc.constantFrom('\u001B', '\n', '\r', '\t', 'é', '\u202E', 'a')}),
)

describe('foreign text', () => {
  it.each([
    ['plain, São Paulo — 🚗', 'plain, São Paulo — 🚗'],
    ['\u001B[2J\u001B[H✔ all well', String.raw`\x1b[2J\x1b[H✔ all well`],
    ['a\nb\r\tc\0\u009B', String.raw`a\nb\r\tc\x00\x9b`],
    ['abc\u202Etxt\u2066\u200B\u00AD', String.raw`abc\u202etxt\u2066\u200b\xad`],
    ['tag \u{E0041} half \uD800', String.raw`tag \u{e0041} half \ud800`],
    ['\u2028\u2029\u3164', String.raw`\u2028\u2029\u3164`],
    ['pay\u034Fpal\uFE0F\uFE00\u{E0100}', String.raw`pay\u034fpal\ufe0f\ufe00\u{e0100}`],
    ['\uFFFE\u17B4\u180B', String.raw`\ufffe\u17b4\u180b`],
    ['\u26A0\uFE0F 1\uFE0F\u20E3 \u845B\u{E0100}', '\u26A0\uFE0F 1\uFE0F\u20E3 \u845B\u{E0100}'],
    ['\u26A0\uFE0F\uFE0F', '\u26A0\uFE0F\\ufe0f'],
  ])('%j is seen as %j', (text, seen) => {
    expect(visible(text)).toBe(seen)
  })

  it('hides nothing, moves nothing, ends no line; what has nothing of that is as it was', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        expect(visible(text)).not.toMatch(HIDDEN)
        expect(visibleLine(text)).not.toMatch(HIDDEN)
        expect(visibleLines(text).replaceAll(/[\n\t]/g, '')).not.toMatch(HIDDEN)
        if (!HIDDEN.test(text)) expect([visible(text), visibleLines(text)]).toEqual([text, text])
      }),
    )
  })
})

describe('a document as people may see it', () => {
  it('has no text in which anything is hidden, neither values nor names, however deep', () => {
    fc.assert(
      fc.property(fc.object({key: foreign, values: [foreign], withNullPrototype: false}), (document) => {
        const texts: string[] = []
        JSON.stringify(
          shownDocument(document, (text) => text),
          (name, value: unknown) => {
            texts.push(name, ...(typeof value === 'string' ? [value] : []))
            return value
          },
        )
        for (const text of texts) expect(text.replaceAll(/[\t\uE00A]/gu, '')).not.toMatch(HIDDEN)
      }),
    )
  })

  it('masks each text before it is changed, so that a secret of several lines is found', () => {
    const mask = (text: string): string => text.replaceAll('top\nsecret', '***')
    expect(shownDocument({a: ['x top\nsecret y']}, mask)).toEqual({a: ['x *** y']})
  })

  it('has lines only where somebody makes them', () => {
    const {text} = shownDocument({text: 'a\nb\n\n'}, (same) => same)
    expect(text).toBe(`a${LINE_BREAK}b${LINE_BREAK}${LINE_BREAK}`)
    expect(linesOf(text)).toEqual(['a', 'b'])
    expect(everyLineOf(text)).toEqual(['a', 'b', ''])
  })

  it('leaves what is no text alone, and its order', () => {
    const document = {b: 1, a: [true, null, {c: undefined}], at: new Date(0)}
    expect(shownDocument(document, (text) => text)).toEqual(document)
    expect(Object.keys(shownDocument(document, (text) => text))).toEqual(['b', 'a', 'at'])
  })
})
