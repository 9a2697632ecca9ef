import {describe, expect, it} from 'vitest'
import {maskedDocument, shownDocument} from '../../../../src/domain/text/shown-document.js'

const same = (text: string): string => text
const MEBIBYTE = 1_048_576

describe('what is longer than anybody reads', () => {
  it('is cut on a screen, and says how long it was', () => {
    const annotations = {summary: 'a'.repeat(MEBIBYTE), short: 'b'}
    const {summary, short} = shownDocument({alerts: [{annotations}]}, same).alerts[0]?.annotations ?? annotations
    expect(summary).toBe(`${'a'.repeat(131_072)}… (cut: 1048576 characters)`)
    expect(short).toBe('b')
    const [name = ''] = Object.keys(shownDocument({['n'.repeat(MEBIBYTE)]: 1}, same))
    expect(name).toBe(`${'n'.repeat(131_072)}… (cut: 1048576 characters)`)
  })

  it('is cut after it is masked, and through no letter', () => {
    const secret = 'hunter2'
    const text = `${'a'.repeat(131_070)}${secret}${'b'.repeat(10)}`
    expect(shownDocument({text}, (whole) => whole.replaceAll(secret, '***')).text).toMatch(
      /a\*\*… \(cut: 131083 characters\)$/,
    )
    expect(shownDocument({text: `${'a'.repeat(131_071)}😀😀`}, same).text).toMatch(/a… \(cut: 131075 characters\)$/)
  })

  it('is cut where there are too many labels or lines', () => {
    const labels = Object.fromEntries(Array.from({length: 20_000}, (_, at) => [`l${String(at)}`, 'x']))
    const shown = shownDocument({labels}, same).labels
    expect(Object.keys(shown)).toHaveLength(10_001)
    expect(shown['…']).toBe('(cut: 20000 in all)')
    const lines = shownDocument({lines: Array.from({length: 20_000}, () => 'x')}, same).lines
    expect([lines.length, lines.at(-1)]).toEqual([10_001, '… (cut: 20000 in all)'])
  })

  it('stays whole for programs, where it runs, and where it was bounded before', () => {
    const long = 'a'.repeat(MEBIBYTE)
    expect(maskedDocument({long}, same)).toEqual({long})
    expect(shownDocument({body: 'b'.repeat(131_072), output: long}, same)).toEqual({
      body: 'b'.repeat(131_072),
      output: long,
    })
  })
})
