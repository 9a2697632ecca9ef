import {jobMatchers, promDuration, type Scope, selector, userMatchers} from './promql.js'

export type SignalUnit = 'seconds' | 'ratio' | 'perSecond' | 'bytes' | 'cores'

/** One number about a service: how it is asked for, and whether it means anything without traffic. */
export interface Signal {
  readonly name: string
  readonly title: string
  readonly unit: SignalUnit
  /** Without requests it has no value: "no traffic", not zero. */
  readonly needsTraffic: boolean
  /** PromQL that gives at most one sample without labels. */
  readonly expression: (scope: Scope) => string
}

function requests(scope: Scope, ...more: readonly string[]): string {
  const matchers = selector([...userMatchers(scope), ...more])
  return `sum(rate(http_requests_total${matchers}[${promDuration(scope.windowSeconds)}]))`
}

/** Share of requests with such a status; 0 when no such series exists, nothing without traffic. */
function share(scope: Scope, status: string): string {
  const all = requests(scope)
  return `((${requests(scope, status)}) or 0 * ${all}) / (${all} > 0)`
}

function latency(scope: Scope, quantile: number): string {
  const range = `${selector(userMatchers(scope))}[${promDuration(scope.windowSeconds)}]`
  return `histogram_quantile(${quantile}, sum by (le) (rate(http_request_duration_seconds_bucket${range}))) >= 0`
}

function quantileSignal(name: string, quantile: number): Signal {
  return {
    name,
    title: `latency ${name.replace('latency', '').toLowerCase()}`,
    unit: 'seconds',
    needsTraffic: true,
    expression: (scope) => latency(scope, quantile),
  }
}

/** The golden signals of one service. */
export const GOLDEN_SIGNALS: readonly Signal[] = [
  quantileSignal('latencyP50', 0.5),
  quantileSignal('latencyP95', 0.95),
  quantileSignal('latencyP99', 0.99),
  {name: 'traffic', title: 'traffic', unit: 'perSecond', needsTraffic: false, expression: (scope) => requests(scope)},
  {
    name: 'serverErrors',
    title: 'errors 5xx',
    unit: 'ratio',
    needsTraffic: true,
    expression: (scope) => share(scope, 'status=~"5.."'),
  },
  {
    name: 'clientErrors',
    title: 'errors 4xx',
    unit: 'ratio',
    needsTraffic: true,
    expression: (scope) => share(scope, 'status=~"4.."'),
  },
  {
    name: 'cpu',
    title: 'CPU, busiest replica',
    unit: 'cores',
    needsTraffic: false,
    expression: (scope) =>
      `max(rate(process_cpu_seconds_total${selector(jobMatchers(scope))}[${promDuration(scope.windowSeconds)}]))`,
  },
  {
    name: 'memory',
    title: 'memory, biggest replica',
    unit: 'bytes',
    needsTraffic: false,
    expression: (scope) => `max(process_resident_memory_bytes${selector(jobMatchers(scope))})`,
  },
]

/** One query for many signals: each sample carries its signal's name in the label `signal`. */
export function union(signals: readonly Signal[], scope: Scope): string {
  return signals
    .map(({name, expression}) => `label_replace(${expression(scope)}, "signal", "${name}", "", "")`)
    .join('\nor ')
}
