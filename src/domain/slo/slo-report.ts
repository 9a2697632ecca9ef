import type {IsoTime} from '../time/iso-time.js'
import type {StateVerdict} from '../verdict.js'
import type {Objective} from './objective.js'
import type {ObjectiveReport, ObjectiveStatus} from './objective-report.js'
import type {ReportNote} from './slo-note.js'

export interface SloReport<Report = ObjectiveReport, Note = ReportNote> {
  readonly service: string
  /** The one evaluation time of everything in it. */
  readonly at: IsoTime
  /** A calendar month, `2026-10`, of `timezone`; null: each objective's rolling window, which ends at `at`. */
  readonly month: string | null
  readonly timezone: string
  /** Whether recording rules had counted the events, at most a minute before, or the samples were counted. */
  readonly source: 'recordingRules' | 'samples'
  readonly objectives: readonly Report[]
  /** What the figures of several objectives leave out, whatever their verdicts. */
  readonly notes: readonly Note[]
}

/** A service counts what reaches it: what a proxy in front of it answers by itself is in no counter of the service. */
export function reportNotes(objectives: readonly Objective[]): readonly ReportNote[] {
  const unseen = objectives
    .filter(({indicator}) => indicator.kind === 'errors' && indicator.refused === undefined)
    .map(({name}) => name)
  return unseen.length === 0 ? [] : [{why: 'refusedUncounted', objectives: unseen}]
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
