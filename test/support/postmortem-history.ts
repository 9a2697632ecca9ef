import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type HistorySeries, type ServedHistory, serveHistory} from './prometheus-history.js'

const SCRAPE = 15
const MINUTE = 60
const HOUR = 3600
const WEEK = 7 * 86_400

/** An incident of twenty minutes, two hours ago: seconds since the epoch. */
export interface Trouble {
  readonly start: number
  readonly detected: number
  readonly end: number
}

export function troubleBefore(now: number): Trouble {
  const start = Math.floor((now - 2 * HOUR) / MINUTE) * MINUTE
  return {start, detected: start + 10 * MINUTE, end: start + 20 * MINUTE}
}

interface Moment {
  readonly at: number
  readonly isUp: boolean
  readonly failing: boolean
}

/** Down from minute 11 to 15; half of two requests a second fail for all of it, and for four minutes ten hours before. */
function* moments({start, end}: Trouble, from: number, to: number): Generator<Moment> {
  for (let at = from; at <= to; at += SCRAPE) {
    const since = at - start
    const isUp = !(since > 11 * MINUTE && since <= 15 * MINUTE)
    const sinceSpike = since + 10 * HOUR
    const failing = (at > start && at <= end) || (sinceSpike > 0 && sinceSpike <= 4 * MINUTE)
    yield {at, isUp, failing}
  }
}

/** A counter that grows by so much a second; while the target is down there is no sample, and it goes on. */
function* counter(trouble: Trouble, spans: readonly Span[], rate: (moment: Moment) => number): Samples {
  for (const [from, to] of spans) {
    let value = 0
    for (const moment of moments(trouble, from, to)) {
      value += rate(moment) * SCRAPE
      if (moment.isUp) yield [moment.at, value]
    }
  }
}

type Samples = Generator<readonly [number, number]>
type Span = readonly [from: number, to: number]

function* upValues(trouble: Trouble, spans: readonly Span[]): Samples {
  for (const [from, to] of spans) for (const {at, isUp} of moments(trouble, from, to)) yield [at, isUp ? 1 : 0]
}

function* always(spans: readonly Span[]): Samples {
  for (const [from, to] of spans) for (let at = from; at <= to; at += SCRAPE) yield [at, 1]
}

/** The last 24 hours, and two of a week before, in which there were twice as many recommendations. */
function series(trouble: Trouble, now: number): readonly HistorySeries[] {
  const last: Span = [trouble.start - 22 * HOUR, now]
  const before: Span = [trouble.start - WEEK - HOUR, trouble.start - WEEK + HOUR]
  const spans = [before, last]
  const of = (name: string, rate: (moment: Moment) => number): HistorySeries => ({
    ...{series: name, type: 'counter', samples: counter(trouble, spans, rate)},
  })
  const bucket = (le: string, rate: (moment: Moment) => number): HistorySeries =>
    of(`http_request_duration_seconds_bucket{job="shop",instance="a",endpoint="/buy",le="${le}"}`, rate)
  return [
    {series: 'up{job="shop",instance="a"}', type: 'gauge', samples: upValues(trouble, spans)},
    {series: 'up{job="prometheus",instance="p"}', type: 'gauge', samples: always(spans)},
    of('http_requests_total{job="shop",instance="a",endpoint="/buy",status="200"}', ({failing}) => (failing ? 1 : 2)),
    of('http_requests_total{job="shop",instance="a",endpoint="/buy",status="500"}', ({failing}) => (failing ? 1 : 0)),
    bucket('0.1', ({failing}) => (failing ? 1 : 2)),
    bucket('1', () => 2),
    bucket('+Inf', () => 2),
    of('http_request_duration_seconds_count{job="shop",instance="a",endpoint="/buy"}', () => 2),
    of('recommendations_total{job="shop",instance="a"}', ({at}) => (at < last[0] ? 2 : 1)),
  ]
}

const RULES = `groups:
  - name: shop
    interval: 15s
    rules:
      - alert: ManyErrors
        expr: sum(rate(http_requests_total{status="500"}[1m])) / sum(rate(http_requests_total[1m])) > 0.8
        for: 5m
      - alert: Both
        expr: up == 0 and on (job) up offset 1h == 1
      - alert: Watchdog
        expr: vector(1)
`

/** A Prometheus that has seen the trouble, with two alert rules that did not tell of it. */
export async function servedTrouble(trouble: Trouble, now: number): Promise<ServedHistory> {
  const folder = mkdtempSync(join(tmpdir(), 'faci-trouble-'))
  const rules = join(folder, 'rules.yml')
  writeFileSync(rules, RULES)
  try {
    const served = await serveHistory(series(trouble, now), {rules: [rules]})
    return {
      url: served.url,
      stop: () => {
        served.stop()
        rmSync(folder, {recursive: true, force: true})
      },
    }
  } catch (error) {
    rmSync(folder, {recursive: true, force: true})
    throw error
  }
}
