import type {LogEntry} from './log-entry.js'
import type {LogSummary} from './log-summary.js'

export interface LogSearch {
  readonly project: string
  readonly services: readonly string[]
  readonly containers: number
  /** Entries given out. */
  readonly matched: number
  /** Where nothing matched, how much of what there is was understood; else null. */
  readonly examined: LookedAt | null
}

/** The last entries of each container, whatever was looked for. */
export interface LookedAt {
  readonly entries: number
  readonly lines: number
  readonly withoutLevel: number
  readonly withoutStatus: number
  readonly withoutDuration: number
}

export interface LogCollection extends LogSearch {
  /** Oldest first. */
  readonly entries: readonly LogEntry[]
}

export interface LogExport extends LogSearch {
  readonly file: string
}

export interface LogSummaryReport {
  readonly project: string
  readonly services: readonly string[]
  readonly summary: LogSummary
  readonly examined: LookedAt | null
}
