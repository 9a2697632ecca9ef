import type {MessageReference, Notice} from '../../domain/notices/notice.js'
import type {AfterAttempt, Attempt, OutboxEntry} from '../../ports/outbox.js'
import {isNoticeReason} from './notice-reason.js'
import {listOf, nullable, number, oneOf, optional, shape, text, time} from './shape.js'

const isReference = shape({channel: text, id: text})

const isIncident = shape({
  ...{id: text, handle: text, subject: text},
  priority: oneOf('P0', 'P1', 'P2'),
  reopenings: number,
  step: oneOf('opened', 'acknowledged', 'updated', 'mitigated', 'resolved', 'reopened', 'due', 'escalated'),
  pages: optional(text),
  pageStays: optional(oneOf('others', 'unknown')),
})

const isPaged = shape({name: text, email: nullable(text), slack: nullable(text), pagerduty: nullable(text)})

const isNotice = shape({
  ...{id: text, channel: text, title: text, body: text},
  ...{service: text, environment: text, operator: text, host: text},
  thread: nullable(text),
  // Entries of before December 2026 have no such field.
  incident: optional(nullable(isIncident)),
  severity: oneOf('critical', 'warning', 'info'),
  state: oneOf('started', 'update', 'resolved', 'unresolved', 'attention', 'unknown', 'info'),
  facts: listOf(shape({name: text, value: text, slackMember: optional(text)})),
  createdAt: time,
  paged: optional(listOf(isPaged)),
  folds: optional(listOf(text)),
  besides: optional(listOf(text)),
  insteadOf: optional(shape({channel: text, id: text})),
})

const isEntry = shape({
  notice: isNotice,
  // A sentence before December 2026.
  attempts: listOf(
    shape({
      at: time,
      outcome: oneOf('delivered', 'failed', 'rejected'),
      reason: (value) => value === null || text(value) || isNoticeReason(value),
    }),
  ),
  status: oneOf('pending', 'delivered', 'rejected'),
  nextTryAt: nullable(time),
  message: nullable(isReference),
  // Entries of earlier versions have no such field.
  unconfirmedSince: optional(time),
  remaining: optional(nullable(listOf(text))),
  repeats: optional(number),
  held: optional(nullable(shape({by: oneOf('quiet', 'limit'), until: time}))),
  fallback: optional(nullable(shape({channel: text, noticeId: text, at: time}))),
})

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

type KeptAttempt = Omit<Attempt, 'reason'> & {readonly reason: Attempt['reason'] | string}

/** What entries of earlier versions lack. */
type Later = 'unconfirmedSince' | 'remaining' | 'repeats' | 'held' | 'fallback'

/** As any faci may have written it. */
type KeptEntry = Omit<OutboxEntry, Later | 'attempts' | 'notice'> &
  Partial<Pick<OutboxEntry, Later>> & {
    readonly attempts: readonly KeptAttempt[]
    readonly notice: Omit<Notice, 'incident'> & Partial<Pick<Notice, 'incident'>>
  }

/** null for a file that is no outbox entry of that id, whole and well-formed. */
export function parseOutboxEntry(content: string, id: string): OutboxEntry | null {
  const value = parse(content)
  if (!isEntry(value)) return null
  const entry = value as KeptEntry
  if (entry.notice.id !== id) return null
  const attempts = entry.attempts.map(({reason, ...rest}) => ({
    ...rest,
    reason: typeof reason === 'string' ? ({why: 'told', text: reason} as const) : reason,
  }))
  const notice = {...entry.notice, incident: entry.notice.incident ?? null}
  const {unconfirmedSince = null, remaining = null, repeats = 0, held = null, fallback = null} = entry
  return {...entry, notice, attempts, unconfirmedSince, remaining, repeats, held, fallback}
}

/** null for a file that does not say where a message is. */
export function parseReference(content: string): MessageReference | null {
  const value = parse(content)
  return isReference(value) ? (value as MessageReference) : null
}

const STATUS_AFTER = {delivered: 'delivered', failed: 'pending', rejected: 'rejected'} as const

export function withAttempt(entry: OutboxEntry, attempt: Attempt, after: AfterAttempt): OutboxEntry {
  return {
    notice: entry.notice,
    attempts: [...entry.attempts, attempt],
    status: STATUS_AFTER[attempt.outcome],
    nextTryAt: after.nextTryAt,
    message: after.message ?? entry.message,
    unconfirmedSince: after.unconfirmed ? (entry.unconfirmedSince ?? attempt.at) : null,
    remaining: after.remaining ?? entry.remaining,
    repeats: after.repeats,
    held: entry.held,
    fallback: entry.fallback,
  }
}
