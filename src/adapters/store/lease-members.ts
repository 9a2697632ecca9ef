import {createHash, timingSafeEqual} from 'node:crypto'
import type {LeaseHolder} from '../../ports/lease.js'
import {isStartedBy, ownersOf} from '../processes/process-table.js'
import {termsIn} from './lease-files.js'
import type {LeasePlace, Term} from './lease-files.js'
import type {StartedSession} from './lease-record.js'
import {startedUnder} from './lease-remains.js'
import {judgeTerm, type Viewer} from './lease-state.js'
import {sightOf} from './process-identity.js'

/**
 * A faci inside a block joins the run that holds the lease. The token alone does not do: it is one of many variables, which a block prints,
 * passes on to containers, and leaves behind. It counts for a process that the block has started, while the block runs, for its account.
 */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function isSame(one: string, other: string): boolean {
  const [given, expected] = [Buffer.from(one), Buffer.from(other)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Not by the owner of a file, which a shared file system may tell as another. Root may act as anybody. */
function isOurAccount(pid: number): boolean {
  const [own, owners] = [process.geteuid?.() ?? 0, ownersOf(pid)]
  return own === 0 || owners === null || owners.includes(own)
}

/** The term under which the block runs that started this process with the token, and who holds it; null when there is none. */
export async function joinedTerm(
  place: LeasePlace,
  token: string,
  viewer: Viewer,
): Promise<{readonly term: Term; readonly holder: LeaseHolder} | null> {
  const {latest: term} = await termsIn(place)
  const {state} = await judgeTerm(term, viewer)
  if (term === null || state.kind !== 'held' || state.remains !== null) return null
  const hash = tokenHash(token)
  const isOfBlock = (session: StartedSession): boolean =>
    session.tokenHash !== null &&
    isSame(session.tokenHash, hash) &&
    sightOf(session, null) === 'runs' &&
    isOurAccount(session.pid) &&
    isStartedBy(viewer.identity.pid, session.pid)
  const started = await startedUnder(term, viewer.identity)
  return started.some(isOfBlock) ? {term, holder: state.holder} : null
}

/** The same lease in another place; not what somebody else wrote there under its name. */
export async function sameTermIn(place: LeasePlace, {record, uid}: Term): Promise<Term | null> {
  const {latest, others} = await termsIn(place)
  const terms = [latest, ...others].filter((term) => term !== null)
  return terms.find((term) => term.record?.id === record?.id && term.uid === uid) ?? null
}
