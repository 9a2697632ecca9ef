import {createHash, randomBytes, randomUUID, timingSafeEqual} from 'node:crypto'
import {utimes} from 'node:fs/promises'
import {join} from 'node:path'
import type {Clock} from '../../ports/clock.js'
import type {Lease, LeaseHolder, LeaseRequest, Leases, LeaseState} from '../../ports/lease.js'
import {HEARTBEAT_SECONDS, whyGone} from './holder-liveness.js'
import {leaseLost, lockedBy, lockedByGone, notOfThisRun} from './lease-errors.js'
import {latestTerm, nextTerm} from './lease-files.js'
import type {Term} from './lease-files.js'
import {holderOf, unknownHolder} from './lease-record.js'
import type {LeaseRecord} from './lease-record.js'
import {replaceFile} from './private-files.js'
import {ownIdentity} from './process-identity.js'
import type {ProcessIdentity} from './process-identity.js'

export interface FileLeaseOptions {
  /** `.faci`. */
  readonly directory: string
  readonly clock: Clock
  readonly operator: string
  /** Who holds what is taken; this process by default. */
  readonly identity?: ProcessIdentity
}

interface Store {
  readonly directory: string
  readonly clock: Clock
  readonly operator: string
  readonly identity: ProcessIdentity
}

const TOKEN_BYTES = 32

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function stateOf(term: Term | null, {clock, identity}: Store): LeaseState {
  if (term === null) return {kind: 'free'}
  const heartbeatAt = new Date(term.heartbeat).toISOString()
  if (term.record === null) return {kind: 'stale', holder: unknownHolder(heartbeatAt), why: 'its record is unreadable'}
  if (term.record.releasedAt !== null) return {kind: 'free'}
  const holder = holderOf(term.record, heartbeatAt)
  const why = whyGone(term.record, (clock.now().getTime() - term.heartbeat) / 1000, identity)
  return why === null ? {kind: 'held', holder} : {kind: 'stale', holder, why}
}

function newRecord(store: Store, request: LeaseRequest, token: string, from: LeaseHolder | null): LeaseRecord {
  const takeover = from === null ? null : {from: from.id, reason: request.takeover ?? ''}
  return {
    ...store.identity,
    id: randomUUID(),
    operator: store.operator,
    reason: request.reason,
    runId: request.runId,
    takenAt: store.clock.now().toISOString(),
    tokenHash: hashOf(token),
    takeover,
    releasedAt: null,
  }
}

function beat(path: string, clock: Clock): Promise<void> {
  const now = clock.now()
  // A missing file means that the lease is lost; `recheck` says so.
  return utimes(path, now, now).catch(() => undefined)
}

function heldLease(
  store: Store,
  project: string,
  path: string,
  record: LeaseRecord,
): Omit<Lease, 'token' | 'takenFrom'> {
  const timer = setInterval(() => void beat(path, store.clock), HEARTBEAT_SECONDS * 1000).unref()
  const isOurs = (term: Term | null): boolean => term?.record?.id === record.id && term.record.releasedAt === null
  return {
    holder: holderOf(record, record.takenAt),
    recheck: async () => {
      const term = await latestTerm(store.directory, project)
      if (isOurs(term)) return beat(path, store.clock)
      const state = stateOf(term, store)
      throw leaseLost(project, state.kind === 'free' ? null : state.holder)
    },
    release: async () => {
      clearInterval(timer)
      if (!isOurs(await latestTerm(store.directory, project))) return
      await replaceFile(path, `${JSON.stringify({...record, releasedAt: store.clock.now().toISOString()})}\n`)
    },
  }
}

async function take(store: Store, project: string, request: LeaseRequest): Promise<Lease> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  for (;;) {
    const previous = await latestTerm(store.directory, project)
    const state = stateOf(previous, store)
    if (state.kind === 'held') throw lockedBy(project, state.holder)
    if (state.kind === 'stale' && request.takeover === undefined) throw lockedByGone(project, state.holder, state.why)
    const takenFrom = state.kind === 'stale' ? state.holder : null
    const record = newRecord(store, request, token, takenFrom)
    const path = await nextTerm(store.directory, project, previous, record)
    if (path !== null) return {...heldLease(store, project, path, record), token, takenFrom}
  }
}

async function joinRun(store: Store, project: string, token: string): Promise<LeaseHolder> {
  const term = await latestTerm(store.directory, project)
  const state = stateOf(term, store)
  const expected = Buffer.from(term?.record?.tokenHash ?? '')
  const given = Buffer.from(hashOf(token))
  const matches = expected.length === given.length && timingSafeEqual(expected, given)
  if (state.kind !== 'held' || !matches) throw notOfThisRun(project)
  return state.holder
}

/** Leases as files in `locks/`, for processes of one host and of hosts that share the folder. */
export function fileLeases(options: FileLeaseOptions): Leases {
  const store: Store = {
    ...options,
    directory: join(options.directory, 'locks'),
    identity: options.identity ?? ownIdentity(),
  }
  return {
    inspect: async (project) => stateOf(await latestTerm(store.directory, project), store),
    take: (project, request) => take(store, project, request),
    join: (project, token) => joinRun(store, project, token),
  }
}
