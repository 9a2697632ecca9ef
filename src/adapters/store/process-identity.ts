import {readFileSync, readlinkSync} from 'node:fs'
import {hostname} from 'node:os'
import {answerOf, isDead, ownersOf, processEntries, processEntry} from '../processes/process-table.js'
import {isWatcher} from '../processes/watched-process.js'

/** Which process this is, well enough for another to find out whether it still runs. */
export interface ProcessIdentity {
  readonly host: string
  readonly pid: number
  /** Changes with every boot; `unknown` where the system does not tell. */
  readonly bootId: string
  /** A process id means something only within its namespace: a container has its own. */
  readonly pidNamespace: string
  /** Clock ticks since boot; tells a process from a later one with the same id. null where the system does not tell. */
  readonly startTicks: number | null
}

export const UNKNOWN = 'unknown'

function orUnknown(read: () => string): string {
  try {
    return read().trim()
  } catch {
    return UNKNOWN
  }
}

export function ownIdentity(): ProcessIdentity {
  return {
    host: hostname(),
    pid: process.pid,
    bootId: orUnknown(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    pidNamespace: orUnknown(() => readlinkSync('/proc/self/ns/pid')),
    startTicks: processEntry(process.pid)?.startTicks ?? null,
  }
}

type Process = Pick<ProcessIdentity, 'pid' | 'startTicks'>

/** `anothers`: it runs, but not for the account that it has to run for. */
export type Sight = 'runs' | 'gone' | 'hidden' | 'anothers'

/** `owner`: the account that it has to run for; null for any. */
function ownSight(pid: number, owner: number | null): Sight {
  const owners = owner === null ? null : ownersOf(pid)
  if (owner === null) return 'runs'
  if (owners === null) return 'hidden'
  return owners.includes(owner) ? 'runs' : 'anothers'
}

/** Of this boot and namespace. `hidden`: something has its id, and the system does not tell us what. A later process under the id is `gone`. */
export function sightOf({pid, startTicks}: Process, owner: number | null): Sight {
  const entry = processEntry(pid)
  if (entry === null || startTicks === null) {
    if (answerOf(pid) === 'none') return 'gone'
    return startTicks === null ? ownSight(pid, owner) : 'hidden'
  }
  return isDead(entry) || entry.startTicks !== startTicks ? 'gone' : ownSight(pid, owner)
}

/**
 * Whether anything that acts is left in the session that this process of this boot and namespace leads or led. `owner`: the account that
 * started it, when only that is to be believed; then its leader has to run for it, or where that has ended, one of the others.
 */
export function sessionLives({pid, startTicks}: Process, owner: number | null, all = processEntries()): boolean {
  if (all === null) return answerOf(-pid) !== 'none'
  const leader = all.find((entry) => entry.pid === pid)
  // An id is not given away while a session bears it.
  if (leader !== undefined && leader.startTicks !== startTicks) return false
  const members = all.filter((entry) => entry.session === pid)
  if (members.length === 0) return answerOf(-pid) === 'anothers'
  const living = members.filter((entry) => !isDead(entry))
  const watchers = new Set(living.filter((entry) => isWatcher(entry.pid)).map((entry) => entry.pid))
  const acting = living.filter((entry) => !watchers.has(entry.pid) && !watchers.has(entry.parent))
  const isTheirs = (member: {readonly pid: number}): boolean => ownSight(member.pid, owner) === 'runs'
  return acting.length > 0 && (leader === undefined ? acting.some(isTheirs) : isTheirs(leader))
}
