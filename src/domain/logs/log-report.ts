import type {LogEntry} from './log-entry.js'
import type {LogSummary} from './log-summary.js'

export interface LogSearch {
  readonly project: string
  readonly services: readonly string[]
  readonly containers: number
  /** Entries given out. */
  readonly matched: number
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
}
