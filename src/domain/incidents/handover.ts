import type {NoticeDelivery} from '../notices/notice.js'
import type {NoticeReason} from '../notices/undelivered.js'
import type {IsoTime} from '../time/iso-time.js'
import type {ListedAction} from './incident-report.js'
import type {Incident} from './incident.js'

export interface HandedSilence {
  readonly matchers: string
  readonly comment: string
  readonly createdBy: string
  readonly endsAt: IsoTime
}

export interface HandedBudget {
  readonly objective: string
  /** Of the error budget, 0..1; below 0 it is overspent. null: not measured. */
  readonly remaining: number | null
}

/** What a part of the handover came to; a backend that could not be asked says why, and hides no other part. */
export type Part<T> =
  {readonly kind: 'known'; readonly items: readonly T[]} | {readonly kind: 'unknown'; readonly why: string}

/** What whoever comes needs to know from whoever goes. */
export interface Handover<Reason = NoticeReason> {
  readonly at: IsoTime
  readonly service: string
  readonly environment: string
  readonly from: string
  /** null: whoever comes next. */
  readonly to: string | null
  readonly incidents: readonly Incident[]
  readonly silences: Part<HandedSilence>
  readonly undelivered: Part<{readonly title: string; readonly channel: string; readonly createdAt: IsoTime}>
  readonly budgets: Part<HandedBudget>
  readonly actions: readonly ListedAction[]
  readonly notices: readonly NoticeDelivery<Reason>[]
}
