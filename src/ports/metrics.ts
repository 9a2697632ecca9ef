import type {Sample, Series} from '../domain/promql/sample.js'

/** `warnings` (Prometheus warnings, partial data) make a verdict built on the answer unreliable; `notes` are remarks. */
export interface InstantAnswer {
  readonly kind: 'vector' | 'scalar' | 'string'
  /** A string counts as one NaN: no verdict can be built on it. */
  readonly samples: readonly Sample[]
  /** What a string says. */
  readonly text?: string
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
}

export interface RangeAnswer {
  readonly series: readonly Series[]
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
}

export interface TimeRange {
  /** Seconds since the epoch. */
  readonly start: number
  readonly end: number
  readonly stepSeconds: number
}

export interface QueryLimits {
  /** When it is evaluated, seconds since the epoch; by default the server's now. */
  readonly at?: number
  /** Instead of the backend's own deadline. */
  readonly timeoutSeconds?: number
  /** Ends it with `interrupted`. */
  readonly signal?: AbortSignal
}

/** `unknown`: it says nothing, or of several targets different things. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'other' | 'unknown'

/**
 * Any Prometheus-compatible server. Errors: `unreachable`, `timedOut`, `badAnswer` (junk, or a server-side failure),
 * `usage` (the expression is wrong; the message says where).
 */
export interface Metrics {
  readonly query: (expression: string, limits?: QueryLimits) => Promise<InstantAnswer>
  readonly queryRange: (expression: string, range: TimeRange) => Promise<RangeAnswer>
  /** How long samples are kept, in seconds; null when it is not bounded by time, or the server does not say. */
  readonly retention: () => Promise<number | null>
  /** What the targets that are scraped now say the metric is, by the name of its family; `unknown` also of a server that does not tell. */
  readonly type: (family: string) => Promise<MetricType>
  /** The server's version, `unknown` when it does not say. */
  readonly version: () => Promise<string>
}
