import {isFinal} from '../../domain/notice/notice.js'
import type {MessageReference, Notice, NoticeDelivery} from '../../domain/notice/notice.js'
import {retryDelaySeconds} from '../../domain/notice/retry-delay.js'
import type {Clock} from '../../ports/clock.js'
import type {Delivery, Notifier} from '../../ports/notifier.js'
import type {Outbox, OutboxEntry} from '../../ports/outbox.js'

export interface DeliverEntryDeps {
  readonly outbox: Outbox
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
}

const STATUS = {delivered: 'delivered', failed: 'pending', rejected: 'rejected'} as const

function reasonOf(delivery: Delivery): string | null {
  return delivery.kind === 'delivered' ? (delivery.note ?? null) : delivery.reason
}

/** Posts it into its thread and, when that is how it ended, rewrites the root. What was posted before is not posted again. */
async function perform(
  notifier: Notifier,
  {notice, message}: OutboxEntry,
  root: MessageReference | null,
): Promise<{readonly delivery: Delivery; readonly message: MessageReference | null}> {
  const sent: Delivery = message === null ? await notifier.send(notice, root) : {kind: 'delivered', message}
  if (sent.kind !== 'delivered') return {delivery: sent, message: null}
  const isReply = root !== null && root.id !== sent.message?.id
  if (!isReply || !isFinal(notice.state)) return {delivery: sent, message: sent.message}
  return {delivery: await notifier.edit(root, notice), message: sent.message}
}

function nextTryAt(delivery: Delivery, attempts: number, clock: Clock): string | null {
  if (delivery.kind !== 'failed') return null
  const seconds = retryDelaySeconds(attempts, delivery.retryAfterSeconds)
  return new Date(clock.now().getTime() + seconds * 1000).toISOString()
}

function rootFor(outbox: Outbox, notifier: Notifier, notice: Notice): Promise<MessageReference | null> {
  const {thread, channel} = notice
  return notifier.threaded && thread !== null ? outbox.root(channel, thread) : Promise.resolve(null)
}

/** Tries to deliver one notice and records the attempt. The right to send to its channel must be held. */
export async function deliverEntry(deps: DeliverEntryDeps, entry: OutboxEntry): Promise<NoticeDelivery> {
  const {outbox, notifiers, clock} = deps
  const {id, channel, title} = entry.notice
  const notifier = notifiers.find((candidate) => candidate.channel === channel)
  const root = notifier === undefined ? null : await rootFor(outbox, notifier, entry.notice)
  const {delivery, message} =
    notifier === undefined
      ? {delivery: {kind: 'rejected', reason: `${channel} is not configured under notices:`} as const, message: null}
      : await perform(notifier, entry, root)
  const reason = reasonOf(delivery)
  await outbox.record(
    id,
    {at: clock.now().toISOString(), outcome: delivery.kind, reason},
    {nextTryAt: nextTryAt(delivery, entry.attempts.length + 1, clock), message},
  )
  return {id, channel, title, status: STATUS[delivery.kind], reason}
}
