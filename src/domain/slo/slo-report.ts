import type {IsoTime} from '../time/iso-time.js'
import type {StateVerdict} from '../verdict.js'
import type {ObjectiveReport, ObjectiveStatus} from './objective-report.js'

export interface SloReport {
  readonly service: string
  /** The one evaluation time of everything in it. */
  readonly at: IsoTime
  /** A calendar month, `2026-10`, of `timezone`; null: each objective's rolling window, which ends at `at`. */
  readonly month: string | null
  readonly timezone: string
  /** Whether recording rules had counted the events, at most a minute before, or the samples were counted. */
  readonly source: 'recordingRules' | 'samples'
  readonly objectives: readonly ObjectiveReport[]
}

/** Breached is degraded; what is not known is unknown, never healthy; no traffic says nothing bad. */
export function verdictOfStatus(status: ObjectiveStatus): StateVerdict {
  switch (status) {
    case 'met':
    case 'noTraffic':
      return 'healthy'
    case 'breached':
      return 'degraded'
    case 'noData':
    case 'invalid':
    case 'unreliable':
      return 'unknown'
  }
}
