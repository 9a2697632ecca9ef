import type {DeliveryStatus} from '../notices/notice.js'
import type {NoticeReason} from '../notices/undelivered.js'
import type {ForeseenReminder, RemindedUpdate} from '../incidents/incident-report.js'
import type {Priority} from '../priority.js'
import type {IsoTime} from '../time/iso-time.js'
import type {SkipReason} from './escalation-due.js'

/** What became of a step now. Steps are counted from 1. */
export interface EscalatedStep<Reason = NoticeReason> {
  readonly step: number
  readonly why: 'paged' | SkipReason
  readonly people: readonly string[]
  /** `reason`: why one is not delivered, or how it was when not as usual. */
  readonly notices: readonly {
    readonly channel: string
    readonly status: DeliveryStatus
    readonly reason: Reason | null
  }[]
}

/** An incident that nobody has acknowledged. */
export interface EscalatedIncident<Reason = NoticeReason> {
  readonly id: string
  readonly handle: string
  readonly title: string
  readonly severity: Priority
  readonly unacknowledgedSeconds: number
  /** What was done now; by a dry run, what would be. */
  readonly steps: readonly EscalatedStep<Reason>[]
  /** null: every step was taken. */
  readonly next: {readonly step: number; readonly people: readonly string[]; readonly dueAt: IsoTime} | null
}

export interface EscalationReport<Reason = NoticeReason> {
  readonly at: IsoTime
  readonly dryRun: boolean
  /** How many steps the rota has; null: there is no rota. */
  readonly steps: number | null
  /** Whether any channel under `notices` can reach whoever is paged. */
  readonly hasChannel: boolean
  /** Another process is at it. */
  readonly isBusy: boolean
  readonly incidents: readonly EscalatedIncident<Reason>[]
  /** Whose overdue updates people were reminded of now. */
  readonly reminded: readonly RemindedUpdate<Reason>[]
  /** By a dry run: of whose people would be reminded now. */
  readonly foreseen: readonly ForeseenReminder[]
  /** Another process is reminding people: what is overdue is left to it. */
  readonly isReminding: boolean
}
