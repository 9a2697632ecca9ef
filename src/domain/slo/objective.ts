/** Events counted by a counter's selector, to which job and user traffic are added, or by an expression with `[WINDOW]` in it. */
export type Counting =
  | {readonly kind: 'selector'; readonly metric: string; readonly matchers: readonly string[]}
  | {readonly kind: 'expression'; readonly text: string}

/** What is measured: a share of good events. */
export type Indicator =
  /** Requests without an error, of all. `refused`, an expression: errors that never reached the service, and so are in neither counter. */
  | {readonly kind: 'errors'; readonly errors: Counting; readonly total: Counting; readonly refused?: string}
  /** Requests up to a threshold, of all, from a histogram with that bound, or a native one. */
  | {
      readonly kind: 'latency'
      readonly histogram: string
      readonly matchers: readonly string[]
      readonly thresholdSeconds: number
      readonly native: boolean
    }
  /** Seconds in which some target of the job was up, of those in which Prometheus scraped anything. */
  | {readonly kind: 'up'}

export interface Objective {
  readonly name: string
  /** 0..1, neither included: 0.995. */
  readonly objective: number
  readonly windowSeconds: number
  readonly indicator: Indicator
  /** What to type after `faci runbook` when its budget burns; null: nothing is named. */
  readonly runbook: string | null
}

/** Maintenance that is not counted: events between `start` and `end`, seconds since the epoch. */
export interface Adjustment {
  readonly start: number
  readonly end: number
  readonly reason: string
  readonly approver: string | null
  /** The objectives that it is for; all when empty. */
  readonly objectives: readonly string[]
}

/** Less than this share of a window measured says too little about it. */
export const LEAST_COVERAGE = 0.9

/** `1 - objective`, without the noise of binary fractions: 0.005, not 0.0050000000000000044. */
export function budgetRatio({objective}: Pick<Objective, 'objective'>): number {
  return Number((1 - objective).toFixed(12))
}

/** For people: `http_requests_total{status=~"5.."} of http_requests_total`. */
export function indicatorText(indicator: Indicator): string {
  const text = (counting: Counting): string => {
    if (counting.kind === 'expression') return counting.text
    return counting.matchers.length === 0 ? counting.metric : `${counting.metric}{${counting.matchers.join(',')}}`
  }
  switch (indicator.kind) {
    case 'errors':
      return `errors: ${text(indicator.errors)} of ${text(indicator.total)}${indicator.refused === undefined ? '' : `, both with ${indicator.refused}`}`
    case 'latency':
      return `latency: ${indicator.histogram} up to ${indicator.thresholdSeconds} s`
    case 'up':
      return 'up: seconds in which a target of the job was up'
  }
}
