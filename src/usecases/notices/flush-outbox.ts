import {FaciError} from '../../domain/errors.js'
import type {NoticeDelivery} from '../../domain/notices/notice.js'
import type {FlushReport} from '../../domain/notices/notice-report.js'
import type {Undelivered} from '../../domain/notices/undelivered.js'
import {isSettled} from '../../domain/notices/settled.js'
import {isDue, isGivenUp} from '../../domain/notices/retry-delay.js'
import type {Result} from '../../domain/result.js'
import type {Notifier} from '../../ports/notifier.js'
import type {OutboxEntry} from '../../ports/outbox.js'
import {deliverEntry, waits, whyNobody} from './deliver-entry.js'
import type {DeliverEntryDeps} from './deliver-entry.js'
import {lastReason} from './kept-notice.js'
import {type Held, heldUpBy, isHeldUp} from './holds-up.js'
import {letGo} from './hold-back.js'
import {fallBackFrom, withFallback} from './fall-back.js'

export interface FlushInput {
  /** Also what is not due yet, or was given up. */
  readonly now: boolean
  /** A notice to post again although the channel may have it: a person has looked. */
  readonly resend: string | null
}

const AUTOMATIC: FlushInput = {now: false, resend: null}
/** One notice can fail for a reason of its own; two in a row are the channel. */
const DOWN_AFTER = 2

function whyLater(entry: OutboxEntry, {now, resend}: FlushInput, at: Date): Undelivered | null {
  if (now || resend === entry.notice.id) return null
  const last = lastReason(entry)
  if (isGivenUp(entry)) return {why: 'triedOften', attempts: entry.attempts.length, last}
  const {nextTryAt} = entry
  return nextTryAt === null || isDue(entry, at) ? null : {why: 'tryLater', nextTryAt, last}
}

/** Why it is not tried this time, whatever the channel's state; null when it is. */
function whyNotNow(deps: DeliverEntryDeps, entry: OutboxEntry, input: FlushInput): Undelivered | null {
  return whyNobody(deps.notifiers, entry.notice.channel) ?? whyLater(entry, input, deps.clock.now())
}

/** Of what was just tried and waits on. */
function whyDown({reason}: NoticeDelivery): Undelivered {
  return (reason as Undelivered | null) ?? {why: 'notTried'}
}

interface Flushing {
  readonly deliveries: NoticeDelivery[]
  /** The first of each thread that holds up others. */
  readonly heads: Map<string, {readonly id: string; readonly holds: Held}>
  /** In a row. */
  failures: number
  down: Undelivered | null
}

/** A thread is told in order, as far as what comes before can be told at all. */
function whyNotItsTurn({heads}: Flushing, {notice}: OutboxEntry, {resend}: FlushInput): Undelivered | null {
  const head = heads.get(notice.thread ?? '')
  if (head === undefined || resend === notice.id || !isHeldUp(notice, head.holds)) return null
  return {why: 'afterEarlier', earlier: head.id}
}

async function note(
  {outbox}: DeliverEntryDeps,
  {deliveries, heads}: Flushing,
  {notice, ...tried}: OutboxEntry,
  [notifier, delivery]: readonly [Notifier | undefined, NoticeDelivery],
): Promise<void> {
  const {thread, id} = notice
  const {status} = delivery
  deliveries.push(delivery)
  if (thread === null || isGivenUp(tried) || heads.get(thread)?.holds === 'all') return
  const waiting = status === 'pending' ? 'all' : 'nothing'
  const holds = notifier === undefined ? waiting : await heldUpBy(outbox, notifier, notice, status)
  if (holds !== 'nothing') heads.set(thread, {id, holds})
}

async function flushEntry(
  deps: DeliverEntryDeps,
  flushing: Flushing,
  entry: OutboxEntry,
  input: FlushInput,
): Promise<void> {
  const notifier = deps.notifiers.find(({channel}) => channel === entry.notice.channel)
  const why = flushing.down ?? whyNotNow(deps, entry, input) ?? whyNotItsTurn(flushing, entry, input)
  if (why !== null || notifier === undefined) {
    await note(deps, flushing, entry, [notifier, waits(entry, why ?? {why: 'notTried'})])
    return
  }
  const {delivery, asksToWait} = await deliverEntry(deps, notifier, entry, input.resend === entry.notice.id)
  await note(deps, flushing, entry, [notifier, delivery])
  flushing.failures = delivery.status === 'pending' ? flushing.failures + 1 : 0
  if (asksToWait || flushing.failures >= DOWN_AFTER) flushing.down = whyDown(delivery)
}

/** Oldest first. None holds up another of another thread: what fails for itself is passed, and a channel that is down is asked twice. */
async function flushEntries(
  deps: DeliverEntryDeps,
  entries: readonly OutboxEntry[],
  input: FlushInput,
): Promise<readonly NoticeDelivery[]> {
  const flushing: Flushing = {deliveries: [], heads: new Map(), failures: 0, down: null}
  for (const entry of entries) {
    const {held, notice} = entry
    if (held === null || input.resend === notice.id) await flushEntry(deps, flushing, entry, input)
    else flushing.deliveries.push({...waits(entry, {why: 'held', ...held}), status: 'held'})
  }
  return flushing.deliveries
}

async function flushChannel(
  deps: DeliverEntryDeps,
  channel: string,
  input: FlushInput,
): Promise<readonly NoticeDelivery[]> {
  const waiting = async (): Promise<readonly OutboxEntry[]> =>
    (await deps.outbox.pending()).filter(({notice}) => notice.channel === channel)
  const right = await deps.outbox.claim(channel)
  if (right === null) return (await waiting()).map((entry) => waits(entry, {why: 'busy'}))
  try {
    await letGo(deps, channel, null)
    const deliveries = await flushEntries(deps, await waiting(), input)
    await fallBackFrom(deps, channel)
    return deliveries
  } finally {
    await right.release()
  }
}

/** All at once; the fallback channel after them, since what they did not take may go there. */
async function flushChannels(
  deps: DeliverEntryDeps,
  entries: readonly OutboxEntry[],
  input: FlushInput,
): Promise<readonly NoticeDelivery[]> {
  const channels = new Set(entries.map(({notice}) => notice.channel))
  const last = deps.fallback?.channel
  const first = [...channels].filter((channel) => channel !== last)
  const deliveries = (await Promise.all(first.map((channel) => flushChannel(deps, channel, input)))).flat()
  if (last === undefined) return deliveries
  const isNeeded = channels.has(last) || (await deps.outbox.pending()).some(({notice}) => notice.channel === last)
  return isNeeded ? [...deliveries, ...(await flushChannel(deps, last, input))] : deliveries
}

function checkResend(entries: readonly OutboxEntry[], {resend}: FlushInput): void {
  if (resend === null || entries.some(({notice}) => notice.id === resend)) return
  throw new FaciError('notFound', `No notice ${resend} waits in the outbox`, {suggestions: ['faci notify flush']})
}

/**
 * Tries every undelivered notice that is due, rejected ones too: somebody may have mended the cause. What cannot be read is set aside
 * and counted. Errors: `notFound` for a notice to resend that does not wait.
 */
export async function flushOutbox(deps: DeliverEntryDeps, input = AUTOMATIC): Promise<Result<FlushReport>> {
  await deps.outbox.setAside()
  const entries = await deps.outbox.pending()
  checkResend(entries, input)
  const deliveries = await withFallback(deps.outbox, await flushChannels(deps, entries, input))
  const delivered = deliveries.filter(({status}) => status === 'delivered')
  // What a person gave up meanwhile is nobody's any more.
  const waiting = deliveries.filter((delivery) => !isSettled(delivery))
  const held = deliveries.filter(({status}) => status === 'held')
  const unreadable = await deps.outbox.unreadable()
  const isClear = waiting.length + unreadable.length === 0
  return {verdict: isClear ? 'ok' : 'undelivered', data: {delivered, waiting, held, unreadable}}
}
