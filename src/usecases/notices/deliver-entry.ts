import {FaciError} from '../../domain/errors.js'
import {isFinal} from '../../domain/notices/notice.js'
import type {MessageReference, Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import type {DeliveryNote, Failure, Undelivered} from '../../domain/notices/undelivered.js'
import {retryDelaySeconds} from '../../domain/notices/retry-delay.js'
import type {Clock} from '../../ports/clock.js'
import type {Delivery, Notifier} from '../../ports/notifier.js'
import type {AfterAttempt, Attempt, Outbox, OutboxEntry} from '../../ports/outbox.js'
import {safely, safelyFound} from './call-notifier.js'

export interface DeliverEntryDeps {
  readonly outbox: Outbox
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
}

/** What an attempt came to. */
interface Outcome {
  readonly delivery: Delivery
  /** Where the message is, once it is in the channel. */
  readonly message: MessageReference | null
  readonly unconfirmed: boolean
  readonly remaining?: readonly string[]
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

/** Whether a post whose end nobody saw has arrived; null when it is to be posted: it surely has not, or a second time does no harm. */
async function lookFor(
  notifier: Notifier,
  {notice, unconfirmedSince}: OutboxEntry,
  root: MessageReference | null,
): Promise<Outcome | null> {
  if (unconfirmedSince === null) return null
  const seen = await safelyFound(() => notifier.find(notice, root, unconfirmedSince))
  switch (seen.kind) {
    case 'absent':
    case 'repeatable':
      return null
    case 'found':
      return {delivery: {kind: 'delivered', message: seen.message}, message: seen.message, unconfirmed: false}
    case 'unseen': {
      const {reason, retryAfterSeconds} = seen
      const delivery: Delivery = {kind: 'failed', reason, retryAfterSeconds, mayHaveArrived: true}
      return {delivery, message: null, unconfirmed: true}
    }
    case 'blind':
      return {delivery: {kind: 'rejected', reason: seen.reason}, message: null, unconfirmed: true}
  }
}

async function post(
  {outbox, clock}: DeliverEntryDeps,
  notifier: Notifier,
  {notice, remaining}: OutboxEntry,
  root: MessageReference | null,
): Promise<Outcome> {
  await outbox.begin(notice.id, clock.now().toISOString())
  const delivery = await safely(() => notifier.send(notice, root, remaining ?? undefined))
  const unconfirmed = delivery.kind === 'failed' && delivery.mayHaveArrived
  if (delivery.kind !== 'delivered') return {message: null, unconfirmed, ...delivery.partly, delivery}
  return {delivery, message: delivery.message, unconfirmed, ...(remaining === null ? {} : {remaining: []})}
}

/** Posts it into its thread and, when that is how it ended, rewrites the root. What was posted before is not posted again. */
async function perform(
  deps: DeliverEntryDeps,
  notifier: Notifier,
  entry: OutboxEntry,
  root: MessageReference | null,
): Promise<Outcome> {
  const {notice, message, remaining} = entry
  const posted: Outcome =
    message === null || (remaining ?? []).length > 0
      ? ((await lookFor(notifier, entry, root)) ?? (await post(deps, notifier, entry, root)))
      : {delivery: {kind: 'delivered', message}, message, unconfirmed: false}
  if (posted.delivery.kind !== 'delivered') return posted
  const isReply = root !== null && root.id !== posted.message?.id
  if (!isReply || !isFinal(notice.state)) return posted
  return {...posted, delivery: await safely(() => notifier.edit(root, notice))}
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

async function attempt(deps: DeliverEntryDeps, notifier: Notifier, entry: OutboxEntry): Promise<DeliveredEntry> {
  const {outbox, clock} = deps
  const {id, channel, title} = entry.notice
  const root = await rootFor(outbox, notifier, entry.notice)
  const {delivery, ...left} = await perform(deps, notifier, entry, root)
  const after = {nextTryAt: nextTryAt(delivery, entry.attempts.length + 1, clock), ...left}
  const unrecorded = await record(outbox, id, delivery, after, clock)
  const asksToWait = delivery.kind === 'failed' && delivery.retryAfterSeconds !== null
  const reason = unrecorded ?? reasonOf(delivery)
  return {delivery: {id, channel, title, status: STATUS[delivery.kind], reason}, asksToWait}
}

const VANISHED = {
  waiting: {status: 'pending', reason: {why: 'notTried'}},
  delivered: {status: 'delivered', reason: null},
  dropped: {status: 'dropped', reason: {why: 'givenUp'}},
  unreadable: {status: 'lost', reason: {why: 'fileUnreadable'}},
  missing: {status: 'lost', reason: {why: 'fileGone'}},
} as const

/** What became of a notice that this process has not sent although it was to. */
export async function becameOf(outbox: Outbox, {id, channel, title}: Notice): Promise<NoticeDelivery> {
  return {id, channel, title, ...VANISHED[await outbox.fate(id)]}
}

/**
 * Tries to deliver one notice and records the attempt. The right to send to its channel must be held. One that vanishes from the outbox,
 * or cannot be written there, says so of itself and keeps no other from being tried.
 */
export async function deliverEntry(
  deps: DeliverEntryDeps,
  notifier: Notifier,
  entry: OutboxEntry,
): Promise<DeliveredEntry> {
  try {
    return await attempt(deps, notifier, entry)
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
