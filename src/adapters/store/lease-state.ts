import type {LeaseState} from '../../ports/lease.js'
import type {Clock} from '../../ports/clock.js'
import {whyGone} from './holder-liveness.js'
import {ownerToMatch} from './lease-files.js'
import type {Term, Terms} from './lease-files.js'
import {holderOf, unknownHolder} from './lease-record.js'
import {remainsOf} from './lease-remains.js'
import type {ProcessIdentity} from './process-identity.js'

export interface Viewer {
  readonly clock: Clock
  readonly identity: ProcessIdentity
}

export interface Judged {
  /** The one that decides; null when there is none. */
  readonly term: Term | null
  readonly state: LeaseState
  /** Whether a stale one is so only by what the clocks say. */
  readonly byClock: boolean
}

/** Valid whatever a file system says. */
function isoTime(milliseconds: number): string {
  return Math.abs(milliseconds) > 8.64e15 ? new Date(0).toISOString() : new Date(milliseconds).toISOString()
}

export async function judgeTerm(term: Term | null, {clock, identity}: Viewer): Promise<Judged> {
  const sure = (state: LeaseState): Judged => ({term, state, byClock: false})
  if (term === null) return sure({kind: 'free'})
  const heartbeatAt = isoTime(term.heartbeat)
  const uid = term.uid === process.getuid?.() ? null : term.uid
  if (term.record === null)
    return sure({kind: 'stale', holder: unknownHolder(heartbeatAt, uid), why: 'its record is unreadable'})
  if (term.record.releasedAt !== null) return sure({kind: 'free'})
  const holder = holderOf(term.record, heartbeatAt, uid)
  const silentSeconds = (clock.now().getTime() - term.heartbeat) / 1000
  const gone = whyGone(term.record, silentSeconds, identity, ownerToMatch(term.place, term.uid))
  if (gone === null) return sure({kind: 'held', holder, remains: null})
  const remains = await remainsOf(term, identity)
  if (remains !== null) return sure({kind: 'held', holder, remains})
  return {term, state: {kind: 'stale', holder, why: gone.why}, byClock: gone.byClock}
}

/** Held by whoever holds it, wherever in the order; else as the last one left it. */
export async function judgeTerms({latest, others}: Terms, viewer: Viewer): Promise<Judged> {
  const last = await judgeTerm(latest, viewer)
  if (last.state.kind === 'held') return last
  for (const term of others) {
    const judged = await judgeTerm(term, viewer)
    if (judged.state.kind === 'held') return judged
  }
  return last
}
