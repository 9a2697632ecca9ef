import type {LeaseState} from '../../ports/lease.js'
import type {Clock} from '../../ports/clock.js'
import {whyGone} from './holder-liveness.js'
import type {Term} from './lease-files.js'
import {holderOf, unknownHolder} from './lease-record.js'
import {remainsOf} from './lease-remains.js'
import type {ProcessIdentity} from './process-identity.js'

export interface Viewer {
  readonly clock: Clock
  readonly identity: ProcessIdentity
}

/** The state, and whether a stale one is so only by what the clocks say. */
export interface Judged {
  readonly state: LeaseState
  readonly byClock: boolean
}

function sure(state: LeaseState): Judged {
  return {state, byClock: false}
}

/** Valid whatever a file system says. */
function isoTime(milliseconds: number): string {
  return Math.abs(milliseconds) > 8.64e15 ? new Date(0).toISOString() : new Date(milliseconds).toISOString()
}

export async function judgeTerm(term: Term | null, {clock, identity}: Viewer): Promise<Judged> {
  if (term === null) return sure({kind: 'free'})
  const heartbeatAt = isoTime(term.heartbeat)
  const uid = term.uid === process.getuid?.() ? null : term.uid
  if (term.record === null)
    return sure({kind: 'stale', holder: unknownHolder(heartbeatAt, uid), why: 'its record is unreadable'})
  if (term.record.releasedAt !== null) return sure({kind: 'free'})
  const holder = holderOf(term.record, heartbeatAt, uid)
  const gone = whyGone(term.record, (clock.now().getTime() - term.heartbeat) / 1000, identity)
  if (gone === null) return sure({kind: 'held', holder, remains: null})
  const remains = await remainsOf(term, identity)
  if (remains !== null) return sure({kind: 'held', holder, remains})
  return {state: {kind: 'stale', holder, why: gone.why}, byClock: gone.byClock}
}
