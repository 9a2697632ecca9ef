import type {Attempt, OutboxEntry} from '../../ports/outbox.js'

function isEntry(value: unknown): value is OutboxEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'notice' in value &&
    typeof value.notice === 'object' &&
    value.notice !== null &&
    'id' in value.notice &&
    'attempts' in value &&
    Array.isArray(value.attempts) &&
    'status' in value
  )
}

/** null for a file that is no outbox entry. */
export function parseOutboxEntry(text: string): OutboxEntry | null {
  try {
    const value: unknown = JSON.parse(text)
    return isEntry(value) ? value : null
  } catch {
    return null
  }
}

const STATUS_AFTER = {delivered: 'delivered', failed: 'pending', rejected: 'rejected'} as const

export function withAttempt(
  entry: OutboxEntry,
  attempt: Attempt,
  next: Pick<OutboxEntry, 'nextTryAt' | 'message'>,
): OutboxEntry {
  return {
    notice: entry.notice,
    attempts: [...entry.attempts, attempt],
    status: STATUS_AFTER[attempt.outcome],
    nextTryAt: next.nextTryAt,
    message: next.message ?? entry.message,
  }
}
