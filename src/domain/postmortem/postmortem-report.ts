import type {ActionItem} from '../incidents/incident-record.js'
import type {Incident} from '../incidents/incident.js'
import type {TimelineEntry} from '../incidents/timeline.js'
import type {Measurement} from '../impact/measurement.js'
import type {IsoTime} from '../time/iso-time.js'
import type {SectionName, SectionOutcome} from './section-name.js'

/**
 * Where the figures come from. `frozen`: kept when the incident was resolved, or at the first moment after that; `measured`: just now, and kept;
 * `soFar`: just now, of an incident that is not over; `none`: there are none.
 */
export type FiguresFrom = 'frozen' | 'measured' | 'soFar' | 'none'

/** What has to be said of figures. `otherTimes`: they are of the times before a correction; `otherMethod`: an earlier version measured them. */
export type FigureNote =
  | {readonly why: 'notConfigured'}
  | {readonly why: 'notAnswered'; readonly detail: string}
  | {readonly why: 'nothingKept'}
  | {readonly why: 'notRefreshed'; readonly detail: string}
  | {readonly why: 'timesCorrected'}
  | {readonly why: 'otherTimes'; readonly start: IsoTime; readonly end: IsoTime}
  | {readonly why: 'otherMethod'; readonly method: string}

export interface PostmortemFigures {
  readonly from: FiguresFrom
  /** null: `none`. */
  readonly measurement: Measurement | null
  /** When figures were measured that do not count any more; the events have them. */
  readonly before: readonly IsoTime[]
  readonly notes: readonly FigureNote[]
}

export interface WrittenSection {
  readonly section: SectionName
  readonly outcome: SectionOutcome
}

export interface PostmortemFile {
  readonly path: string
  readonly isNew: boolean
  readonly sections: readonly WrittenSection[]
}

/** All that faci knows of an incident for those who look back. */
export interface PostmortemReport {
  readonly at: IsoTime
  readonly service: string
  /** The incident is not over. */
  readonly isDraft: boolean
  /** Names of people are replaced. */
  readonly isRedacted: boolean
  readonly incident: Incident
  readonly timeline: readonly TimelineEntry[]
  readonly actions: readonly ActionItem[]
  readonly figures: PostmortemFigures
  /** null: it was only printed. */
  readonly file: PostmortemFile | null
  /** Of the HTML page. */
  readonly page: string | null
}
