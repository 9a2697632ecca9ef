import {describe, expect, it} from 'vitest'
import type {Indicator, Objective} from '../../../src/domain/slo/objective.js'
import type {ObjectiveReport} from '../../../src/domain/slo/objective-report.js'
import type {Metrics} from '../../../src/ports/metrics.js'
import {reportSlos} from '../../../src/usecases/slo/report-slos.js'
import {EVALUATED_AT} from '../../support/backends/shop-series.js'
import {close} from '../../support/close.js'
import {fakeClock} from '../../support/fakes/clock.js'

const DAY = 86_400
const REQUESTS = {kind: 'selector', metric: 'http_requests_total', matchers: []} as const

function latency(thresholdSeconds: number): Indicator {
  return {kind: 'latency', histogram: 'http_request_duration_seconds', matchers: [], thresholdSeconds, native: false}
}

const OBJECTIVES: readonly Objective[] = (
  [
    ['availability', 0.995, {kind: 'errors', errors: {...REQUESTS, matchers: ['status=~"5.."']}, total: REQUESTS}],
    // Prometheus 3 spells the second bound 1.0.
    ['halfSecond', 0.95, latency(0.5)],
    ['oneSecond', 0.95, latency(1)],
    ['up', 0.995, {kind: 'up'}],
  ] as const
).map(([name, objective, indicator]) => ({name, objective, windowSeconds: DAY, indicator, runbook: null}))

function minutesIn(time: string | null): number | null {
  return time === null ? null : (Date.parse(time) / 1000 - (EVALUATED_AT - DAY)) / 60
}

function figuresOf(report: ObjectiveReport) {
  const {name, status, sli, good, total, coverage, burnRates, notes} = report
  const [exhausted, exhausts] = [report.exhaustedAt, report.exhaustsAt].map(minutesIn)
  const consumed = report.budget.consumed
  return {name, status, sli, good, total, coverage, burnRates, consumed, exhausted, exhausts, notes}
}

async function slos(metrics: Metrics, job: string) {
  const input = {
    service: job,
    job,
    timezone: 'UTC',
    objectives: OBJECTIVES,
    adjustments: [],
    at: EVALUATED_AT,
    month: null,
    windowSeconds: null,
    prefersRecorded: false,
  }
  const clock = fakeClock(new Date(EVALUATED_AT * 1000).toISOString())
  const {data} = await reportSlos({metrics, clock}, input)
  return data.objectives.map(figuresOf)
}

/** The objectives of a day on `name` are what arithmetic says, and what they are on `first`. */
export function ownSlos(name: string, make: () => Metrics, first: () => Metrics): void {
  describe(`faci's objectives on ${name}`, () => {
    it('are what the history was made with', async () => {
      // Half an hour of a minute's load, then 23 hours of twice that, then half an hour of three times.
      const loads = 30 + 23 * 60 * 2 + 30 * 3
      const total = 2 * 936 * loads
      // The budget is spent while the load is doubled; told to a minute and a half.
      const spent = (budget: number, badShare: number): number => 30 + ((budget / badShare) * loads - 30) / 2
      const found = await slos(make(), 'shop')
      expect(found).toMatchObject([
        close({name: 'availability', status: 'breached', total, sli: 1 - 12 / 936}),
        close({name: 'halfSecond', status: 'breached', total, sli: 798 / 936}),
        close({name: 'oneSecond', status: 'met', total, sli: 900 / 936, exhausted: null, consumed: 36 / 936 / 0.05}),
        close({name: 'up', status: 'met', total: 86_400, sli: 1, coverage: 1}),
      ])
      const late = [spent(0.005, 12 / 936), spent(0.05, 138 / 936)].map((at, index) =>
        Math.abs((found[index]?.exhausted ?? Infinity) - at),
      )
      expect(Math.max(...late)).toBeLessThan(1.5)
    })

    it('know a service that is measured for a part of the window', async () => {
      expect(await slos(make(), 'young')).toMatchObject([
        {name: 'availability', status: 'unreliable', coverage: 0.25, sli: close(60 / 63)},
        {name: 'halfSecond', status: 'noData'},
        {name: 'oneSecond', status: 'noData'},
        // For an hour one of its two replicas is scraped in vain: the other one answers.
        {name: 'up', status: 'unreliable', coverage: 0.25, sli: 1},
      ])
    })

    it.each(['shop', 'faultless', 'idle', 'young'])('are the same as on the first backend for job %s', async (job) => {
      expect(await slos(make(), job)).toEqual(close(await slos(first(), job)))
    })
  })
}
