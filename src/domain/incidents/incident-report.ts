import type {AnnouncedNotice} from './incident-event.js'
import type {Priority} from '../priority.js'
import type {NoticeDelivery} from '../notices/notice.js'
import type {NoticeReason} from '../notices/undelivered.js'
import type {IsoTime} from '../time/iso-time.js'
import type {ActionItem} from './incident-record.js'
import type {Incident} from './incident.js'
import type {TimelineEntry} from './timeline.js'

/** What a command did to the incident; `shown`: nothing. `already`, `mergedBefore`: it was so before. */
export type IncidentDone =
  | 'opened'
  | 'known'
  | 'relapsed'
  | 'noted'
  | 'acknowledged'
  | 'updated'
  | 'mitigated'
  | 'resolved'
  | 'reopened'
  | 'corrected'
  | 'merged'
  | 'mergedBefore'
  | 'actions'
  | 'handedOver'
  | 'already'
  | 'shown'

export interface IncidentReport<Reason = NoticeReason> {
  readonly at: IsoTime
  readonly done: IncidentDone
  readonly incident: Incident
  readonly timeline: readonly TimelineEntry[]
  readonly actions: readonly ActionItem[]
  /** What became of the notices that it caused. */
  readonly notices: readonly NoticeDelivery<Reason>[]
}

export interface IncidentList {
  readonly at: IsoTime
  /** Those that are not resolved and the newest of the others, newest first. */
  readonly incidents: readonly Incident[]
  /** How many there are in all, of those that are asked for. */
  readonly total: number
}

/** An incident whose update is overdue, and whom that was posted to. */
export interface RemindedUpdate<Reason = NoticeReason> {
  readonly handle: string
  readonly title: string
  readonly severity: Priority
  readonly dueAt: IsoTime
  readonly people: readonly string[]
  readonly notices: readonly (AnnouncedNotice & {readonly reason: Reason | null})[]
}

/** A reminder that would be posted now. */
export interface ForeseenReminder extends Omit<RemindedUpdate, 'notices'> {
  readonly channels: readonly string[]
}

/** Whether an action item is open, and its day is over by `at`. */
export function isOverdue({state, dueAt}: Pick<ActionItem, 'state' | 'dueAt'>, at: Date): boolean {
  return state === 'open' && dueAt !== null && Date.parse(dueAt) <= at.getTime()
}

/** An action item and the incident that it comes from. */
export interface ListedAction extends ActionItem {
  readonly incident: string
  readonly title: string
  /** It is open, and its day is over. */
  readonly isOverdue: boolean
}

export interface ActionList {
  readonly at: IsoTime
  readonly actions: readonly ListedAction[]
}
