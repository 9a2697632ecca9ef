import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {
  chartGrid,
  completedCharts,
  isWhole,
  lacksLater,
  MARGIN_SECONDS,
  MOST_POINTS,
  onGrid,
} from '../../../../src/domain/impact/charts-grid.js'
import {aMeasurement} from '../../../support/builders/measurement.js'

const {charts} = aMeasurement()

describe('the grid of charts', () => {
  it('holds half an hour before and after any incident in two hundred points', () => {
    const span = fc.record({
      start: fc.double({min: 1e9, max: 4e9, noNaN: true}),
      seconds: fc.double({min: 1, max: 1e8, noNaN: true}),
    })
    fc.assert(
      fc.property(span, ({start, seconds}) => {
        const {start: first, stepSeconds, points} = chartGrid(start, start + seconds)
        expect(points).toBeLessThanOrEqual(MOST_POINTS)
        expect(first).toBeLessThanOrEqual(start - MARGIN_SECONDS)
        expect(first + (points - 1) * stepSeconds).toBeGreaterThanOrEqual(start + seconds + MARGIN_SECONDS)
        expect(first % stepSeconds).toBe(0)
      }),
    )
  })

  it('puts each sample in its place, and none where there is no number', () => {
    const grid = {start: 1000, stepSeconds: 10, points: 4}
    const points = [990, 1000, 1010, 1020, 1040].map((at) => ({at, value: at === 1010 ? NaN : at / 3}))
    expect(onGrid('traffic', {labels: {}, points}, grid)).toEqual({
      signal: 'traffic',
      values: [333.333, null, 340, null],
    })
  })
})

describe('charts that were drawn before all of their time was over', () => {
  it('lack what came later, once a step of it has passed', () => {
    expect(isWhole(charts)).toBe(false)
    expect(lacksLater(charts, new Date('2026-11-28T06:19:59Z'))).toBe(false)
    expect(lacksLater(charts, new Date('2026-11-28T06:20:00Z'))).toBe(true)
    expect(lacksLater({...charts, askedUntil: '2026-11-28T06:40:00.000Z'}, new Date('2027-01-01T00:00:00Z'))).toBe(
      false,
    )
  })

  it('are completed, and what was measured first stays', () => {
    const series = [
      {signal: 'traffic', values: [9, 9, 9, 9, 9, 9, 3, 4, null]},
      {signal: 'cpu', values: Array.from({length: 9}, () => 1)},
    ] as const
    const later = {...charts, series, askedUntil: '2026-11-28T06:40:00.000Z'}
    const completed = completedCharts(charts, later)
    const of = (name: string) => completed.series.find(({signal}) => signal === name)?.values
    expect(of('traffic')).toEqual([2, 2, 2, 1.5, 0, 2, 3, 4, null])
    expect(of('cpu')).toEqual(Array.from({length: 9}, () => 1))
    expect(of('latencyP50')).toEqual(charts.series[0]?.values)
    expect(isWhole(completed)).toBe(true)
    expect(completedCharts(charts, {...later, missing: 'notAnswered'})).toBe(charts)
  })
})
