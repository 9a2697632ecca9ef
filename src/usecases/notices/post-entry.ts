import {isFinal} from '../../domain/notices/notice.js'
import type {MessageReference} from '../../domain/notices/notice.js'
import type {Clock} from '../../ports/clock.js'
import type {Delivery, Notifier} from '../../ports/notifier.js'
import type {Outbox, OutboxEntry} from '../../ports/outbox.js'
import {safely, safelyFound} from './call-notifier.js'

/** What an attempt came to. */
export interface Outcome {
  readonly delivery: Delivery
  /** Where the message is, once it is in the channel. */
  readonly message: MessageReference | null
  readonly unconfirmed: boolean
  readonly repeats: number
  readonly remaining?: readonly string[]
}

export interface PostEntryDeps {
  readonly outbox: Outbox
  readonly clock: Clock
}

/** `again`: although it may have arrived. */
type Next = 'send' | 'again' | Outcome

/** What the channel itself says of a post whose end nobody saw. */
async function look(
  find: NonNullable<Notifier['find']>,
  {notice, repeats}: OutboxEntry,
  root: MessageReference | null,
  since: string,
): Promise<Next> {
  const seen = await safelyFound(() => find(notice, root, since))
  switch (seen.kind) {
    case 'absent':
      return 'send'
    case 'found': {
      const {message} = seen
      return {delivery: {kind: 'delivered', message}, message, unconfirmed: false, repeats}
    }
    case 'unseen': {
      const {reason, retryAfterSeconds} = seen
      const delivery: Delivery = {kind: 'failed', reason, retryAfterSeconds, mayHaveArrived: true}
      return {delivery, message: null, unconfirmed: true, repeats}
    }
    case 'blind':
      return {delivery: {kind: 'rejected', reason: seen.reason}, message: null, unconfirmed: true, repeats}
  }
}

async function nextOf(
  notifier: Notifier,
  entry: OutboxEntry,
  root: MessageReference | null,
  isResend: boolean,
): Promise<Next> {
  const {unconfirmedSince, repeats} = entry
  const {find} = notifier
  if (unconfirmedSince === null || notifier.repeat === 'safe' || find === undefined) return 'send'
  if (isResend || (notifier.repeat === 'marked' && repeats === 0)) return 'again'
  return look(find, entry, root, unconfirmedSince)
}

async function post(
  {outbox, clock}: PostEntryDeps,
  notifier: Notifier,
  entry: OutboxEntry,
  root: MessageReference | null,
  isRepeat: boolean,
): Promise<Outcome> {
  const {notice, remaining} = entry
  const repeats = entry.repeats + Number(isRepeat)
  await outbox.begin(notice.id, clock.now().toISOString(), repeats)
  const delivery = await safely(() => notifier.send(notice, root, remaining ?? undefined, isRepeat))
  if (delivery.kind === 'delivered') {
    const told: Delivery = isRepeat ? {note: {why: 'sentAgain'}, ...delivery} : delivery
    const left = remaining === null ? {} : {remaining: []}
    return {delivery: told, message: delivery.message, unconfirmed: false, repeats, ...left}
  }
  const mayHaveArrived = delivery.kind === 'failed' && delivery.mayHaveArrived
  // A repeat that surely did not arrive counts for nothing; the post before it may have.
  return {
    message: null,
    ...delivery.partly,
    delivery,
    unconfirmed: mayHaveArrived || isRepeat,
    repeats: mayHaveArrived ? repeats : entry.repeats,
  }
}

async function posted(
  deps: PostEntryDeps,
  notifier: Notifier,
  entry: OutboxEntry,
  root: MessageReference | null,
  isResend: boolean,
): Promise<Outcome> {
  const {message, repeats, remaining} = entry
  if (message !== null && (remaining ?? []).length === 0)
    return {delivery: {kind: 'delivered', message}, message, unconfirmed: false, repeats}
  const next = await nextOf(notifier, entry, root, isResend)
  return typeof next === 'string' ? post(deps, notifier, entry, root, next === 'again') : next
}

/**
 * Posts it into its thread and, when that is how it ended, rewrites the root. What was posted before is not posted again, and what may
 * have been only as its channel allows; `isResend`: a person has looked.
 */
export async function postEntry(
  deps: PostEntryDeps,
  notifier: Notifier,
  entry: OutboxEntry,
  root: MessageReference | null,
  isResend: boolean,
): Promise<Outcome> {
  const outcome = await posted(deps, notifier, entry, root, isResend)
  const {delivery, message} = outcome
  if (delivery.kind !== 'delivered' || delivery.isNewRoot === true) return outcome
  const isReply = root !== null && root.id !== message?.id
  if (!isReply || !isFinal(entry.notice.state)) return outcome
  const edited = await safely(() => notifier.edit(root, entry.notice))
  const isNewRoot = edited.kind === 'delivered' && edited.isNewRoot === true
  return {...outcome, delivery: edited, message: isNewRoot ? edited.message : message}
}
