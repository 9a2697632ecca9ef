import type {IsoTime} from '../time/iso-time.js'
import {boundNotice} from './bound-notice.js'
import type {Notice} from './notice.js'
import type {NoticeReason} from './undelivered.js'

/** `notices.fallback` and `notices.fallbackAfter` of faci.yml. */
export interface FallbackRule {
  readonly channel: string
  readonly afterSeconds: number
}

/** Why a notice goes to the fallback channel too. */
export type FallbackCause =
  /** Its channel has not taken it since then. */
  | {readonly why: 'silent'; readonly since: IsoTime}
  | {readonly why: 'refused'}
  /** Some of its readers have it. */
  | {readonly why: 'partly'}
  /** It may have arrived, and nobody can tell. */
  | {readonly why: 'unsure'}

/** Of what waits in the outbox, what decides. */
export interface WaitingNotice {
  readonly notice: Notice
  readonly status: 'pending' | 'delivered' | 'rejected'
  readonly attempts: readonly {readonly at: IsoTime; readonly reason: NoticeReason | null}[]
  readonly message: unknown
  readonly unconfirmedSince: IsoTime | null
  readonly remaining: readonly string[] | null
  /** Not null: it is not to be sent yet. */
  readonly held: unknown
  /** Not null: it went there already. */
  readonly fallback: unknown
}

/** Known to every process before it is made, so that there is one whoever makes it. It sorts beside its notice. */
function fallbackId(noticeId: string): string {
  return `${noticeId}-fallback`
}

/** `mark`: Markdown that says why it is sent here. */
export function fallbackNotice(notice: Notice, channel: string, mark: string): Notice {
  const {id, channel: from, body} = notice
  const text = body.trim() === '' ? mark : `${mark}\n\n${body}`
  return boundNotice({...notice, id: fallbackId(id), channel, body: text, insteadOf: {channel: from, id}})
}

/** By whatever clock: one that went back made later attempts at earlier times. */
function firstTry({attempts}: WaitingNotice): IsoTime | null {
  return attempts
    .map(({at}) => at)
    .reduce<IsoTime | null>((first, at) => (first === null || at < first ? at : first), null)
}

/** Whether everybody has it, and only its thread's first message is still to be rewritten. */
function isThere({message, remaining}: WaitingNotice): boolean {
  return message !== null && (remaining ?? []).length === 0
}

function isUnsure({unconfirmedSince, attempts}: WaitingNotice): boolean {
  return unconfirmedSince !== null || attempts.at(-1)?.reason?.why === 'perhapsTaken'
}

function isCandidate(entry: WaitingNotice, {channel}: FallbackRule): boolean {
  const {notice, status, fallback, held} = entry
  const isCopy = notice.insteadOf !== undefined
  // Those who read the fallback channel have a notice of their own: two would be of one thing.
  if (held !== null || notice.besides?.includes(channel) === true) return false
  return status !== 'delivered' && fallback === null && !isCopy && notice.channel !== channel && !isThere(entry)
}

export interface FallbackMoment {
  readonly now: Date
  /** Since when what its thread has to be told before has waited; null: nothing has. */
  readonly earlierSince: IsoTime | null
  /** Whether nobody can send to its channel: there will be no attempt. */
  readonly isShut: boolean
}

/** Since when its channel has not taken it, as far as attempts tell. */
export function waitingSince(entry: WaitingNotice, {earlierSince, isShut}: FallbackMoment): IsoTime | null {
  return firstTry(entry) ?? earlierSince ?? (isShut ? entry.notice.createdAt : null)
}

/** Why a notice that waits is to go to the fallback channel now; null: it is not, or did before. */
export function fallbackCause(entry: WaitingNotice, rule: FallbackRule, moment: FallbackMoment): FallbackCause | null {
  if (!isCandidate(entry, rule)) return null
  const since = waitingSince(entry, moment)
  const isLate = since !== null && moment.now.getTime() - Date.parse(since) >= rule.afterSeconds * 1000
  if (entry.status !== 'rejected' && !isLate) return null
  if ((entry.remaining ?? []).length > 0) return {why: 'partly'}
  if (isUnsure(entry)) return {why: 'unsure'}
  return entry.status === 'rejected' || since === null ? {why: 'refused'} : {why: 'silent', since}
}
