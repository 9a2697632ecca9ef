import type {NoticeDelivery} from '../../domain/notice/notice.js'
import type {FlushReport} from '../../domain/notice/notice-report.js'
import type {Result} from '../../domain/result.js'
import type {OutboxEntry} from '../../ports/outbox.js'
import {deliverEntry} from './deliver-entry.js'
import type {DeliverEntryDeps} from './deliver-entry.js'

function untouched({notice}: OutboxEntry, reason: string): NoticeDelivery {
  const {id, channel, title} = notice
  return {id, channel, title, status: 'pending', reason}
}

/** Oldest first. A channel that is down is asked once, and a thread whose earlier notice waits has to wait with it. */
async function flushEntries(
  deps: DeliverEntryDeps,
  entries: readonly OutboxEntry[],
): Promise<readonly NoticeDelivery[]> {
  const deliveries: NoticeDelivery[] = []
  const stuckThreads = new Set<string>()
  let down: string | null = null
  for (const entry of entries) {
    const {thread} = entry.notice
    if (down !== null || (thread !== null && stuckThreads.has(thread))) {
      deliveries.push(untouched(entry, down ?? 'an earlier notice of its thread waits'))
      continue
    }
    const delivery = await deliverEntry(deps, entry)
    deliveries.push(delivery)
    if (delivery.status === 'pending') down = delivery.reason
    if (delivery.status !== 'delivered' && thread !== null) stuckThreads.add(thread)
  }
  return deliveries
}

async function flushChannel(deps: DeliverEntryDeps, channel: string): Promise<readonly NoticeDelivery[]> {
  const waiting = async (): Promise<readonly OutboxEntry[]> =>
    (await deps.outbox.pending()).filter(({notice}) => notice.channel === channel)
  const right = await deps.outbox.claim(channel)
  if (right === null)
    return (await waiting()).map((entry) => untouched(entry, 'another faci is sending to this channel'))
  try {
    return await flushEntries(deps, await waiting())
  } finally {
    await right.release()
  }
}

/** Tries every undelivered notice again, rejected ones too: somebody may have mended the cause. */
export async function flushOutbox(deps: DeliverEntryDeps): Promise<Result<FlushReport>> {
  const channels = new Set((await deps.outbox.pending()).map(({notice}) => notice.channel))
  const deliveries = (await Promise.all([...channels].map((channel) => flushChannel(deps, channel)))).flat()
  const delivered = deliveries.filter(({status}) => status === 'delivered')
  const waiting = deliveries.filter(({status}) => status !== 'delivered')
  return {verdict: waiting.length === 0 ? 'ok' : 'undelivered', data: {delivered, waiting}}
}
