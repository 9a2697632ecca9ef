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

/**
 * Any Prometheus-compatible server. Errors: `unreachable`, `timedOut`, `badAnswer` (junk, or a server-side failure),
 * `usage` (the expression is wrong; the message says where).
 */
export interface Metrics {
  readonly query: (expression: string, limits?: QueryLimits) => Promise<InstantAnswer>
  readonly queryRange: (expression: string, range: TimeRange) => Promise<RangeAnswer>
  /** How long samples are kept, in seconds; null when it is not bounded by time, or the server does not say. */
  readonly retention: () => Promise<number | null>
  /** The server's version, `unknown` when it does not say. */
  readonly version: () => Promise<string>
}
