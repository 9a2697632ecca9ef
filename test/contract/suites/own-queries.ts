import {describe, expect, it} from 'vitest'
import {isInstant, panelsOf} from '../../../src/domain/dashboard/dashboard.js'
import {DASHBOARD_NAMES, DASHBOARDS} from '../../../src/domain/dashboard/dashboards.js'
import {BUSINESS_SIGNALS} from '../../../src/domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../../../src/domain/signals/golden-signals.js'
import {type LatencyAnswers, latencyQueries, type LatencyRow, latencyRows} from '../../../src/domain/signals/latency.js'
import {type Reading, readSignals} from '../../../src/domain/signals/reading.js'
import type {Sample} from '../../../src/domain/promql/sample.js'
import {LIMITS} from '../../../src/domain/signals/saturation-targets.js'
import {labelled, union} from '../../../src/domain/signals/signal.js'
import type {Metrics} from '../../../src/ports/metrics.js'
import {runbookQueries} from '../../support/runbook-queries.js'
import {expressions} from '../rules/rule-files.js'
import {close} from '../../support/close.js'
import {EVALUATED_AT} from '../../support/backends/shop-series.js'
import {someTargets} from '../../support/builders/targets.js'

const SIGNALS = {golden: GOLDEN_SIGNALS, business: BUSINESS_SIGNALS}
const HOUR = 3600

function keyOf({labels}: Sample): string {
  return Object.keys(labels)
    .sort()
    .map((name) => `${name}=${labels[name] ?? ''}`)
    .join(' ')
}

/** Every number of the signals of a job (null: of all), now and an hour before. */
async function signalFigures(metrics: Metrics, job: string | null): Promise<Readonly<Record<string, number>>> {
  const scope = {job, windowSeconds: 300}
  const figures: Record<string, number> = {}
  for (const [group, signals] of Object.entries(SIGNALS)) {
    const expression = union([...signals, ...LIMITS], scope)
    for (const ago of [0, HOUR]) {
      const {samples, warnings} = await metrics.query(expression, {at: EVALUATED_AT - ago})
      expect(warnings).toEqual([])
      for (const sample of samples) figures[`${group} ${ago} ${keyOf(sample)}`] = sample.value
    }
  }
  return figures
}

/** Every number of one moment on the dashboards, over an hour: each dashboard is asked for at once. */
async function dashboardFigures(metrics: Metrics, job: string | null): Promise<Readonly<Record<string, number>>> {
  const figures: Record<string, number> = {}
  for (const name of DASHBOARD_NAMES) {
    const dashboard = DASHBOARDS[name]({job, rangeSeconds: HOUR})
    const instants = panelsOf(dashboard).filter(isInstant)
    const queries = [dashboard.traffic, ...instants.flatMap((panel) => panel.queries)]
    const {samples, warnings} = await metrics.query(labelled(queries), {at: EVALUATED_AT})
    expect(warnings).toEqual([])
    for (const sample of samples) figures[`${name} ${keyOf(sample)}`] = sample.value
  }
  return figures
}

async function latency(metrics: Metrics, job: string | null): Promise<readonly LatencyRow[]> {
  const scope = {job, windowSeconds: 300}
  const queries = latencyQueries({scope, by: 'endpoint', quantile: 0.95, top: 5})
  const ask = async ([name, expression]: readonly [string, string]): Promise<readonly [string, readonly Sample[]]> => [
    name,
    (await metrics.query(expression, {at: EVALUATED_AT})).samples,
  ]
  const answers = Object.fromEntries(await Promise.all(Object.entries(queries).map(ask)))
  return latencyRows(answers as unknown as LatencyAnswers, 'endpoint')
}

async function readings(metrics: Metrics, job: string): Promise<Readonly<Record<string, Reading['kind']>>> {
  const signals = [...GOLDEN_SIGNALS, ...BUSINESS_SIGNALS]
  const {samples} = await metrics.query(union(signals, {job, windowSeconds: 300}), {at: EVALUATED_AT})
  return Object.fromEntries(readSignals(signals, samples, someTargets()).map(({name, reading}) => [name, reading.kind]))
}

/** What faci itself asks gives on `name` what arithmetic says, and what it gives on `first`. */
export function ownQueries(name: string, make: () => Metrics, first: () => Metrics): void {
  describe(`faci's own queries on ${name}`, () => {
    it('give the figures that the history was made with', async () => {
      const figures = await signalFigures(make(), 'shop')
      expect(figures).toMatchObject(
        close({
          // Two replicas, three times 936 requests of users a minute; an hour before it was twice.
          'golden 0 job=shop signal=traffic': (2 * 3 * 936) / 60,
          'golden 3600 job=shop signal=traffic': (2 * 2 * 936) / 60,
          'golden 0 job=shop signal=errors': 12 / 936,
          'golden 0 job=shop signal=clientErrors': 24 / 936,
          'golden 0 job=shop signal=cpu': (3 * 18) / 60,
          // 889.2 of 936 are within 0.5 and 1 s, where 798 to 900 lie.
          'golden 0 job=shop signal=latencyP95': 0.5 + (0.5 * (889.2 - 798)) / (900 - 798),
          'golden 0 signal=disk': 0.63,
          'golden 0 signal=cpuLimit': 2,
          'business 0 job=shop signal=recommendations': 2 * 3 * 600,
          'business 0 job=shop signal=matchScore': 0.82,
          'business 0 job=shop signal=whatsappClickThrough': 0.07,
          'business 0 dealership=south job=shop signal=whatsappByDealership': 0.02,
          'business 0 job=shop signal=carsWithoutImage': 0.035,
          'business 0 job=shop signal=cacheHits': 0.8,
        }),
      )
    })

    it.each(['shop', 'faultless', 'idle', null])('give the same as the first backend for job %s', async (job) => {
      const expected = await signalFigures(first(), job)
      expect(Object.keys(expected).length).toBeGreaterThan(5)
      expect(await signalFigures(make(), job)).toEqual(close(expected))
    })

    it.each(['shop', 'faultless', 'idle', null])('triage the latency alike for job %s', async (job) => {
      expect(await latency(make(), job)).toEqual(close(await latency(first(), job)))
    })

    it('triage an endpoint, now, an hour and a day ago', async () => {
      const seconds = 1 + (1.5 * (0.95 * 636 - 600)) / 30
      expect((await latency(make(), 'shop'))[0]).toEqual({
        group: '/recommend',
        seconds: close(seconds),
        atLeast: false,
        requestsPerSecond: close((2 * 3 * 636) / 60),
        errorRatio: close(12 / 636),
        hourAgoSeconds: close(seconds),
        dayAgoSeconds: close(seconds),
      })
      expect(await latency(make(), 'faultless')).toMatchObject([{group: '/cars', seconds: 2.5, atLeast: true}])
    })

    it('tell no errors and no traffic from no data', async () => {
      expect(await readings(make(), 'faultless')).toMatchObject({
        errors: 'value',
        clientErrors: 'value',
        cacheHits: 'value',
        matchScore: 'noData',
      })
      expect(await readings(make(), 'idle')).toMatchObject({
        latencyP95: 'noTraffic',
        traffic: 'value',
        errors: 'noTraffic',
        memory: 'noData',
        whatsappClickThrough: 'noTraffic',
        cacheHits: 'noTraffic',
      })
    })

    it('draw the dashboards of the history', async () => {
      expect(await dashboardFigures(make(), 'shop')).toMatchObject(
        close({
          'overview signal=state': 1,
          'overview signal=uptime': 1,
          // Half an hour twice and half an hour three times 600 a minute, on two replicas.
          'business job=shop signal=recommendations': 2 * 600 * (30 * 2 + 30 * 3),
          'business job=shop signal=clickThrough': 0.07,
          'business dealership=north job=shop signal=share': 5 / 7,
          'business dealership=south job=shop signal=share': 2 / 7,
        }),
      )
    })

    it.each(['shop', 'idle', null])('draw the dashboards alike for job %s', async (job) => {
      const expected = await dashboardFigures(first(), job)
      expect(Object.keys(expected).length).toBeGreaterThan(1)
      expect(await dashboardFigures(make(), job)).toEqual(close(expected))
    })

    it('are those of the rules and the runbooks too: none is refused', async () => {
      const queries = [...expressions, ...(await runbookQueries())]
      expect(queries.length).toBeGreaterThan(60)
      const answers = await Promise.all(queries.map((query) => make().query(query, {at: EVALUATED_AT})))
      for (const {kind} of answers) expect(kind).toBe('vector')
    })
  })
}
