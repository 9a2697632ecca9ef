import {jobMatchers, type Scope, selector, userMatchers} from '../promql/promql.js'
import {type GoldenSignalName, over, quantile, requests, type Signal, windowOf} from './signal.js'

/** Share of requests with such a status; 0 when no such series exists, nothing without traffic. */
function share(scope: Scope, status: string): string {
  const all = requests(scope)
  return `((${requests(scope, status)}) or 0 * ${all}) / (${all} > 0)`
}

function latency(name: `latency${'P50' | 'P95' | 'P99'}`, ratio: number): Signal<GoldenSignalName> {
  const percentile = name.replace('latency', '').toLowerCase()
  return {
    name,
    title: `latency ${percentile}`,
    group: 'latency',
    unit: 'seconds',
    good: 'below',
    traffic: 'traffic',
    recorded: `job:http_request_duration_seconds:${percentile}_rate5m`,
    expression: (scope) => quantile(scope, ratio, 'http_request_duration_seconds', userMatchers(scope)),
  }
}

function errors(
  name: GoldenSignalName & `${string}rrors`,
  title: string,
  status: string,
  recorded: string,
): Signal<GoldenSignalName> {
  return {
    name,
    title,
    group: 'errors',
    unit: 'ratio',
    good: 'below',
    traffic: 'traffic',
    recorded,
    expression: (scope) => share(scope, `status=~"${status}"`),
  }
}

/** The guide's two targets for one figure: an error rate under 0.5 %, 5xx under 0.1 %. */
const ERROR_RATE = errors('errors', 'error rate', '5..', 'job:http_requests_errors:ratio_rate5m')

const DISK: Signal<GoldenSignalName> = {
  name: 'disk',
  title: 'disk, fullest mount',
  group: 'saturation',
  unit: 'ratio',
  good: 'below',
  traffic: null,
  recorded: 'node_filesystem:used_ratio:max',
  expression: () => {
    const real = '{fstype!~"tmpfs|overlay|squashfs"}'
    return `max(1 - node_filesystem_avail_bytes${real} / (node_filesystem_size_bytes${real} > 0))`
  },
}

/** What `status` shows: the golden signals of one service, of its own metrics alone. */
export const SERVICE_SIGNALS: readonly Signal<GoldenSignalName>[] = [
  latency('latencyP50', 0.5),
  latency('latencyP95', 0.95),
  latency('latencyP99', 0.99),
  {
    name: 'traffic',
    title: 'traffic',
    group: 'traffic',
    unit: 'perSecond',
    good: 'below',
    traffic: null,
    recorded: 'job:http_requests:rate5m',
    expression: requests,
  },
  errors('serverErrors', 'errors 5xx', '5..', 'job:http_requests_errors:ratio_rate5m'),
  errors('clientErrors', 'errors 4xx', '4..', 'job:http_requests_client_errors:ratio_rate5m'),
  {
    name: 'cpu',
    title: 'CPU, busiest replica',
    group: 'saturation',
    unit: 'cores',
    good: 'below',
    traffic: null,
    recorded: 'job:process_cpu_seconds:max_rate5m',
    expression: (scope) =>
      `${over(scope, 'max')}(rate(process_cpu_seconds_total${selector(jobMatchers(scope))}${windowOf(scope)}))`,
  },
  {
    name: 'memory',
    title: 'memory, biggest replica',
    group: 'saturation',
    unit: 'bytes',
    good: 'below',
    traffic: null,
    recorded: 'job:process_resident_memory_bytes:max',
    expression: (scope) => `${over(scope, 'max')}(process_resident_memory_bytes${selector(jobMatchers(scope))})`,
  },
]

/** Latency, traffic, errors and saturation (SRE book, ch. 6), as the guide has them. */
export const GOLDEN_SIGNALS: readonly Signal<GoldenSignalName>[] = SERVICE_SIGNALS.flatMap((signal) =>
  signal.name === 'serverErrors' ? [ERROR_RATE, signal] : [signal],
).concat(DISK)
