import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {BURN_WINDOWS} from '../../../../src/domain/slo/burn-tiers.js'
import type {Count, Figures} from '../../../../src/domain/slo/figures.js'
import {budgetRatio, type Objective} from '../../../../src/domain/slo/objective.js'
import {type Measurement, reportObjective} from '../../../../src/domain/slo/objective-report.js'

const DAY = 86_400
const END = 1_790_000_000
const errors = {kind: 'selector', metric: 'failed_total', matchers: []} as const
const OBJECTIVE: Objective = {
  name: 'availability',
  objective: 0.995,
  windowSeconds: 30 * DAY,
  indicator: {kind: 'errors', errors, total: {...errors, metric: 'all_total'}},
  runbook: null,
}

function figures(period: Count, over: Partial<Figures> = {}): Figures {
  const burn = new Map(BURN_WINDOWS.map((seconds) => [seconds, period]))
  return {side: 'bad', period, burn, adjusted: [], coverage: 1, ...over}
}

function report(one: Figures, over: Partial<Measurement> = {}, objective = OBJECTIVE) {
  const window = {start: END - objective.windowSeconds, end: END}
  return reportObjective(objective, {figures: one, window, isOpen: true, doubts: [], ...over})
}

const total = fc.integer({min: 1, max: 1e9})
const counts = total.chain((all) => fc.record({total: fc.constant(all), part: fc.integer({min: 0, max: all})}))
const objectives = fc
  .integer({min: 1, max: 99_999})
  .map((thousandths): Objective => ({...OBJECTIVE, objective: Number((thousandths / 100_000).toFixed(12))}))

describe('reportObjective', () => {
  it('is met exactly when the bad events are within the budget', () => {
    fc.assert(
      fc.property(counts, objectives, (count, objective) => {
        const {status, budget} = report(figures(count), {}, objective)
        expect(status).toBe(count.part / count.total > budgetRatio(objective) ? 'breached' : 'met')
        if ((budget.consumed ?? 0) > 1 + 1e-9) expect(status).toBe('breached')
      }),
    )
  })

  it('has a budget whose parts make the whole, and is never clamped', () => {
    fc.assert(
      fc.property(counts, objectives, (count, objective) => {
        const {budget, sli, good, total: all} = report(figures(count), {}, objective)
        expect((budget.consumed ?? 0) + (budget.remaining ?? 0)).toBeCloseTo(1, 9)
        expect((budget.consumedMinutes ?? 0) + (budget.remainingMinutes ?? 0)).toBeCloseTo(budget.totalMinutes, 6)
        expect((budget.consumed ?? 0) * budget.totalRatio).toBeCloseTo(1 - (sli ?? 0), 9)
        expect(good).toBe((all ?? 0) - count.part)
      }),
    )
    expect(report(figures({part: 50, total: 1000})).budget).toMatchObject({consumed: 10, remaining: -9})
  })

  it('reads good events as the rest of bad ones', () => {
    fc.assert(
      fc.property(counts, ({part, total: all}) => {
        const {sli: bySide} = report(figures({part: all - part, total: all}, {side: 'good'}))
        expect(bySide).toBe(report(figures({part, total: all})).sli)
      }),
    )
  })

  it('gives 216 minutes for 99.5 % of 30 days', () => {
    expect(report(figures({part: 0, total: 1})).budget).toMatchObject({totalRatio: 0.005, totalMinutes: 216})
  })

  it.each([
    ['no events', {part: 0, total: 0}, 'noTraffic'],
    ['no events and no series of errors', {part: null, total: 0}, 'noTraffic'],
    ['no series at all', {part: null, total: null}, 'noData'],
    ['an error counter that exists before any request', {part: 0, total: null}, 'noData'],
    ['errors without requests', {part: 3, total: null}, 'invalid'],
    ['more errors than requests', {part: 20, total: 10}, 'invalid'],
    ['a NaN', {part: NaN, total: 10}, 'invalid'],
    ['an infinity', {part: 1, total: Infinity}, 'invalid'],
    ['less than nothing', {part: 0, total: -5}, 'invalid'],
  ] as const)('calls %s what it is', (_, count, status) => {
    const one = report(figures(count))
    expect(one).toMatchObject({status, sli: null})
    expect(one.budget.consumed).toBe(status === 'noTraffic' ? 0 : null)
  })

  it('takes an error that extrapolation put above the total for one', () => {
    expect(report(figures({part: 10.6, total: 10})).sli).toBe(0)
    expect(report(figures({part: 100_050, total: 100_000})).sli).toBe(0)
  })

  it('notes that no error series matched', () => {
    const one = report(figures({part: null, total: 10}))
    expect(one).toMatchObject({status: 'met', sli: 1, notes: [{why: 'noErrorSeries'}]})
  })

  it('is invalid when a latency threshold is no bound, and says so', () => {
    const indicator = {
      kind: 'latency',
      histogram: 'request_seconds',
      matchers: [],
      thresholdSeconds: 0.3,
      native: false,
    } as const
    const one = report(figures({part: null, total: 10}, {side: 'good'}), {}, {...OBJECTIVE, indicator})
    expect(one).toMatchObject({
      status: 'invalid',
      notes: [{why: 'noBucket', histogram: 'request_seconds', thresholdSeconds: 0.3}],
    })
  })

  it('is unreliable, with its figures, when too little was measured or the backend warns', () => {
    expect(report(figures({part: 1, total: 10}, {coverage: 0.89}))).toMatchObject({
      status: 'unreliable',
      sli: 0.9,
      notes: [{why: 'measuredTooShort', measuredSeconds: 0.89 * 30 * 86_400, windowSeconds: 30 * 86_400}],
    })
    expect(report(figures({part: 0, total: 10}, {coverage: 0.9})).status).toBe('met')
    const doubts = [{why: 'warned', text: 'a store is away'}] as const
    expect(report(figures({part: 0, total: 10}), {doubts})).toMatchObject({status: 'unreliable', notes: doubts})
  })

  it('takes maintenance out and keeps what was measured', () => {
    const one = report(
      figures(
        {part: 30, total: 1000},
        {
          adjusted: [
            {part: 29, total: 100},
            {part: null, total: null},
          ],
        },
      ),
    )
    expect(one).toMatchObject({good: 899, total: 900, raw: {good: 970, total: 1000, sli: 0.97}})
    expect(one.sli).toBeCloseTo(1 - 1 / 900, 12)
    expect(report(figures({part: 1, total: 10})).raw).toBeNull()
  })

  it('forecasts the end of the budget from the last hour, within a period', () => {
    const burning = (part: number, isOpen = true) => {
      const one = figures({part: 0, total: 1000})
      return report({...one, burn: new Map([[3600, {part, total: 1000}]])}, {isOpen}).exhaustsAt
    }
    // Twice as fast as allowed spends it in half of the period.
    expect(burning(10)).toBe(new Date((END + 15 * DAY) * 1000).toISOString())
    expect([burning(0), burning(4), burning(10, false)]).toEqual([null, null, null])
    expect(report(figures({part: 500, total: 1000})).exhaustsAt).toBeNull()
  })

  it('has no burn rate where nothing happened', () => {
    const one = figures({part: 5, total: 1000})
    const burn = new Map([
      [300, {part: 0, total: 0}],
      [3600, {part: null, total: null}],
      [21_600, {part: 5, total: 500}],
    ])
    expect(report({...one, burn}).burnRates).toEqual({'5m': null, '1h': null, '6h': 2})
  })
})
