import {promDuration, type Scope, selector, userMatchers} from '../promql/promql.js'
import type {Sample} from '../promql/sample.js'

/** One group (an endpoint) of the triage. Seconds and ratios; null is no traffic or no data then. */
export interface LatencyRow {
  readonly group: string
  readonly seconds: number
  /** The quantile lies in the last finite bucket or beyond: it is at least this. */
  readonly atLeast: boolean
  readonly requestsPerSecond: number | null
  readonly errorRatio: number | null
  readonly hourAgoSeconds: number | null
  readonly dayAgoSeconds: number | null
}

export interface LatencyReport {
  readonly by: string
  readonly quantile: number
  readonly windowSeconds: number
  readonly targetSeconds: number | null
  readonly rows: readonly LatencyRow[]
  readonly state: 'read' | 'noTraffic' | 'noData'
}

export interface LatencyQueries {
  readonly slowest: string
  readonly hourAgo: string
  readonly dayAgo: string
  readonly traffic: string
  readonly errors: string
  readonly buckets: string
  /** One series for each group there could be, with all its labels: asked when none has the label that is meant. */
  readonly labels: string
}

export interface LatencyQuestion {
  readonly scope: Scope
  readonly by: string
  readonly quantile: number
  readonly top: number
}

/** The PromQL of the triage; `topk` is asked as an instant query, `>= 0` drops the NaN of idle groups. */
export function latencyQueries({scope, by, quantile, top}: LatencyQuestion): LatencyQueries {
  const window = `[${promDuration(scope.windowSeconds)}]`
  const users = selector(userMatchers(scope))
  const quantileAt = (offset: string): string =>
    `histogram_quantile(${quantile}, sum by (le, ${by}) (rate(http_request_duration_seconds_bucket${users}${window}${offset}))) >= 0`
  const total = `sum by (${by}) (rate(http_requests_total${users}${window}))`
  const failed = selector([...userMatchers(scope), 'status=~"5.."'])
  return {
    slowest: `topk(${top}, ${quantileAt('')})`,
    hourAgo: quantileAt(' offset 1h'),
    dayAgo: quantileAt(' offset 1d'),
    traffic: total,
    errors: `(sum by (${by}) (rate(http_requests_total${failed}${window})) or 0 * ${total}) / (${total} > 0)`,
    buckets: `count by (le) (http_request_duration_seconds_bucket${users})`,
    labels: `http_request_duration_seconds_bucket${selector([...userMatchers(scope), 'le="+Inf"'])}`,
  }
}

/** The labels that these series can be grouped by, by name. */
export function groupingLabels(samples: readonly Sample[]): readonly string[] {
  const names = new Set(samples.flatMap(({labels}) => Object.keys(labels)))
  return [...names].filter((name) => name !== '__name__' && name !== 'le').sort()
}

export interface LatencyAnswers {
  readonly slowest: readonly Sample[]
  readonly hourAgo: readonly Sample[]
  readonly dayAgo: readonly Sample[]
  readonly traffic: readonly Sample[]
  readonly errors: readonly Sample[]
  readonly buckets: readonly Sample[]
}

function valueFor(samples: readonly Sample[], by: string, group: string): number | null {
  const value = samples.find(({labels}) => (labels[by] ?? '') === group)?.value
  return value === undefined || Number.isNaN(value) ? null : value
}

function highestFiniteBucket(buckets: readonly Sample[]): number {
  const bounds = buckets.map(({labels}) => Number(labels['le'])).filter((bound) => Number.isFinite(bound))
  return bounds.length === 0 ? Infinity : Math.max(...bounds)
}

/** Joins the answers by group, slowest first. */
export function latencyRows(answers: LatencyAnswers, by: string): readonly LatencyRow[] {
  const highest = highestFiniteBucket(answers.buckets)
  return [...answers.slowest]
    .filter(({value}) => !Number.isNaN(value))
    .sort((first, second) => second.value - first.value)
    .map(({labels, value}) => {
      const group = labels[by] ?? ''
      return {
        group,
        seconds: Math.min(value, highest),
        atLeast: value >= highest,
        requestsPerSecond: valueFor(answers.traffic, by, group),
        errorRatio: valueFor(answers.errors, by, group),
        hourAgoSeconds: valueFor(answers.hourAgo, by, group),
        dayAgoSeconds: valueFor(answers.dayAgo, by, group),
      }
    })
}
