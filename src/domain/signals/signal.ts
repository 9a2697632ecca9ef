import {jobMatchers, promDuration, type Scope, selector, userMatchers} from '../promql/promql.js'

export type SignalUnit = 'seconds' | 'ratio' | 'perSecond' | 'perMinute' | 'bytes' | 'cores'

export type SignalGroup =
  'latency' | 'traffic' | 'errors' | 'saturation' | 'recommendations' | 'conversion' | 'quality' | 'cache'

export type GoldenSignalName =
  | 'latencyP50'
  | 'latencyP95'
  | 'latencyP99'
  | 'traffic'
  | 'errors'
  | 'serverErrors'
  | 'clientErrors'
  | 'cpu'
  | 'memory'
  | 'disk'

export type BusinessSignalName =
  | 'recommendations'
  | 'matchScore'
  | 'recommendationP95'
  | 'whatsappClickThrough'
  | 'whatsappByDealership'
  | 'diversity'
  | 'carsWithoutImage'
  | 'cacheLookups'
  | 'cacheHits'

export type SignalName = GoldenSignalName | BusinessSignalName

/**
 * One number about a service: the only place where it is defined. The commands ask for its expression; the recording rule
 * `recorded` and the dashboards are generated from it.
 */
export interface Signal<Name extends SignalName = SignalName> {
  readonly name: Name
  readonly title: string
  readonly group: SignalGroup
  readonly unit: SignalUnit
  /** The side of its target that is good. */
  readonly good: 'below' | 'above'
  /** The signal without which it has no value: while that one is zero, "no traffic", not zero. Null: it always has one. */
  readonly traffic: SignalName | null
  /** The name under which Prometheus records it, over five minutes. */
  readonly recorded: string
  /** PromQL that gives at most one sample; with `by`, one for each value of that label. */
  readonly expression: (scope: Scope) => string
  readonly by?: string
}

/** An aggregation over a service, which keeps its job, and more labels as given. */
export function over(scope: Scope, aggregation: 'sum' | 'max', ...labels: readonly string[]): string {
  const kept = [...(scope.job === null ? [] : ['job']), ...labels]
  return kept.length === 0 ? aggregation : `${aggregation} by (${kept.join(', ')}) `
}

export function windowOf({windowSeconds}: Scope): string {
  return `[${promDuration(windowSeconds)}]`
}

/** Requests of users a second. */
export function requests(scope: Scope, ...more: readonly string[]): string {
  const matchers = selector([...userMatchers(scope), ...more])
  return `${over(scope, 'sum')}(rate(http_requests_total${matchers}${windowOf(scope)}))`
}

/** The increase of a counter a second, over all replicas. */
export function rate(scope: Scope, counter: string): string {
  return `${over(scope, 'sum')}(rate(${counter}${selector(jobMatchers(scope))}${windowOf(scope)}))`
}

/** A quantile of a histogram in its unit; `>= 0` drops the NaN of an idle one. */
export function quantile(scope: Scope, ratio: number, histogram: string, matchers: readonly string[]): string {
  const buckets = `${histogram}_bucket${selector(matchers)}${windowOf(scope)}`
  return `histogram_quantile(${ratio}, ${over(scope, 'sum', 'le')}(rate(${buckets}))) >= 0`
}

/** The mean of a histogram over what was observed, not over the replicas; nothing when nothing was. */
export function mean(scope: Scope, histogram: string): string {
  return `${rate(scope, `${histogram}_sum`)} / (${rate(scope, `${histogram}_count`)} > 0)`
}

/** One query for many: each sample carries the name of the one that it belongs to in the label `signal`. */
export function labelled(queries: readonly {readonly name: string; readonly expression: string}[]): string {
  return queries.map(({name, expression}) => `label_replace(${expression}, "signal", "${name}", "", "")`).join('\nor ')
}

/** One query for many signals. */
export function union(
  signals: readonly {readonly name: string; readonly expression: Signal['expression']}[],
  scope: Scope,
): string {
  return labelled(signals.map(({name, expression}) => ({name, expression: expression(scope)})))
}
