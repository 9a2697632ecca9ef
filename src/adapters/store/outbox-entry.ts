import type {MessageReference} from '../../domain/notices/notice.js'
import type {AfterAttempt, Attempt, OutboxEntry} from '../../ports/outbox.js'

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string'
const time: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value)
const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const found: Readonly<Record<string, unknown>> = {...value}
    return Object.entries(fields).every(([name, check]) => check(found[name]))
  }

const isReference = shape({channel: text, id: text})

const isNotice = shape({
  ...{id: text, channel: text, title: text, body: text},
  ...{service: text, environment: text, operator: text, host: text},
  thread: nullable(text),
  severity: oneOf('critical', 'warning', 'info'),
  state: oneOf('started', 'update', 'resolved', 'unresolved', 'unknown', 'info'),
  facts: listOf(shape({name: text, value: text})),
  createdAt: time,
})

const isEntry = shape({
  notice: isNotice,
  attempts: listOf(shape({at: time, outcome: oneOf('delivered', 'failed', 'rejected'), reason: nullable(text)})),
  status: oneOf('pending', 'delivered', 'rejected'),
  nextTryAt: nullable(time),
  message: nullable(isReference),
  // Entries of earlier versions have no such field.
  unconfirmedSince: optional(time),
})

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

/** null for a file that is no outbox entry of that id, whole and well-formed. */
export function parseOutboxEntry(content: string, id: string): OutboxEntry | null {
  const value = parse(content)
  if (!isEntry(value)) return null
  const entry = value as Omit<OutboxEntry, 'unconfirmedSince'> & Partial<Pick<OutboxEntry, 'unconfirmedSince'>>
  return entry.notice.id === id ? {...entry, unconfirmedSince: entry.unconfirmedSince ?? null} : null
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
  }
}
