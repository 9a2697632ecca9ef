import type {Notice} from '../../domain/notices/notice.js'
import {isGivenUp} from '../../domain/notices/retry-delay.js'
import type {OutboxEntry} from '../../ports/outbox.js'

/** Of what waits, oldest first, what its thread has to be told before it. Of what was rejected the first: its cause may be mended by now. What was given up comes later. */
export function earlierOf(waiting: readonly OutboxEntry[], {id, thread, channel}: Notice): readonly OutboxEntry[] {
  if (thread === null) return []
  const at = waiting.findIndex((entry) => entry.notice.id === id)
  const before = at === -1 ? waiting : waiting.slice(0, at)
  const own = before.filter(
    (entry) =>
      entry.notice.thread === thread && entry.notice.channel === channel && entry.held === null && !isGivenUp(entry),
  )
  const firstRejected = own.find(({status}) => status === 'rejected')
  return own.filter((entry) => entry.status === 'pending' || entry === firstRejected)
}
