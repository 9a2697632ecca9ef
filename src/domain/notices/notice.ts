import type {Priority} from '../priority.js'
import type {NoticeReason} from './undelivered.js'
import type {IsoTime} from '../time/iso-time.js'

export type NoticeSeverity = 'critical' | 'warning' | 'info'

/** Where the matter stands that a notice speaks of. `attention`: a look found something that is not as it should be. */
export type NoticeState = 'started' | 'update' | 'resolved' | 'unresolved' | 'attention' | 'unknown' | 'info'

export interface NoticeFact {
  readonly name: string
  readonly value: string
  /** It is a person: the id by which Slack knows them, so that they are called. */
  readonly slackMember?: string
}

/** What of an incident's life a notice tells. `due`: an update was promised by now. `escalated`: nobody acknowledged it, and people are paged. */
export type IncidentStep =
  'opened' | 'acknowledged' | 'updated' | 'mitigated' | 'resolved' | 'reopened' | 'due' | 'escalated'

/** The incident that a notice is about, for channels that keep a matter of their own for it: a thread of mails, a page. */
export interface NoticeIncident {
  /** ULID. */
  readonly id: string
  /** `INC-7`. */
  readonly handle: string
  /** As the incident was opened: what a thread is called never changes. */
  readonly subject: string
  readonly priority: Priority
  /** How often it was reopened: a page that was resolved is not triggered again under the same key. */
  readonly reopenings: number
  readonly step: IncidentStep
  /** The key by which Alertmanager pages for it (its group key, SHA-256), if that is known: a pager that shares it adds to that page. */
  readonly pages?: string
  /** Of the end: that page does not end with it, for other alerts of it fire, or may. */
  readonly pageStays?: 'others' | 'unknown'
}

/** Somebody whom a notice is to reach by whatever ways the channel has. */
export interface PagedPerson {
  readonly name: string
  readonly email: string | null
  /** A member's id, as in `<@U012AB3CD>`. */
  readonly slack: string | null
  /** A user's id. */
  readonly pagerduty: string | null
}

/** A message for people. Text is Markdown; it holds no secrets once it is in the outbox. */
export interface Notice {
  /** ULID. */
  readonly id: string
  /** A key of `notices:` in faci.yml, or `terminal` when none is configured. */
  readonly channel: string
  /** Notices with the same thread belong to one root message: the run's or incident's id. null stands alone. */
  readonly thread: string | null
  readonly incident: NoticeIncident | null
  readonly severity: NoticeSeverity
  readonly state: NoticeState
  readonly title: string
  readonly body: string
  readonly facts: readonly NoticeFact[]
  readonly service: string
  readonly environment: string
  /** Empty where those who read it are told no names. */
  readonly operator: string
  readonly host: string
  readonly createdAt: IsoTime
  /** Whom it pages: they are mentioned, or written to at their own address. */
  readonly paged?: readonly PagedPerson[]
  /** Of what is sent to the fallback channel: the notice that waits for its own. */
  readonly insteadOf?: {readonly channel: string; readonly id: string}
  /** Channels that are told the same, each by a notice of its own. */
  readonly besides?: readonly string[]
  /** The ids of those that it was made of, which are not sent themselves. */
  readonly folds?: readonly string[]
}

/** Where a channel put a message, so that it can be edited and answered in its thread. Opaque outside the adapter. */
export interface MessageReference {
  readonly channel: string
  readonly id: string
}

/**
 * What became of a notice: `pending` and `rejected` ones wait in the outbox, a `dropped` one was given up by a person, an `unconfirmed`
 * one may have arrived but was not kept, a `lost` one was neither sent nor kept. A `held` one waits for a time, as faci.yml wants it.
 */
export type DeliveryStatus = 'delivered' | 'pending' | 'rejected' | 'dropped' | 'unconfirmed' | 'lost' | 'held'

export interface NoticeDelivery<Reason = NoticeReason> {
  readonly id: string
  readonly channel: string
  readonly title: string
  readonly status: DeliveryStatus
  /** Why it is not delivered, or how it was when not as usual. */
  readonly reason: Reason | null
}

/** Whether it is in the outbox, for `faci notify flush` to try again. */
export function stillWaits(status: DeliveryStatus): boolean {
  return status === 'pending' || status === 'rejected'
}

/** In a final state the root message of a thread is rewritten, so that the channel shows how it ended. */
export function isFinal(state: NoticeState): boolean {
  return state === 'resolved' || state === 'unresolved' || state === 'unknown'
}
