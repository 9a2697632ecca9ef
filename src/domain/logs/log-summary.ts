import {type QuantileSketch, quantileSketch} from '../quantile-sketch.js'
import type {IsoTime} from '../time/iso-time.js'
import type {LogEntry} from './log-entry.js'
import {LOG_LEVELS, type LogLevel} from './log-level.js'

/** Quantiles are within 1 %. */
export interface DurationSummary {
  readonly count: number
  readonly p50Seconds: number
  readonly p95Seconds: number
  readonly p99Seconds: number
  readonly maxSeconds: number
}

interface EndpointSummary {
  /** Method and route; the last one may be `other`. */
  readonly endpoint: string
  readonly count: number
  readonly serverErrors: number
  /** null without durations. */
  readonly duration: DurationSummary | null
}

export interface LogSummary {
  readonly entries: number
  /** Of the oldest and newest entry with a time. */
  readonly from: IsoTime | null
  readonly to: IsoTime | null
  /** Worst first; only those that occur. */
  readonly levels: readonly {readonly level: LogLevel | 'none'; readonly count: number}[]
  readonly statuses: readonly {readonly status: number; readonly count: number}[]
  /** Busiest first. */
  readonly endpoints: readonly EndpointSummary[]
  readonly duration: DurationSummary | null
}

export interface LogSummariser {
  readonly add: (entry: LogEntry) => void
  readonly summary: () => LogSummary
}

/** Distinct endpoints told apart; more would be raw paths, and memory without bound. */
const MOST_ENDPOINTS = 200

const OTHER = 'other'

interface EndpointCounts {
  count: number
  serverErrors: number
  readonly durations: QuantileSketch
}

function durationSummary(sketch: QuantileSketch): DurationSummary | null {
  const [p50, p95, p99] = [sketch.quantile(0.5), sketch.quantile(0.95), sketch.quantile(0.99)]
  const max = sketch.max()
  if (p50 === null || p95 === null || p99 === null || max === null) return null
  return {count: sketch.count(), p50Seconds: p50, p95Seconds: p95, p99Seconds: p99, maxSeconds: max}
}

function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function endpointSummaries(endpoints: ReadonlyMap<string, EndpointCounts>): readonly EndpointSummary[] {
  return [...endpoints]
    .map(([endpoint, {count, serverErrors, durations}]) => ({
      endpoint,
      count,
      serverErrors,
      duration: durationSummary(durations),
    }))
    .sort(
      (first, second) =>
        Number(first.endpoint === OTHER) - Number(second.endpoint === OTHER) || second.count - first.count,
    )
}

/** Counts entries as they pass, in bounded memory. */
export function logSummariser(): LogSummariser {
  const levels = new Map<LogLevel | 'none', number>()
  const statuses = new Map<number, number>()
  const endpoints = new Map<string, EndpointCounts>()
  const durations = quantileSketch()
  let entries = 0
  let from: string | null = null
  let to: string | null = null

  const countsOf = (name: string): EndpointCounts => {
    const key = endpoints.has(name) || endpoints.size < MOST_ENDPOINTS ? name : OTHER
    const counts = endpoints.get(key) ?? {count: 0, serverErrors: 0, durations: quantileSketch()}
    endpoints.set(key, counts)
    return counts
  }

  const addRequest = ({method, endpoint, path, status, durationSeconds}: LogEntry): void => {
    const route = endpoint ?? path
    if (status !== null) increment(statuses, status)
    if (durationSeconds !== null) durations.add(durationSeconds)
    if (route === null) return
    const counts = countsOf(method === null ? route : `${method} ${route}`)
    counts.count += 1
    if (status !== null && status >= 500) counts.serverErrors += 1
    if (durationSeconds !== null) counts.durations.add(durationSeconds)
  }

  return {
    add: (entry) => {
      entries += 1
      increment(levels, entry.level ?? 'none')
      if (entry.at !== null) {
        from = from === null || entry.at < from ? entry.at : from
        to = to === null || entry.at > to ? entry.at : to
      }
      addRequest(entry)
    },
    summary: () => ({
      entries,
      from,
      to,
      levels: ([...LOG_LEVELS].reverse() as readonly (LogLevel | 'none')[])
        .concat('none')
        .flatMap((level) => (levels.has(level) ? [{level, count: levels.get(level) ?? 0}] : [])),
      statuses: [...statuses].sort(([first], [second]) => first - second).map(([status, count]) => ({status, count})),
      endpoints: endpointSummaries(endpoints),
      duration: durationSummary(durations),
    }),
  }
}
