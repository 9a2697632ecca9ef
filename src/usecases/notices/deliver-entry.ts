import {FaciError} from '../../domain/errors.js'
import type {MessageReference, Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import type {DeliveryNote, Failure, Undelivered} from '../../domain/notices/undelivered.js'
import {retryDelaySeconds} from '../../domain/notices/retry-delay.js'
import type {Clock} from '../../ports/clock.js'
import type {Delivery, Notifier} from '../../ports/notifier.js'
import type {AfterAttempt, Attempt, Outbox, OutboxEntry} from '../../ports/outbox.js'
import type {FallBackDeps} from './fall-back.js'
import type {HoldBackDeps} from './hold-back.js'
import {postEntry} from './post-entry.js'

export interface DeliverEntryDeps extends FallBackDeps, HoldBackDeps {
  readonly notifiers: readonly Notifier[]
}

interface DeliveredEntry {
  readonly delivery: NoticeDelivery
  /** The service asked for patience: there is no use in trying the next one. */
  readonly asksToWait: boolean
}

const STATUS = {delivered: 'delivered', failed: 'pending', rejected: 'rejected'} as const

function reasonOf(delivery: Delivery): Attempt['reason'] {
  return delivery.kind === 'delivered' ? (delivery.note ?? null) : delivery.reason
}

/** What is undelivered for this reason, untouched. */
export function waits({notice: {id, channel, title}, status}: OutboxEntry, reason: Undelivered): NoticeDelivery {
  return {id, channel, title, status: status === 'rejected' ? 'rejected' : 'pending', reason}
}

/** Why this channel takes nothing that waits for it; null when it does. */
export function whyNobody(notifiers: readonly Notifier[], channel: string): Failure | null {
  const reach = notifiers.find((candidate) => candidate.channel === channel)?.reach
  if (reach === undefined) return {why: 'noSuchChannel', channel}
  return reach.kind === 'people' ? null : reach.why
}

function rootFor(outbox: Outbox, notifier: Notifier, {thread, channel}: Notice): Promise<MessageReference | null> {
  return notifier.threaded && thread !== null ? outbox.root(channel, thread) : Promise.resolve(null)
}

function nextTryAt(delivery: Delivery, attempts: number, clock: Clock): string | null {
  if (delivery.kind !== 'failed') return null
  const seconds = retryDelaySeconds(attempts, delivery.retryAfterSeconds)
  return new Date(clock.now().getTime() + seconds * 1000).toISOString()
}

/** Why what people have got could not be recorded, which changes nothing for them; null when it was. */
async function record(
  outbox: Outbox,
  id: string,
  delivery: Delivery,
  after: AfterAttempt,
  clock: Clock,
): Promise<DeliveryNote | null> {
  const attempt = {at: clock.now().toISOString(), outcome: delivery.kind, reason: reasonOf(delivery)}
  try {
    await outbox.record(id, attempt, after)
    return null
  } catch (error) {
    if (!(error instanceof FaciError) || delivery.kind !== 'delivered') throw error
    return {why: 'notRecorded', problem: {why: 'error', text: error.message}}
  }
}

/** Whether its own channel has taken what was to go to the fallback channel in its place. */
async function isNeedless(outbox: Outbox, {notice, message, unconfirmedSince}: OutboxEntry): Promise<boolean> {
  if (notice.insteadOf === undefined || message !== null || unconfirmedSince !== null) return false
  return (await outbox.fate(notice.insteadOf.id)) === 'delivered'
}

async function attempt(
  deps: DeliverEntryDeps,
  notifier: Notifier,
  entry: OutboxEntry,
  isResend: boolean,
): Promise<DeliveredEntry> {
  const {outbox, clock} = deps
  const {id, channel, title} = entry.notice
  if (await isNeedless(outbox, entry)) {
    await outbox.drop(id)
    return {delivery: {id, channel, title, status: 'dropped', reason: null}, asksToWait: false}
  }
  const root = await rootFor(outbox, notifier, entry.notice)
  const {delivery, ...left} = await postEntry(deps, notifier, entry, root, isResend)
  const isRoot = delivery.kind === 'delivered' && delivery.isNewRoot === true
  const after = {...left, isRoot, nextTryAt: nextTryAt(delivery, entry.attempts.length + 1, clock)}
  const unrecorded = await record(outbox, id, delivery, after, clock)
  const asksToWait = delivery.kind === 'failed' && delivery.retryAfterSeconds !== null
  const reason = unrecorded ?? reasonOf(delivery)
  return {delivery: {id, channel, title, status: STATUS[delivery.kind], reason}, asksToWait}
}

const VANISHED = {
  waiting: {status: 'pending', reason: {why: 'notTried'}},
  delivered: {status: 'delivered', reason: null},
  dropped: {status: 'dropped', reason: {why: 'givenUp'}},
  folded: {status: 'pending', reason: {why: 'notTried'}},
  unreadable: {status: 'lost', reason: {why: 'fileUnreadable'}},
  missing: {status: 'lost', reason: {why: 'fileGone'}},
} as const

/** What became of a notice that this process has not sent although it was to. */
export async function becameOf(outbox: Outbox, {id, channel, title}: Notice): Promise<NoticeDelivery> {
  return {id, channel, title, ...VANISHED[await outbox.fate(id)]}
}

/**
 * Tries to deliver one notice and records the attempt. The right to send to its channel must be held. One that vanishes from the outbox,
 * or cannot be written there, says so of itself and keeps no other from being tried. `isResend`: also if it may have arrived.
 */
export async function deliverEntry(
  deps: DeliverEntryDeps,
  notifier: Notifier,
  entry: OutboxEntry,
  isResend = false,
): Promise<DeliveredEntry> {
  try {
    return await attempt(deps, notifier, entry, isResend)
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    const {id, channel, title} = entry.notice
    const delivery: NoticeDelivery =
      error.code === 'notFound'
        ? await becameOf(deps.outbox, entry.notice)
        : {id, channel, title, status: 'pending', reason: {why: 'error', text: error.message}}
    return {delivery, asksToWait: false}
  }
}
