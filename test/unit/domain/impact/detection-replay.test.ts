import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {
  bestTrials,
  firingsOf,
  firingsOutside,
  firstIn,
  loosest,
  variantsOf,
} from '../../../../src/domain/impact/detection-replay.js'

const above = {expression: 'x', operator: '>', value: 0.8} as const
const below = {expression: 'x', operator: '<', value: 4} as const
const step = {stepSeconds: 15}

describe('a rule that is made to fire sooner', () => {
  it('is first of all the rule as it is', () => {
    expect(variantsOf(above, 300).slice(0, 3)).toEqual([
      {threshold: 0.8, forSeconds: 300},
      {threshold: 0.8, forSeconds: 150},
      {threshold: 0.8, forSeconds: 0},
    ])
    expect(variantsOf(above, 0).map(({threshold}) => threshold)).toEqual([0.8, 0.6, 0.4])
    expect(variantsOf(below, 0).map(({threshold}) => threshold)).toEqual([4, 5.33333, 8])
    expect(variantsOf({...above, value: -2}, 0).map(({threshold}) => threshold)).toEqual([-2, -2.66667, -4])
    expect(variantsOf({...above, value: 0}, 60)).toHaveLength(3)
    expect(variantsOf({...above, operator: '=='}, 60).map(({forSeconds}) => forSeconds)).toEqual([60, 30, 0])
  })

  it('never fires where the loosest does not hold', () => {
    const value = fc.double({min: -100, max: 100, noNaN: true})
    fc.assert(
      fc.property(value, value, fc.constantFrom('>', '>=', '<', '<='), (sample, threshold, operator) => {
        const rule = {expression: 'x', operator, value: threshold} as const
        const series = [{labels: {}, points: [{at: 0, value: sample}]}]
        const fires = (one: number): number => firingsOf(series, operator, {threshold: one, forSeconds: 0}, step).length
        const some = variantsOf(rule, 0).some((variant) => fires(variant.threshold) > 0)
        if (some) expect(fires(loosest(rule))).toBe(1)
      }),
    )
  })

  it('fires when it has held for as long, on any series', () => {
    // 0.5 from second 60 on, every 15 s.
    const points = Array.from({length: 40}, (_, index) => ({at: index * 15, value: index < 4 ? 0 : 0.5}))
    const series = [
      {labels: {}, points: []},
      {labels: {}, points},
    ]
    const at = (threshold: number, forSeconds: number): number | null =>
      firstIn(firingsOf(series, '>', {threshold, forSeconds}, step), {start: 0, end: 600})
    expect([at(0.8, 0), at(0.4, 0), at(0.4, 300), at(0.4, 900)]).toEqual([null, 60, 360, null])
  })
})

describe('a firing', () => {
  const incident = {start: 1000, end: 2000}

  it('is about an incident when it begins about then, and tells nothing when it went on before', () => {
    expect(firstIn([{from: 900, to: 1500}], incident)).toBe(1000)
    expect(firstIn([{from: 100, to: 1500}], incident)).toBeNull()
    expect(firstIn([{from: 2000, to: 2500}], incident)).toBeNull()
    expect(firstIn([{from: 800, to: 950}], incident)).toBeNull()
  })

  it('is a false alarm when it is about none; those at once are one', () => {
    expect(firingsOutside([{from: 1200, to: 1300}], [incident])).toBe(0)
    expect(firingsOutside([{from: 0, to: 5000}], [incident])).toBe(1)
    const three = [
      {from: 3000, to: 3100},
      {from: 3050, to: 3200},
      {from: 3300, to: 3400},
    ]
    expect(firingsOutside(three, [incident])).toBe(2)
  })
})

describe('what is worth telling', () => {
  it('costs fewest false alarms first, and is sooner than what costs fewer', () => {
    const trial = (falseAlarms: number | null, soonerSeconds: number) => ({
      threshold: 1,
      forSeconds: 0,
      firesAt: 'x',
      soonerSeconds,
      falseAlarms,
    })
    const all = [trial(3, 100), trial(0, 60), trial(0, 90), trial(5, 80), trial(null, 200), trial(9, 300)]
    expect(bestTrials(all)).toEqual([trial(0, 90), trial(3, 100), trial(9, 300)])
    expect(bestTrials([trial(null, 5)])).toEqual([trial(null, 5)])
  })
})
