import {FaciError} from '../../domain/errors.js'
import {
  type FallbackCause,
  fallbackCause,
  fallbackNotice,
  type FallbackRule,
  waitingSince,
} from '../../domain/notices/fallback.js'
import type {Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import {stillWaits} from '../../domain/notices/notice.js'
import type {Waiting} from '../../domain/notices/undelivered.js'
import type {Clock} from '../../ports/clock.js'
import type {Notifier} from '../../ports/notifier.js'
import type {Outbox, OutboxEntry} from '../../ports/outbox.js'
import {claimPatiently} from './claim-channel.js'

export interface Fallback extends FallbackRule {
  /** What is said before such a notice, as Markdown, in the language of those who read the fallback channel. */
  readonly mark: (channel: string, cause: FallbackCause) => string
}

export interface FallBackDeps {
  readonly outbox: Outbox
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
  /** null: faci.yml has none. */
  readonly fallback?: Fallback | null
}

interface Due {
  readonly entry: OutboxEntry
  readonly cause: FallbackCause
}

/** What of the outbox is to go to the fallback channel now, oldest first: a thread follows the first of it that did. */
function dueOf({notifiers, clock, fallback}: FallBackDeps, entries: readonly OutboxEntry[]): readonly Due[] {
  if (fallback === undefined || fallback === null) return []
  const heads = new Map<string, string>()
  const now = clock.now()
  return entries.flatMap((entry): readonly Due[] => {
    const {channel, thread} = entry.notice
    const place = JSON.stringify([channel, thread])
    const isShut = notifiers.find((one) => one.channel === channel)?.reach.kind !== 'people'
    const moment = {now, isShut, earlierSince: heads.get(place) ?? null}
    const since = waitingSince(entry, moment)
    if (thread !== null && entry.status === 'pending' && entry.held === null && since !== null && !heads.has(place))
      heads.set(place, since)
    const cause = fallbackCause(entry, fallback, moment)
    return cause === null ? [] : [{entry, cause}]
  })
}

async function handOn(
  {outbox, clock}: FallBackDeps,
  {channel, mark}: Fallback,
  due: readonly Due[],
): Promise<Notice[]> {
  const copies: Notice[] = []
  for (const {entry, cause} of due) {
    const {notice} = entry
    const copy = fallbackNotice(notice, channel, mark(notice.channel, cause))
    try {
      await outbox.handOn(notice.id, copy, clock.now().toISOString())
      copies.push(copy)
    } catch (error) {
      // It waits on, and the next that looks hands it on.
      if (!(error instanceof FaciError)) throw error
    }
  }
  return copies
}

/** Puts what has waited too long for a channel, the right to send to which is held, in the outbox for the fallback channel. */
export async function fallBackFrom(deps: FallBackDeps, channel: string): Promise<readonly Notice[]> {
  const {fallback, outbox} = deps
  if (fallback === undefined || fallback === null) return []
  const waiting = (await outbox.pending()).filter(({notice}) => notice.channel === channel)
  return handOn(deps, fallback, dueOf(deps, waiting))
}

/** The same for every channel; one that another process sends to is its to look after, but for `own`, which is waited for. */
export async function fallBack(deps: FallBackDeps, own: string): Promise<readonly Notice[]> {
  const due = dueOf(deps, await deps.outbox.pending())
  const channels = new Set(due.map(({entry}) => entry.notice.channel))
  const copies: Notice[] = []
  for (const channel of channels) {
    const right = await (channel === own ? claimPatiently(deps, channel) : deps.outbox.claim(channel))
    if (right === null) continue
    try {
      copies.push(...(await fallBackFrom(deps, channel)))
    } finally {
      await right.release()
    }
  }
  return copies
}

/** Says of what waits whether the fallback channel has it. */
export async function withFallback(
  outbox: Outbox,
  deliveries: readonly NoticeDelivery[],
): Promise<readonly NoticeDelivery[]> {
  if (!deliveries.some(({status}) => stillWaits(status))) return deliveries
  const entries = new Map((await outbox.pending()).map((entry) => [entry.notice.id, entry]))
  const told = deliveries.map(async (delivery): Promise<NoticeDelivery> => {
    const fallback = entries.get(delivery.id)?.fallback ?? null
    if (fallback === null || !stillWaits(delivery.status)) return delivery
    const isThere = (await outbox.fate(fallback.noticeId)) === 'delivered'
    const last = (delivery.reason as Waiting | null) ?? {why: 'notTried'}
    return {...delivery, reason: {why: 'fellBack', channel: fallback.channel, isThere, last}}
  })
  return Promise.all(told)
}
