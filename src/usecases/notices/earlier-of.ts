import type {Notice} from '../../domain/notices/notice.js'
import {isGivenUp} from '../../domain/notices/retry-delay.js'
import type {OutboxEntry} from '../../ports/outbox.js'

/** Of what waits, oldest first, what its thread has to be told before it. What is rejected or given up holds up nothing. */
export function earlierOf(waiting: readonly OutboxEntry[], {id, thread, channel}: Notice): readonly OutboxEntry[] {
  if (thread === null) return []
  const own = waiting.findIndex((entry) => entry.notice.id === id)
  const before = own === -1 ? waiting : waiting.slice(0, own)
  return before.filter(
    (entry) =>
      entry.notice.thread === thread &&
      entry.notice.channel === channel &&
      entry.status === 'pending' &&
      entry.held === null &&
      !isGivenUp(entry),
  )
}
