import {describe, expect, it} from 'vitest'
import {csvLine} from '../../../src/render/text/csv.js'

describe('a record of CSV', () => {
  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '＝1', '-', '+Infinite'])('%j computes nothing', (text) => {
    expect(csvLine([text])).toBe(`'${text}`)
  })

  it.each(['-0.5', '+Inf', '-Inf', '-1e-9', '+5', '2026-11-29', 'a=b'])('%j stays what it is', (text) => {
    expect(csvLine([text, -0.5])).toBe(`${text},-0.5`)
  })

  it('quotes what would end a cell or a record', () => {
    expect(csvLine(['a,b', '="x"', 'a\nb'])).toBe(`"a,b","'=""x""","a\nb"`)
  })
})
