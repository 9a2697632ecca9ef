import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {downtimeOf, failedRequestsOf, spentBudgetOf} from '../../../../src/domain/impact/spent-budget.js'
import type {Count, Figures} from '../../../../src/domain/slo/figures.js'
import type {Objective} from '../../../../src/domain/slo/objective.js'

const counter = {kind: 'selector', metric: 'http_requests_total', matchers: []} as const
const AVAILABILITY: Objective = {
  ...{name: 'availability', objective: 0.995, windowSeconds: 2_592_000, runbook: null},
  indicator: {kind: 'errors', errors: counter, total: counter},
}
const UPTIME: Objective = {...AVAILABILITY, name: 'uptime', indicator: {kind: 'up'}}

function figures(period: Count, side: Figures['side'] = 'bad', coverage: number | null = 1): Figures {
  return {side, period, burn: new Map(), adjusted: [], coverage}
}

describe('the budget that an incident spent', () => {
  it('is its bad events of those that a whole window allows', () => {
    // 0.5 % of 200,000 requests are 1000; 73 failed.
    const whole = figures({part: 900, total: 200_000}, 'bad', 0.5)
    const spent = spentBudgetOf(AVAILABILITY, 'q', {
      ...{incident: figures({part: 73, total: 3000}), whole, incidentSeconds: 1200},
    })
    expect(spent).toMatchObject({spent: 0.073, bad: 73, total: 3000, coverage: 1, budgetCoverage: 0.5, missing: null})
  })

  it('is, for up, its seconds down of those that the window allows', () => {
    // 0.5 % of 30 days are 12,960 s; up for 960 of 1200 s.
    const incident = figures({part: 960, total: 1200}, 'good')
    const spent = spentBudgetOf(UPTIME, 'q', {incident, whole: null, incidentSeconds: 1600})
    expect(spent.spent).toBeCloseTo(240 / 12_960, 12)
    expect(spent).toMatchObject({bad: 240, coverage: 0.75, budgetCoverage: 1})
  })

  it('is nothing without traffic, and unknown without data or without a window', () => {
    const of = (incident: Count, whole: Count | null) =>
      spentBudgetOf(AVAILABILITY, 'q', {
        ...{incident: figures(incident), whole: whole === null ? null : figures(whole), incidentSeconds: 60},
      })
    expect(of({part: 0, total: 0}, {part: 0, total: 10})).toMatchObject({missing: 'noTraffic', spent: 0})
    expect(of({part: null, total: null}, {part: 0, total: 10})).toMatchObject({missing: 'noSeries', spent: null})
    expect(of({part: 1, total: 10}, null)).toMatchObject({missing: null, bad: 1, spent: null, budgetCoverage: null})
    expect(of({part: 1, total: 10}, {part: null, total: null})).toMatchObject({spent: null})
    expect(of({part: 20, total: 10}, {part: 0, total: 10})).toMatchObject({missing: 'impossible', spent: null})
  })

  it('is never a number that is none', () => {
    const value = fc.option(fc.double({noNaN: false, min: -10, max: 1e12}), {nil: null})
    const count = fc.record({part: value, total: value})
    fc.assert(
      fc.property(count, count, fc.constantFrom(AVAILABILITY, UPTIME), (incident, whole, objective) => {
        const own = {incident: figures(incident), whole: figures(whole), incidentSeconds: 60}
        const {spent, bad, total} = spentBudgetOf(objective, 'q', own)
        for (const one of [spent, bad, total]) expect(one === null || (Number.isFinite(one) && one >= 0)).toBe(true)
      }),
    )
  })
})

describe('minutes down and requests failed', () => {
  it('say how much of the time is known, and nothing where nothing is', () => {
    expect(downtimeOf('q', figures({part: 900, total: 1140}, 'good'), 1200)).toEqual({
      ...{query: 'q', coverage: 0.95, missing: null, detail: '', seconds: 240},
    })
    expect(downtimeOf('q', figures({part: null, total: null}, 'good', null), 1200)).toMatchObject({
      ...{missing: 'noSeries', coverage: null, seconds: null},
    })
    expect(failedRequestsOf('q', figures({part: null, total: 50}))).toMatchObject({failed: 0, total: 50})
    expect(failedRequestsOf('q', figures({part: null, total: null}, 'bad', null))).toMatchObject({
      ...{missing: 'noSeries', failed: null, total: null},
    })
  })
})
