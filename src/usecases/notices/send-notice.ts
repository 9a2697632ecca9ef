import {FaciError} from '../../domain/errors.js'
import {boundNotice} from '../../domain/notices/bound-notice.js'
import {maskNotice} from '../../domain/notices/mask-notice.js'
import type {DeliveryStatus, Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import type {Failure, NoticeReason, Undelivered} from '../../domain/notices/undelivered.js'
import type {Hold} from '../../domain/notices/hold.js'
import type {OutboxEntry} from '../../ports/outbox.js'
import {isDue, isHeldBack} from '../../domain/notices/retry-delay.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {Notifier} from '../../ports/notifier.js'
import {safely, whatThrew} from './call-notifier.js'
import {claimPatiently} from './claim-channel.js'
import {becameOf, deliverEntry, whyNobody} from './deliver-entry.js'
import {fallBack, withFallback} from './fall-back.js'
import {heldElsewhere, holdFor, letGo} from './hold-back.js'
import {earlierOf} from './earlier-of.js'
import {heldUpBy, isHeldUp} from './holds-up.js'
import type {DeliverEntryDeps} from './deliver-entry.js'

export interface SendNoticeDeps extends DeliverEntryDeps {
  readonly masker: Masker
}

function deliveryOf({id, channel, title}: Notice, status: DeliveryStatus, reason: NoticeReason): NoticeDelivery {
  return {id, channel, title, status, reason}
}

/** What several notices were made into comes before what follows them; it holds up nothing. */
async function deliverSummaries(
  deps: SendNoticeDeps,
  notifier: Notifier,
  entries: readonly OutboxEntry[],
  own: OutboxEntry | undefined,
): Promise<void> {
  const isSummary = ({notice}: OutboxEntry): boolean =>
    notice.channel === notifier.channel && notice.folds !== undefined && notice.thread === null
  for (const entry of entries)
    if (entry !== own && isSummary(entry) && isDue(entry, deps.clock.now())) await deliverEntry(deps, notifier, entry)
}

/** A thread is posted in order: what comes before is tried first, and while it waits this does. */
async function deliverInOrder(
  deps: SendNoticeDeps,
  notifier: Notifier,
  notice: Notice,
  grave: string | null,
): Promise<NoticeDelivery> {
  const {id, channel, title} = notice
  await letGo(deps, channel, grave)
  const entries = await deps.outbox.pending()
  const own = entries.find((entry) => entry.notice.id === id || entry.notice.folds?.includes(id))
  const earlier = whyNobody(deps.notifiers, channel) === null ? earlierOf(entries, own?.notice ?? notice) : []
  for (const entry of earlier) {
    const turn = {
      id,
      channel,
      title,
      status: 'pending',
      reason: {why: 'afterEarlier', earlier: entry.notice.id},
    } as const
    // There is a request to be made anyway, unless the service asked for patience.
    if (isHeldBack(entry, deps.clock.now())) return turn
    const {delivery, asksToWait} = await deliverEntry(deps, notifier, entry)
    if (asksToWait) return {...turn, reason: delivery.reason}
    if (isHeldUp(notice, await heldUpBy(deps.outbox, notifier, entry.notice, delivery.status))) return turn
  }
  await deliverSummaries(deps, notifier, entries, own)
  // No longer waiting: whoever held the right before has sent it, or given it up.
  if (own === undefined) return becameOf(deps.outbox, notice)
  return {...(await deliverEntry(deps, notifier, own)).delivery, id, title}
}

/** `grave`: a thread of which nothing is held back any more. */
async function deliver(deps: SendNoticeDeps, notice: Notice, grave: string | null = null): Promise<NoticeDelivery> {
  const notifier = deps.notifiers.find(({channel}) => channel === notice.channel)
  if (notifier === undefined || notifier.reach.kind === 'nobody')
    return deliveryOf(notice, 'pending', whyNobody(deps.notifiers, notice.channel) ?? {why: 'notTried'})
  const right = await claimPatiently(deps, notice.channel)
  if (right === null) return deliveryOf(notice, 'pending', {why: 'busy'})
  try {
    return await deliverInOrder(deps, notifier, notice, grave)
  } finally {
    await right.release()
  }
}

/** What waits too long, this or another, goes to the fallback channel as well. */
async function deliverOrFallBack(deps: SendNoticeDeps, notice: Notice): Promise<NoticeDelivery> {
  const delivery = await deliver(deps, notice)
  for (const held of await heldElsewhere(deps, notice)) await deliver(deps, held, held.thread)
  if (deps.fallback === undefined || deps.fallback === null) return delivery
  for (const copy of await fallBack(deps, notice.channel)) await deliver(deps, copy)
  const [told = delivery] = await withFallback(deps.outbox, [delivery])
  return told
}

/** What cannot be kept is sent at once or never. */
async function sendUnkept(deps: SendNoticeDeps, notice: Notice, problem: Failure): Promise<NoticeDelivery> {
  const notifier = deps.notifiers.find(({channel}) => channel === notice.channel)
  if (notifier === undefined || notifier.reach.kind === 'nobody') {
    const reason = whyNobody(deps.notifiers, notice.channel) ?? {why: 'notTried'}
    return deliveryOf(notice, 'lost', {why: 'neitherKept', reason, problem})
  }
  const delivery = await safely(() => notifier.send(notice, null))
  if (delivery.kind === 'delivered')
    return deliveryOf(notice, 'delivered', {why: 'notKept', note: delivery.note ?? null, problem})
  const mayHaveArrived = delivery.partly !== undefined || (delivery.kind === 'failed' && delivery.mayHaveArrived)
  const reason: Undelivered = {why: 'neitherKept', reason: delivery.reason, problem}
  return deliveryOf(notice, mayHaveArrived ? 'unconfirmed' : 'lost', reason)
}

function reasonOf(error: unknown): Failure {
  return error instanceof FaciError ? {why: 'error', text: error.message} : whatThrew(error)
}

/**
 * Puts a notice in the outbox, then tries to deliver it once; what the outbox cannot take is sent all the same. Never throws: what chat
 * or outbox could not do is in the answer.
 */
export async function sendNotice(deps: SendNoticeDeps, notice: Notice): Promise<NoticeDelivery> {
  const sent = boundNotice(maskNotice(notice, deps.masker))
  let held: Hold | null = null
  try {
    held = await holdFor(deps, sent)
    await deps.outbox.put(sent, held)
  } catch (error) {
    return sendUnkept(deps, sent, reasonOf(error))
  }
  try {
    if (held !== null) return deliveryOf(sent, 'held', {why: 'held', ...held})
    return await deliverOrFallBack(deps, sent)
  } catch (error) {
    return deliveryOf(sent, 'pending', reasonOf(error))
  }
}
