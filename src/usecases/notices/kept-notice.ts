import type {NoticeDelivery} from '../../domain/notices/notice.js'
import type {Failure} from '../../domain/notices/undelivered.js'
import type {Outbox, OutboxEntry} from '../../ports/outbox.js'

export type KeptNotice = Pick<NoticeDelivery, 'status' | 'reason'>

/** Of what waits the last attempt failed, and says why; an outbox in which it does not says nothing. */
export function lastReason({attempts}: Pick<OutboxEntry, 'attempts'>): Failure {
  const last = attempts.at(-1)
  if (last === undefined || last.outcome === 'delivered' || last.reason === null) return {why: 'notTried'}
  // A note is only of what was delivered.
  return last.reason as Failure
}

/** What a notice stands at that is still to be sent, and why. */
export function waitingNotice(entry: OutboxEntry): KeptNotice {
  const {held, status} = entry
  if (held !== null && status === 'pending') return {status: 'held', reason: {why: 'held', ...held}}
  return {status: status === 'rejected' ? 'rejected' : 'pending', reason: lastReason(entry)}
}

const SETTLED = {delivered: 'delivered', dropped: 'dropped', folded: 'dropped', unreadable: 'lost'} as const
const WHY = {delivered: null, dropped: {why: 'givenUp'}, folded: null, unreadable: {why: 'fileUnreadable'}} as const

/** What became of a notice that the outbox knows; null: it was never put there. */
export async function keptNotice(outbox: Pick<Outbox, 'fate' | 'pending'>, id: string): Promise<KeptNotice | null> {
  const fate = await outbox.fate(id)
  if (fate === 'missing') return null
  if (fate !== 'waiting') return {status: SETTLED[fate], reason: WHY[fate]}
  const entry = (await outbox.pending()).find(({notice}) => notice.id === id)
  return entry === undefined ? {status: 'pending', reason: {why: 'notTried'}} : waitingNotice(entry)
}
