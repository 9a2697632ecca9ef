import {FaciError} from '../../../src/domain/errors.js'
import type {Lease, LeaseHolder, LeaseRequest, Leases, LeaseState} from '../../../src/ports/lease.js'

interface Held {
  readonly holder: LeaseHolder
  staleBecause: string | null
  /** What was started under it and lives, with the token by which that may join. */
  readonly sessions: Map<number, string | null>
}

/** What several fakes share, as several processes share the lock files. */
export interface LeaseTable {
  readonly held: Map<string, Held>
  taken: number
}

export interface FakeLeases extends Leases {
  readonly table: LeaseTable
  /** What `recheck`, `take` and `release` were called for, in order. */
  readonly calls: readonly string[]
  /** From now on the holder counts as gone. */
  readonly abandon: (project: string, why: string) => void
}

export const leaseTable = (): LeaseTable => ({held: new Map(), taken: 0})

function stateOf(held: Held | undefined): LeaseState {
  if (held === undefined) return {kind: 'free'}
  const {holder, staleBecause} = held
  if (staleBecause === null) return {kind: 'held', holder, remains: null}
  const [remains] = held.sessions.keys()
  return remains === undefined ? {kind: 'stale', holder, why: staleBecause} : {kind: 'held', holder, remains}
}

function newHolder(table: LeaseTable, operator: string, request: LeaseRequest): LeaseHolder {
  table.taken += 1
  const at = '2026-01-01T00:00:00.000Z'
  return {
    id: `lease-${String(table.taken)}`,
    operator,
    uid: null,
    host: 'laptop',
    pid: 4000 + table.taken,
    bootId: 'boot-1',
    reason: request.reason,
    runId: request.runId,
    takenAt: at,
    heartbeatAt: at,
  }
}

export function fakeLeases(operator = 'ana', table: LeaseTable = leaseTable()): FakeLeases {
  const calls: string[] = []

  const leaseOf = (project: string, held: Held, takenFrom: LeaseHolder | null): Lease => ({
    holder: held.holder,
    takenFrom,
    recheck: () => {
      calls.push('recheck')
      if (table.held.get(project) === held) return Promise.resolve()
      return Promise.reject(new FaciError('locked', `The lock on ${project} is no longer ours`))
    },
    release: () => {
      calls.push('release')
      if (table.held.get(project) === held) table.held.delete(project)
      return Promise.resolve()
    },
  })

  return {
    table,
    calls,
    abandon: (project, why) => {
      const held = table.held.get(project)
      if (held !== undefined) held.staleBecause = why
    },
    inspect: (project) => Promise.resolve(stateOf(table.held.get(project))),
    take: (project, request) => {
      calls.push('take')
      const state = stateOf(table.held.get(project))
      if (state.kind === 'held' || (state.kind === 'stale' && request.takeover === undefined)) {
        const {operator: name, host, pid, reason} = state.holder
        const message = `${project} is being changed by ${name} on ${host} (pid ${String(pid)}): ${reason}`
        return Promise.reject(new FaciError('locked', message, {suggestions: ['--takeover "why it is safe"']}))
      }
      const holder = newHolder(table, operator, request)
      const held: Held = {holder, staleBecause: null, sessions: new Map()}
      table.held.set(project, held)
      return Promise.resolve(leaseOf(project, held, state.kind === 'stale' ? state.holder : null))
    },
    join: (project, token) => {
      const held = table.held.get(project)
      if (held?.staleBecause === null && [...held.sessions.values()].includes(token))
        return Promise.resolve(held.holder)
      return Promise.reject(
        new FaciError('refused', `The token is not that of a block of the run that holds ${project}`),
      )
    },
    keepFor: (pid, token) => {
      const own = [...table.held.values()].filter(({holder}) => holder.operator === operator)
      for (const {sessions} of own) sessions.set(pid, token ?? null)
      return Promise.resolve(() => {
        for (const {sessions} of own) sessions.delete(pid)
        return Promise.resolve()
      })
    },
  }
}
