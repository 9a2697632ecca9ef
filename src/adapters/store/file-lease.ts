import {randomUUID} from 'node:crypto'
import {join} from 'node:path'
import type {Clock} from '../../ports/clock.js'
import type {Lease, LeaseHolder, LeaseRequest, Leases, LeaseState} from '../../ports/lease.js'
import {fileName} from '../../files/file-name.js'
import {type HeldTerm, takeTerm, type Wish} from './held-term.js'
import {notOfThisRun} from './lease-errors.js'
import {termsIn} from './lease-files.js'
import type {LeasePlace} from './lease-files.js'
import {joinedTerm, sameTermIn, tokenHash} from './lease-members.js'
import type {LeaseRecord} from './lease-record.js'
import {noteStarted} from './lease-remains.js'
import {judgeTerms} from './lease-state.js'
import type {MachineLocks} from './machine-locks.js'
import {makeDirectory} from './private-files.js'
import {ownIdentity} from './process-identity.js'
import type {ProcessIdentity} from './process-identity.js'

export interface FileLeaseOptions {
  /** `.faci`. */
  readonly directory: string
  readonly clock: Clock
  readonly operator: string
  /** Who holds what is taken; this process by default. */
  readonly identity?: ProcessIdentity
  /** Where other checkouts and accounts of this machine look too; none for what is the store's own affair. */
  readonly machine?: MachineLocks
}

/** A term in which this process has a part: what it starts is noted there. */
type Part = Pick<HeldTerm, 'place' | 'number'>

interface Store {
  readonly directory: string
  readonly clock: Clock
  readonly operator: string
  readonly identity: ProcessIdentity
  readonly machine: MachineLocks | null
  readonly parts: Map<string, Part>
}

/** Each round finds a lock that was not there in the round before. */
const MOST_ROUNDS = 10

function keyOf({place, number}: Part): string {
  return join(place.directory, place.name, String(number))
}

function storePlace({directory}: Store, project: string): LeasePlace {
  return {directory, name: fileName(project), isPublic: false}
}

function newRecord(store: Store, request: LeaseRequest): LeaseRecord {
  return {
    ...store.identity,
    id: randomUUID(),
    operator: store.operator,
    reason: request.reason,
    runId: request.runId,
    takenAt: store.clock.now().toISOString(),
    releasedAt: null,
    takeover: null,
  }
}

async function releaseAll(store: Store, terms: readonly HeldTerm[]): Promise<void> {
  for (const term of terms) store.parts.delete(keyOf(term))
  const releases = await Promise.allSettled(terms.map((term) => term.release()))
  const failed = releases.find((release) => release.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** In the store, and wherever else on this machine somebody may look; until no place is left that was not there before. */
async function takeEverywhere(store: Store, wish: Wish, terms: HeldTerm[]): Promise<void> {
  const {directory, machine} = store
  await makeDirectory(directory)
  terms.push(await takeTerm(store, storePlace(store, wish.project), wish))
  for (let round = 0; machine !== null && round < MOST_ROUNDS; round += 1) {
    const taken = new Set(terms.map(({place}) => join(place.directory, place.name)))
    const places = await machine.placesToTake(wish.project)
    const others = places.filter((place) => !taken.has(join(place.directory, place.name)))
    if (others.length === 0) return
    for (const place of others) terms.push(await takeTerm(store, place, wish))
  }
}

async function take(store: Store, project: string, request: LeaseRequest): Promise<Lease> {
  const wish: Wish = {...request, project, record: newRecord(store, request)}
  const terms: HeldTerm[] = []
  try {
    await takeEverywhere(store, wish, terms)
  } catch (error) {
    await releaseAll(store, terms)
    throw error
  }
  for (const term of terms) store.parts.set(keyOf(term), term)
  const [{holder}] = terms as [HeldTerm]
  return {
    holder,
    takenFrom: terms.map(({takenFrom}) => takenFrom).find((from) => from !== null) ?? null,
    recheck: async () => {
      for (const term of terms) await term.recheck()
    },
    release: () => releaseAll(store, terms),
  }
}

async function inspect(store: Store, project: string): Promise<LeaseState> {
  const elsewhere = (await store.machine?.placesToSee(project)) ?? []
  for (const place of [storePlace(store, project), ...elsewhere]) {
    const {state} = await judgeTerms(await termsIn(place), store)
    if (state.kind !== 'free') return state
  }
  return {kind: 'free'}
}

async function joinRun(store: Store, project: string, token: string): Promise<LeaseHolder> {
  const joined = await joinedTerm(storePlace(store, project), token, store)
  if (joined === null) throw notOfThisRun(project)
  store.parts.set(keyOf(joined.term), joined.term)
  const elsewhere = (await store.machine?.placesToSee(project)) ?? []
  const same = await Promise.all(elsewhere.map((place) => sameTermIn(place, joined.term)))
  for (const term of same) if (term !== null) store.parts.set(keyOf(term), term)
  return joined.holder
}

async function keepFor({parts, identity}: Store, pid: number, token?: string): Promise<() => Promise<void>> {
  const hash = token === undefined ? null : tokenHash(token)
  // Where all accounts look, only that it runs.
  const noted = [...parts.values()].map((part) => noteStarted(part, identity, pid, part.place.isPublic ? null : hash))
  const notes = await Promise.all(noted)
  return async () => {
    await Promise.all(notes.map((remove) => remove()))
  }
}

/** Leases as files in `locks/`, for processes of one host and of hosts that share the folder; and, if asked to, in a place of the machine's. */
export function fileLeases(options: FileLeaseOptions): Leases {
  const store: Store = {
    ...options,
    directory: join(options.directory, 'locks'),
    identity: options.identity ?? ownIdentity(),
    machine: options.machine ?? null,
    parts: new Map(),
  }
  const {machine} = store
  const named = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw machine === null ? error : machine.named(error)
    }
  }
  return {
    inspect: (project) => named(inspect(store, project)),
    take: async (project, request) => {
      const lease = await named(take(store, project, request))
      return {...lease, recheck: () => named(lease.recheck()), release: () => named(lease.release())}
    },
    join: (project, token) => named(joinRun(store, project, token)),
    keepFor: (pid, token) => named(keepFor(store, pid, token)),
  }
}
