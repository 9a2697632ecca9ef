import type {Fold, FoldText, Hold, HoldRules} from '../../domain/notices/hold.js'
import {foldedNotice, foldsOf, holdOf, isHoldable, isReleased} from '../../domain/notices/hold.js'
import type {Notice} from '../../domain/notices/notice.js'
import type {Clock} from '../../ports/clock.js'
import type {Notifier} from '../../ports/notifier.js'
import type {Outbox, OutboxEntry} from '../../ports/outbox.js'

export interface Holding extends HoldRules {
  /** What is said of several notices at once, in the language of those who read the channel. */
  readonly written: (channel: string, fold: Fold) => FoldText
}

export interface HoldBackDeps {
  readonly outbox: Outbox
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
  /** null: faci.yml holds nothing back. */
  readonly holding?: Holding | null
}

/** Whether a new notice is held back, and until when. */
export async function holdFor({outbox, clock, holding}: HoldBackDeps, notice: Notice): Promise<Hold | null> {
  if (holding === undefined || holding === null || !isHoldable(notice)) return null
  const now = clock.now()
  const {limit} = holding
  const since = new Date(now.getTime() - (limit?.windowSeconds ?? 0) * 1000).toISOString()
  return holdOf(holding, notice, limit === null ? [] : await outbox.recent(since), now)
}

/** What was not sent with those before it, and ends what they began. */
function isLate({notice, held, attempts, unconfirmedSince}: OutboxEntry, released: readonly OutboxEntry[]): boolean {
  if (held !== null || attempts.length > 0 || unconfirmedSince !== null || notice.folds !== undefined) return false
  return notice.incident?.step === 'resolved' && released.some((one) => one.notice.thread === notice.thread)
}

async function fold(
  {outbox, holding, notifiers}: HoldBackDeps,
  channel: string,
  candidates: readonly OutboxEntry[],
): Promise<ReadonlySet<string>> {
  if (holding === undefined || holding === null) return new Set()
  const perIncident = notifiers.find((one) => one.channel === channel)?.perIncident === true
  const folds = foldsOf(
    candidates.map(({notice, held}) => ({notice, by: held?.by ?? null})),
    perIncident,
  )
  for (const one of folds) {
    const notice = foldedNotice(one, holding.written(channel, one))
    if (notice !== null) await outbox.fold(notice)
  }
  return new Set(folds.flatMap(({notices}) => notices.map(({id}) => id)))
}

/**
 * Lets go of what was held back for a channel and is to be sent by now, as fewer notices where that is what people want. The right to send
 * to the channel must be held. `thread`: of what has become so grave that it waits no more.
 */
export async function letGo(deps: HoldBackDeps, channel: string, thread: string | null): Promise<void> {
  const {outbox, clock} = deps
  const entries = (await outbox.pending()).filter(({notice}) => notice.channel === channel)
  // A process that was killed may have left them in both places.
  for (const {notice} of entries) if (notice.folds !== undefined) await outbox.fold(notice)
  const now = clock.now()
  const isGrave = ({notice}: OutboxEntry): boolean => thread !== null && notice.thread === thread
  const released = entries.filter((one) => one.held !== null && (isGrave(one) || isReleased(one, entries, now)))
  if (released.length === 0) return
  const candidates = entries.filter((one) => released.includes(one) || isLate(one, released))
  const folded = await fold(deps, channel, candidates)
  for (const {notice} of released) if (!folded.has(notice.id)) await outbox.release(notice.id)
}

/** In other channels, the last of what is held back of a thread: what is said of it now is graver. */
export async function heldElsewhere({outbox}: HoldBackDeps, notice: Notice): Promise<readonly Notice[]> {
  const {incident, thread, channel} = notice
  if (incident === null || incident.priority === 'P2' || thread === null) return []
  const held = (await outbox.pending()).filter((one) => one.held !== null && one.notice.thread === thread)
  const last = new Map(held.map((one) => [one.notice.channel, one.notice]))
  return [...last.values()].filter((one) => one.channel !== channel)
}
