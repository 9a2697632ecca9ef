import type {Notice} from '../../domain/notices/notice.js'
import {isGivenUp} from '../../domain/notices/retry-delay.js'
import type {Notifier} from '../../ports/notifier.js'
import type {Outbox, OutboxEntry} from '../../ports/outbox.js'
import {holdsUp} from './holds-up.js'

/** Of what waits, oldest first, what its thread has to be told before it. What was given up holds up nothing. */
export async function earlierOf(
  outbox: Pick<Outbox, 'root'>,
  notifier: Notifier,
  waiting: readonly OutboxEntry[],
  {id, thread, channel}: Notice,
): Promise<readonly OutboxEntry[]> {
  if (thread === null) return []
  const at = waiting.findIndex((entry) => entry.notice.id === id)
  const before = at === -1 ? waiting : waiting.slice(0, at)
  const own = before.filter(
    (entry) =>
      entry.notice.thread === thread && entry.notice.channel === channel && entry.held === null && !isGivenUp(entry),
  )
  const holds = await Promise.all(own.map(({notice, status}) => holdsUp(outbox, notifier, notice, status)))
  return own.filter((_, index) => holds[index])
}
