import {FaciError} from '../../domain/errors.js'
import {maskNotice} from '../../domain/notice/mask-notice.js'
import type {Notice, NoticeDelivery} from '../../domain/notice/notice.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {OutboxEntry, SendingRight} from '../../ports/outbox.js'
import {deliverEntry} from './deliver-entry.js'
import type {DeliverEntryDeps} from './deliver-entry.js'

export interface SendNoticeDeps extends DeliverEntryDeps {
  readonly masker: Masker
}

/** Another process may be sending to the channel; it needs about a second a notice. */
const PATIENCE_SECONDS = 5
const POLL_SECONDS = 0.1

async function claimPatiently({outbox, clock}: SendNoticeDeps, channel: string): Promise<SendingRight | null> {
  const deadline = clock.monotonicSeconds() + PATIENCE_SECONDS
  for (;;) {
    const right = await outbox.claim(channel)
    if (right !== null || clock.monotonicSeconds() >= deadline) return right
    await clock.sleep(POLL_SECONDS)
  }
}

/** The notice itself, behind those of its thread that still wait: a thread is posted in order. */
function queueOf(entries: readonly OutboxEntry[], notice: Notice): readonly OutboxEntry[] {
  return entries.filter(
    (entry) =>
      entry.notice.id === notice.id ||
      (notice.thread !== null && entry.notice.thread === notice.thread && entry.notice.channel === notice.channel),
  )
}

async function deliverQueue(deps: SendNoticeDeps, notice: Notice): Promise<NoticeDelivery> {
  const {id, channel, title} = notice
  for (const entry of queueOf(await deps.outbox.pending(), notice)) {
    const delivery = await deliverEntry(deps, entry)
    if (entry.notice.id === id) return delivery
    if (delivery.status !== 'delivered') return {...delivery, id, title, status: 'pending'}
  }
  // No longer waiting: whoever held the right before has sent it.
  return {id, channel, title, status: 'delivered', reason: null}
}

async function deliver(deps: SendNoticeDeps, notice: Notice): Promise<NoticeDelivery> {
  const {id, channel, title} = notice
  await deps.outbox.put(notice)
  const right = await claimPatiently(deps, channel)
  if (right === null) return {id, channel, title, status: 'pending', reason: 'another faci is sending to this channel'}
  try {
    return await deliverQueue(deps, notice)
  } finally {
    await right.release()
  }
}

/**
 * Puts a notice in the outbox, then tries to deliver it once. Never throws because of the chat or the outbox: what they could not do is
 * in the answer.
 */
export async function sendNotice(deps: SendNoticeDeps, notice: Notice): Promise<NoticeDelivery> {
  const masked = maskNotice(notice, deps.masker)
  try {
    return await deliver(deps, masked)
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    const {id, channel, title} = masked
    return {id, channel, title, status: 'pending', reason: error.message}
  }
}
