import type {IsoTime} from '../time/iso-time.js'
import type {Notice} from './notice.js'
import {quietUntil, type QuietHours} from './quiet-hours.js'

/** `limit`: no more notices than this to a channel within a time. */
export interface NoticeLimit {
  readonly count: number
  readonly windowSeconds: number
}

/** What notices of P2 incidents are held back by; nothing else is. */
export interface HoldRules {
  readonly quiet: QuietHours | null
  readonly limit: NoticeLimit | null
}

/** Why a notice is not sent yet, and when it will be. */
export interface Hold {
  readonly by: 'quiet' | 'limit'
  readonly until: IsoTime
}

/** Of the outbox, what decides. */
export interface KeptNotice {
  readonly notice: Notice
  readonly held: Hold | null
}

/** Whether notices like it are ever held back: what is graver never is. */
export function isHoldable({incident, insteadOf}: Notice): boolean {
  return incident?.priority === 'P2' && insteadOf === undefined
}

function isSamePlace(one: Notice, other: Notice): boolean {
  return one.channel === other.channel && one.thread !== null && one.thread === other.thread
}

/** When one more may be sent (epoch ms): once the first of as many as may be has left the window. null: now. */
function roomAt(limit: NoticeLimit, sent: readonly number[], now: number): number | null {
  const windowMs = limit.windowSeconds * 1000
  const recent = sent.filter((at) => at <= now && at > now - windowMs).sort((first, second) => first - second)
  const first = recent.at(-limit.count)
  return recent.length < limit.count || first === undefined ? null : first + windowMs
}

/**
 * Whether a notice is held back, and until when. `kept`: what the outbox has of the last window or holds, delivered ones too. An end is
 * never held back by the limit: a page, or a thread, would stay open. What comes after one that is held back waits with it.
 */
export function holdOf(rules: HoldRules, notice: Notice, kept: readonly KeptNotice[], now: Date): Hold | null {
  if (!isHoldable(notice)) return null
  const quiet = rules.quiet === null ? null : quietUntil(rules.quiet, now.getTime())
  if (quiet !== null) return {by: 'quiet', until: new Date(quiet).toISOString()}
  if (rules.limit === null || notice.incident?.step === 'resolved') return null
  const own = kept.filter((one) => one.notice.channel === notice.channel && isHoldable(one.notice))
  const held = own.flatMap((one) => (one.held?.by === 'limit' ? [one.held] : [])).at(-1)
  if (held !== undefined && Date.parse(held.until) > now.getTime()) return held
  const sent = own.flatMap((one) => (one.held === null ? [Date.parse(one.notice.createdAt)] : []))
  const room = roomAt(rules.limit, sent, now.getTime())
  return room === null ? null : {by: 'limit', until: new Date(room).toISOString()}
}

/** The longest that anything is ever held: a time further away is a mistake, as of a clock that was ahead. */
const LONGEST_MS = 8 * 86_400_000

/** Whether a held notice is to be sent now: its time has come, or something of its thread is sent that is not held. */
export function isReleased({notice, held}: KeptNotice, others: readonly KeptNotice[], now: Date): boolean {
  if (held === null) return true
  const left = Date.parse(held.until) - now.getTime()
  if (left <= 0 || left > LONGEST_MS) return true
  return others.some((other) => other.held === null && other.notice.id > notice.id && isSamePlace(other.notice, notice))
}

/** Notices that are sent as one, oldest first. */
export interface Fold {
  readonly by: Hold['by']
  readonly notices: readonly Notice[]
}

interface Released {
  readonly notice: Notice
  /** null: it was not held, and ends what others of its thread began. */
  readonly by: Hold['by'] | null
}

function byThread(released: readonly Released[]): readonly (readonly Released[])[] {
  const threads = new Map<string, Released[]>()
  for (const one of released) {
    const thread = one.notice.thread ?? one.notice.id
    threads.set(thread, [...(threads.get(thread) ?? []), one])
  }
  return [...threads.values()]
}

function foldOf(released: readonly Released[]): readonly Fold[] {
  const by = released.find((one) => one.by !== null)?.by ?? null
  return by === null || released.length < 2 ? [] : [{by, notices: released.map(({notice}) => notice)}]
}

/**
 * What of those that are released is sent as one: an incident that is over by now, and what was beyond the limit.
 * `released` are of one channel, oldest first; `perIncident`: that channel keeps a matter for each incident, which no other may be put in.
 */
export function foldsOf(released: readonly Released[], perIncident: boolean): readonly Fold[] {
  const over = byThread(released).filter((thread) => thread.at(-1)?.notice.incident?.step === 'resolved')
  const isOver = (one: Released): boolean => over.some((thread) => thread.includes(one))
  const beyond = released.filter((one) => one.by === 'limit' && !isOver(one))
  return [...over, ...(perIncident ? byThread(beyond) : [beyond])].flatMap(foldOf)
}

/** What is said of several notices at once, in the language of those who read it. */
export interface FoldText {
  /** null: that of the last. */
  readonly title: string | null
  readonly body: string
}

/** One notice in place of several; its id is known to whoever makes it. What several incidents share belongs to none. */
export function foldedNotice({notices}: Fold, {title, body}: FoldText): Notice | null {
  const last = notices.at(-1)
  if (last === undefined) return null
  const isOne = notices.every(({thread}) => thread === last.thread)
  const alone = {thread: null, incident: null, state: 'info', severity: 'info', facts: []} as const
  return {
    ...last,
    ...(isOne ? {} : alone),
    id: `${last.id}-summary`,
    title: title ?? last.title,
    body,
    folds: notices.map(({id}) => id),
  }
}
