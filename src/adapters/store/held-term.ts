import {lutimes} from 'node:fs/promises'
import type {Clock} from '../../ports/clock.js'
import type {LeaseHolder, LeaseRequest} from '../../ports/lease.js'
import {HEARTBEAT_SECONDS, SILENCE_SECONDS} from './holder-liveness.js'
import {leaseLost, leaseTaken, lockedBy, lockedByGone, strangerAt, takenByOthers} from './lease-errors.js'
import {MOST_TRIES, nextTerm, ownerToMatch, PUBLIC_MODE, readTerm, termsIn} from './lease-files.js'
import type {LeasePlace, Term, Terms} from './lease-files.js'
import {holderOf} from './lease-record.js'
import type {LeaseRecord} from './lease-record.js'
import {type Judged, judgeTerms, type Viewer} from './lease-state.js'
import {replaceInStore} from './private-files.js'

/** A lease in one place. */
export interface HeldTerm {
  readonly place: LeasePlace
  readonly number: number
  readonly holder: LeaseHolder
  readonly takenFrom: LeaseHolder | null
  /** Throws `locked` when it is no longer ours. */
  readonly recheck: () => Promise<void>
  readonly release: () => Promise<void>
}

/** What is taken for whom; the record of each place differs only in what it was taken from. */
export interface Wish extends LeaseRequest {
  readonly project: string
  readonly record: LeaseRecord
}

interface Taken {
  readonly place: LeasePlace
  readonly number: number
  readonly path: string
  /** Its record, as it is in the file. */
  readonly content: LeaseRecord
}

function beat(path: string, clock: Clock): Promise<void> {
  const now = clock.now()
  // A missing file means that the lease is lost; `recheck` says so.
  return lutimes(path, now, now).catch(() => undefined)
}

/**
 * Taken over by somebody who could not see that we live. Where accounts share the place any of them can write that: of those that have no
 * power over us it is believed only if we were silent for as long as takes a lease away.
 */
function successorTo({id}: LeaseRecord, {place, latest, others}: Terms, wasSilent: boolean): Term | undefined {
  return [latest, ...others]
    .filter((term) => term !== null)
    .find(({record, uid}) => record?.takeover?.from === id && (wasSilent || ownerToMatch(place, uid) === null))
}

/** A heart that knows whether it ever paused, as that of a process does which was stopped for a while. */
function heartOf(path: string, clock: Clock): {readonly beat: () => Promise<void>; readonly wasSilent: () => boolean} {
  let last = clock.monotonicSeconds()
  let longest = 0
  const listen = (): number => {
    longest = Math.max(longest, clock.monotonicSeconds() - last)
    return longest
  }
  return {
    beat: () => {
      listen()
      last = clock.monotonicSeconds()
      return beat(path, clock)
    },
    // Half of it: whoever looked on saw the files' times, which are whole seconds on some systems, and late ones on others.
    wasSilent: () => listen() > SILENCE_SECONDS / 2,
  }
}

function heldTerm(viewer: Viewer, {project, record}: Wish, {place, number, path, content}: Taken) {
  const {clock} = viewer
  const heart = heartOf(path, clock)
  const timer = setInterval(() => void heart.beat(), HEARTBEAT_SECONDS * 1000).unref()
  const isOurs = (term: Term | null): boolean => term?.record?.id === record.id && term.record.releasedAt === null
  return {
    recheck: async (): Promise<void> => {
      const terms = await termsIn(place)
      const successor = successorTo(record, terms, heart.wasSilent())
      if (successor === undefined && isOurs(await readTerm(place, number))) return heart.beat()
      if (successor?.record) throw leaseTaken(project, holderOf(successor.record, successor.record.takenAt, null))
      const {state} = await judgeTerms(terms, viewer)
      throw leaseLost(project, state.kind === 'free' ? null : state.holder, place, await strangerAt(place))
    },
    release: async (): Promise<void> => {
      clearInterval(timer)
      if (!isOurs(await readTerm(place, number))) return
      const released = {...content, releasedAt: clock.now().toISOString()}
      await replaceInStore(path, `${JSON.stringify(released)}\n`, place.isPublic ? PUBLIC_MODE : undefined)
    },
  }
}

/** Clocks of two hosts may differ by more than a silence: does its heart beat, whatever the time it says? */
async function stillBeats(term: Term, {clock}: Viewer): Promise<boolean> {
  for (let waited = 0; waited < 2 * HEARTBEAT_SECONDS + 1; waited += 1) {
    await clock.sleep(1)
    const now = await readTerm(term.place, term.number)
    if (now?.heartbeat !== term.heartbeat) return true
  }
  return false
}

/** The holder that it is taken from, null when it is free. Errors: `locked`. */
async function predecessor(
  {term, state, byClock}: Judged,
  {project, takeover}: Wish,
  viewer: Viewer,
): Promise<LeaseHolder | null> {
  if (state.kind === 'free' || term === null) return null
  if (state.kind === 'held') throw lockedBy(project, state.holder, state.remains)
  if (takeover === undefined) throw lockedByGone(project, state.holder, state.why)
  if (byClock && (await stillBeats(term, viewer))) throw lockedBy(project, state.holder, null)
  return state.holder
}

/** Errors: `locked`, naming the holder. */
export async function takeTerm(viewer: Viewer, place: LeasePlace, wish: Wish): Promise<HeldTerm> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const terms = await termsIn(place)
    const takenFrom = await predecessor(await judgeTerms(terms, viewer), wish, viewer)
    const takeover = takenFrom === null ? null : {from: takenFrom.id, reason: wish.takeover ?? ''}
    const content = {...wish.record, takeover}
    const taken = await nextTerm(terms, `${JSON.stringify(content)}\n`)
    if (taken === null) continue
    const {record} = wish
    const held = heldTerm(viewer, wish, {...taken, place, content})
    return {place, number: taken.number, takenFrom, holder: holderOf(record, record.takenAt, null), ...held}
  }
  throw takenByOthers(wish.project)
}
