import type {Span} from '../../domain/impact/detection-replay.js'
import type {Objective} from '../../domain/slo/objective.js'
import type {Clock} from '../../ports/clock.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import type {Metrics} from '../../ports/metrics.js'
import type {ReadThreshold} from '../../ports/read-threshold.js'

export interface ImpactDeps {
  readonly metrics: Metrics
  readonly rules: LoadedRules
  readonly readThreshold: ReadThreshold
  readonly clock: Clock
}

/** What is asked of the metrics of a service. */
export interface ImpactSubject {
  readonly job: string | null
  readonly objectives: readonly Objective[]
  /** PromQL, with `[WINDOW]` in it: errors that never reached the service. */
  readonly refused: string | null
}

/** The times of an incident, in seconds since the epoch. */
export interface ImpactTimes extends Span {
  /** null: nothing is known of a time before it was detected. */
  readonly startedAt: number | null
  readonly detectedAt: number
}

export interface ImpactQuestion extends ImpactSubject, ImpactTimes {
  /** Times of all incidents: what fires in them is no false alarm. */
  readonly incidents: readonly Span[]
}

/** Whole seconds, and at least one: what a range can be. */
export function windowOf({start, end}: Span): number {
  return Math.max(1, Math.ceil(end - start))
}
