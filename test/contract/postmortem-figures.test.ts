// Figures of a trouble of two instances with restarts, a gap of the monitoring and a false alarm, against what was worked out by hand.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {Measurement} from '../../src/domain/impact/measurement.js'
import type {PostmortemReport} from '../../src/domain/postmortem/postmortem-report.js'
import {type Outcome} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {type HistorySeries, type ServedHistory, serveHistory} from '../support/prometheus-history.js'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
const STEP = 15
const now = Math.floor(Date.now() / 1000)
const S = Math.floor((now - 5 * HOUR) / MINUTE) * MINUTE
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()
const DETECTED = S + 18 * MINUTE
const END = S + 47 * MINUTE
const within = (at: number, from: number, to: number): boolean => at > S + from * MINUTE && at <= S + to * MINUTE
const bothDown = (at: number): boolean => within(at, 20, 24)
const bDown = (at: number): boolean => within(at, 5, 12) || bothDown(at)
const gap = (at: number): boolean => within(at, 30, 36)
const spike = (at: number): boolean => at > S - 12 * HOUR && at <= S - 12 * HOUR + 7 * MINUTE
const failing = (at: number): boolean => within(at, 0, 47) || spike(at)
type Span = readonly [number, number]
const LAST: Span = [S - 26 * HOUR, now]
const WEEK: Span = [S - 7 * DAY - HOUR, S - 7 * DAY + 2 * HOUR]

function series(
  name: string,
  rate: (at: number) => number,
  down: (at: number) => boolean,
  resets: readonly number[] = [],
  spans = [WEEK, LAST],
): HistorySeries {
  const samples: [number, number][] = []
  for (const [from, to] of spans) {
    let value = 1000
    for (let at = from; at <= to; at += STEP) {
      if (resets.some((reset) => at > reset && at - STEP <= reset)) value = 0
      value += down(at) ? 0 : rate(at) * STEP
      if (!down(at) && !gap(at)) samples.push([at, value])
    }
  }
  return {series: name, type: 'counter', samples}
}
function up(name: string, down: (at: number) => boolean): HistorySeries {
  const samples: [number, number][] = []
  for (const [from, to] of [WEEK, LAST])
    for (let at = from; at <= to; at += STEP) if (!gap(at)) samples.push([at, down(at) ? 0 : 1])
  return {series: name, type: 'gauge', samples}
}
const RESETS = [S + 12 * MINUTE, S + 24 * MINUTE]
const never = (): boolean => false
const ALL = [
  up('up{job="shop",instance="a"}', bothDown),
  up('up{job="shop",instance="b"}', bDown),
  up('up{job="prometheus",instance="p"}', never),
  series('http_requests_total{job="shop",instance="a",endpoint="/buy",status="200"}', () => 3, bothDown, [
    S + 24 * MINUTE,
  ]),
  series(
    'http_requests_total{job="shop",instance="a",endpoint="/buy",status="503"}',
    (at) => (failing(at) ? 0.5 : 0),
    bothDown,
    [S + 24 * MINUTE],
  ),
  series('http_requests_total{job="shop",instance="b",endpoint="/buy",status="200"}', () => 1, bDown, RESETS),
  series(
    'http_request_duration_seconds_bucket{job="shop",instance="a",endpoint="/buy",le="0.5"}',
    (at) => (failing(at) ? 2 : 3),
    bothDown,
    [S + 24 * MINUTE],
  ),
  series('http_request_duration_seconds_bucket{job="shop",instance="a",endpoint="/buy",le="2"}', () => 3, bothDown, [
    S + 24 * MINUTE,
  ]),
  series('http_request_duration_seconds_bucket{job="shop",instance="a",endpoint="/buy",le="+Inf"}', () => 3, bothDown, [
    S + 24 * MINUTE,
  ]),
  series('http_request_duration_seconds_count{job="shop",instance="a",endpoint="/buy"}', () => 3, bothDown, [
    S + 24 * MINUTE,
  ]),
  series(
    'recommendations_total{job="shop",instance="a"}',
    (at) => (at < LAST[0] ? 4 : 0.5),
    bothDown,
    [],
    [[WEEK[0], S - 7 * DAY + 24 * MINUTE], LAST],
  ),
]
const RULES = `groups:
  - name: shop
    interval: 15s
    rules:
      - alert: HighErrors
        expr: sum(rate(http_requests_total{status="503"}[5m])) / sum(rate(http_requests_total[5m])) > 0.2
        for: 10m
      - alert: LowTraffic
        expr: sum(rate(http_requests_total[5m])) < 2
        for: 5m
`
let here: string
let prometheus: ServedHistory
const faci = (...argv: readonly string[]): Promise<Outcome> => runHosted(argv, here, {FACI_OPERATOR: 'ana'})

beforeAll(async () => {
  here = mkdtempSync(join(tmpdir(), 'faci-blind-'))
  writeFileSync(join(here, 'rules.yml'), RULES)
  prometheus = await serveHistory(ALL, {rules: [join(here, 'rules.yml')]})
  writeFileSync(
    join(here, 'faci.yml'),
    `service: shop
compose: {file: c.yml}
timezone: America/Sao_Paulo
prometheus: {url: '${prometheus.url}', job: shop}
slos:
  - {name: availability, objective: 99.9, window: 1d, indicator: {errors: 'http_requests_total{status=~"5.."}', total: http_requests_total}}
  - {name: latency, objective: 95, window: 7d, indicator: {histogram: http_request_duration_seconds, threshold: 500ms}}
  - {name: uptime, objective: 99.5, window: 30d, indicator: {up: true}}
`,
  )
}, 180_000)
afterAll(() => {
  prometheus.stop()
  rmSync(here, {recursive: true, force: true})
})

const near = (value: number, digits: number): number => expect.closeTo(value, digits) as number

describe('figures that were worked out by hand', () => {
  let report: PostmortemReport
  let measurement: Measurement

  beforeAll(async () => {
    const times = ['--started-at', iso(S), '--detected-at', iso(DETECTED)]
    await faci('incident', 'open', '--title', 'Buying fails </title>', '--severity', 'P0', '--quiet', ...times)
    const resolved = await faci('incident', 'resolve', '--at', iso(END), '--quiet')
    expect([resolved.exitCode, resolved.stderr]).toEqual([0, ''])
    report = (JSON.parse((await faci('incident', 'postmortem', '--json')).stdout) as {data: PostmortemReport}).data
    if (report.figures.measurement === null) throw new Error('no figures')
    measurement = report.figures.measurement
  }, 120_000)

  it('are those of what was down and what failed, each with the share of its time that is known', () => {
    expect(measurement.warnings).toEqual([])
    // 240 s without any instance; of the 360 s of the gap nothing is known, but for a minute that a scrape speaks for.
    expect(measurement.downtime).toMatchObject({seconds: 240, coverage: near(1 - 320 / 2820, 2)})
    // a: 0.5 and 3.5 a second for 2,580 s; b: 1 a second for 2,160 s. Without a sample: the 4 and 6 minutes.
    expect(measurement.requests).toMatchObject({failed: 1290, total: 9030 + 2160, coverage: near(37 / 47, 6)})
  })

  it('are those of the budgets', () => {
    // Of a day: 4 a second and what failed, without what was not served.
    const day = 4 * DAY + 0.5 * (2580 + 420) - 3 * 240 - 660
    expect(measurement.budgets).toMatchObject([
      {bad: 1290, spent: near(1290 / (0.001 * day), 2), budgetCoverage: near(1, 1)},
      // A third of 3 a second for 2,580 s is slow; of seven days 28 hours are known.
      {bad: 2580, total: 7740, budgetCoverage: near(28 / 168, 2)},
      {bad: 240, spent: near(240 / (0.005 * 30 * DAY), 6)},
    ])
  })

  it('compare with a week before only what was measured in whole', () => {
    const [one] = measurement.business.signals
    expect(one).toMatchObject({value: near((0.5 * 60 * 2580) / 2820, 1), weekAgo: near((240 * 24.1) / 47, 0)})
    expect(one).toMatchObject({coverage: near(1, 1), weekAgoCoverage: near(0.6, 1)})
    const text = readFileSync(report.file?.path ?? '', 'utf8')
    expect(text).toMatch(/\| Recommendations \| 27\.4\/min; 123\.\d\/min a week before \|/)
    expect(text).toContain('| 1,290 of 11,190 (11.5 %) | 78.7 % |')
  })

  it('say what would have told sooner, and at which cost', () => {
    const {rules, coveredSeconds} = measurement.detection
    const tried = rules.map(({trials}) =>
      trials.map(({threshold, forSeconds, soonerSeconds, falseAlarms}) => [
        threshold,
        forSeconds,
        soonerSeconds,
        falseAlarms,
      ]),
    )
    // 0.5x / (4 + 0.5x) passes 0.1 when 8/9 of the five minutes have failed: after 270 s. The spike of 7 minutes did so for 3.
    const errors = [
      [0.1, 300, 1080 - 270 - 300, 0],
      [0.1, 0, 1080 - 270, 1],
    ]
    // b vanishes after 5 minutes, and with half of its samples in five minutes the traffic is below 4, as where the history begins and ends.
    const traffic = [
      [4, 300, expect.any(Number), 0],
      [4, 0, expect.any(Number), 2],
    ]
    expect(rules).toMatchObject([
      {rule: 'HighErrors', firesAt: null, falseAlarms: 0},
      {rule: 'LowTraffic', firesAt: null, falseAlarms: 0},
    ])
    expect(tried).toEqual([errors, traffic])
    const [patient = 0, hasty = 0] = (tried[1] ?? []).map(([, , sooner]) => sooner ?? 0)
    expect([hasty > 600, hasty < 1080 - 300, hasty - patient]).toEqual([true, true, 300])
    expect(Math.abs((coveredSeconds ?? 0) / HOUR - 28.2)).toBeLessThan(0.2)
  })
})
