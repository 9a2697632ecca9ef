import type {Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import type {Outbox} from '../../ports/outbox.js'
import type {PageClaim, PageClaims, PagingRight} from '../../ports/page-claims.js'
import {keptNotice} from '../notices/kept-notice.js'
import type {Telephone} from './incident-deps.js'

export interface ClaimDeps {
  readonly telephone: Pick<Telephone, 'send'>
  readonly claims: PageClaims
  readonly outbox: Pick<Outbox, 'fate' | 'pending'>
}

/** What became of a notice of a claim. */
export interface ClaimedNotice extends Pick<NoticeDelivery, 'channel' | 'status' | 'reason'> {
  readonly noticeId: string
}

export interface ClaimWork {
  readonly right: PagingRight
  /** The same whoever makes it; null: its channel is no longer there. */
  readonly noticeOf: (one: PageClaim['notices'][number]) => Notice | null
  /** Into the timeline, unless it is there. */
  readonly note: (notices: readonly ClaimedNotice[]) => Promise<void>
}

async function sent(
  {outbox, telephone}: ClaimDeps,
  {notices}: PageClaim,
  {right, noticeOf}: ClaimWork,
): Promise<readonly ClaimedNotice[]> {
  const done: ClaimedNotice[] = []
  for (const one of notices) {
    const {channel, id: noticeId} = one
    const kept = await keptNotice(outbox, noticeId)
    const notice = kept === null ? noticeOf(one) : null
    if (kept !== null) done.push({noticeId, channel, ...kept})
    if (notice === null) continue
    await right.recheck()
    const {status, reason} = await telephone.send(notice)
    done.push({noticeId, channel, status, reason})
  }
  return done
}

/** What waits is the outbox's to send, and what it could not take is sent anew; nobody can send what is there and cannot be read. */
function isLeftToDo({status, reason}: ClaimedNotice): boolean {
  return status === 'pending' || status === 'rejected' || (status === 'lost' && reason?.why !== 'fileUnreadable')
}

/** Sends what a claim says, whoever made it, and the outbox does not know, notes it, and finishes the claim when nothing is left of it. */
export async function carryOutClaim(
  deps: ClaimDeps,
  claim: PageClaim,
  work: ClaimWork,
): Promise<readonly ClaimedNotice[]> {
  const notices = await sent(deps, claim, work)
  await work.note(notices)
  if (claim.why === 'paged' && !notices.some(isLeftToDo)) await deps.claims.finish(claim)
  return notices
}
