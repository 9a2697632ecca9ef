import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {quantileSketch, RELATIVE_ERROR, SMALLEST} from '../../../src/domain/quantile-sketch.js'

describe('quantileSketch', () => {
  it('is within its stated error of the exact value of that rank', () => {
    const value = fc.oneof(
      fc.double({min: 0, max: 1e6, noNaN: true}),
      fc.double({min: 0, max: 2, noNaN: true}),
      fc.constant(0),
    )
    fc.assert(
      fc.property(
        fc.array(value, {minLength: 1, maxLength: 300}),
        fc.double({min: 0, max: 1, noNaN: true}),
        (values, ratio) => {
          const sketch = quantileSketch()
          for (const each of values) sketch.add(each)
          const sorted = values.toSorted((first, second) => first - second)
          const exact = sorted[Math.floor(ratio * (sorted.length - 1))] ?? 0
          const error = Math.abs((sketch.quantile(ratio) ?? -1) - exact)
          expect(error).toBeLessThanOrEqual(Math.max(SMALLEST, exact * (RELATIVE_ERROR + 1e-9)))
          expect(sketch.count()).toBe(values.length)
          expect(sketch.max()).toBe(sorted.at(-1))
        },
      ),
    )
  })

  it('has no quantile without values', () => {
    expect(quantileSketch().quantile(0.5)).toBeNull()
    expect(quantileSketch().max()).toBeNull()
  })
})
