import type {IsoTime} from '../time/iso-time.js'
import type {ActVerdict} from '../verdict.js'
import type {RunMode} from '../journal/events.js'
import type {RunReport} from './run-report.js'
import type {RunStatus} from '../journal/run-status.js'
import type {TimelineEntry} from './timeline.js'

/** A `faci` in a block that joined the run, by its own journal file. */
export interface JoinedAction {
  readonly file: string
  readonly at: IsoTime
  readonly by: string
  readonly command: string
  /** null: no end recorded. */
  readonly verdict: ActVerdict | null
}

/** What a journal adds to a run's report. */
export interface RunRecord {
  readonly status: RunStatus
  readonly startedAt: IsoTime
  /** null without an end. */
  readonly endedAt: IsoTime | null
  /** `operator@host`. */
  readonly by: string
  readonly project: string
  readonly directory: string
  readonly mode: RunMode
  readonly force: boolean
  /** Their values are nowhere. */
  readonly secretInputs: readonly string[]
  /** What the run itself answered; null without an end. */
  readonly verdict: ActVerdict | null
  readonly timeline: readonly TimelineEntry[]
  readonly actions: readonly JoinedAction[]
  /** Lines of the journal that could not be read. */
  readonly tornLines: number
}

/** A run's report; with its record when it was read from the journal. */
export interface RecordedRun extends RunReport {
  readonly record?: RunRecord
}
