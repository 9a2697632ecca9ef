import {readdirSync, readFileSync} from 'node:fs'

export interface ProcessEntry {
  readonly pid: number
  /** One letter; `Z` and `X`: dead, and only waiting to be reaped. */
  readonly state: string
  readonly parent: number
  readonly group: number
  readonly session: number
  /** Clock ticks since boot; tells a process from a later one with the same id. */
  readonly startTicks: number
}

// proc(5), /proc/pid/stat: after the parenthesised name, which may hold anything, come state (3) … starttime (22).
const START_TIME_AFTER_NAME = 19

/** null when there is no such process, it is hidden from us, or the system has no /proc. */
export function processEntry(pid: number): ProcessEntry | null {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [state = '', parent, group, session] = fields
    const [parentId, groupId, sessionId] = [Number(parent), Number(group), Number(session)]
    const startTicks = Number(fields[START_TIME_AFTER_NAME])
    return {pid, state, parent: parentId, group: groupId, session: sessionId, startTicks}
  } catch {
    return null
  }
}

export function isDead({state}: ProcessEntry): boolean {
  return state === 'Z' || state === 'X'
}

/** The accounts that a process runs for: real, effective, saved and of its files. null when it is gone, hidden, or there is no /proc. */
export function ownersOf(pid: number): readonly number[] | null {
  try {
    const [, ids] = /^Uid:\s(.+)$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? []
    return ids?.trim().split(/\s+/).map(Number) ?? null
  } catch {
    return null
  }
}

/** All that we may see; null where the system has no /proc. */
export function processEntries(): readonly ProcessEntry[] | null {
  try {
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return ids.map((id) => processEntry(Number(id))).filter((entry) => entry !== null)
  } catch {
    return null
  }
}

/**
 * Whether `leader`, which leads a session, has started this process: it is of its session, or one of its descendants. A process that left
 * the session and whose parents have ended counts as started by no block. Where the system has no /proc: true, for it cannot be known.
 */
export function isStartedBy(pid: number, leader: number): boolean {
  const own = processEntry(pid)
  if (own === null) return processEntries() === null
  if (own.session === leader) return true
  const seen = new Set<number>()
  for (let at: ProcessEntry | null = own; at !== null && !seen.has(at.pid); at = processEntry(at.parent)) {
    if (at.pid === leader) return true
    seen.add(at.pid)
  }
  return false
}

/** The argument vector; empty for what is gone or hidden. */
export function argumentsOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

export type Answer = 'ours' | 'anothers' | 'none'

/** Whether a process, or with a negative id a group, exists; what exists and may not be signalled is another user's. */
export function answerOf(id: number): Answer {
  try {
    process.kill(id, 0)
    return 'ours'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? 'anothers' : 'none'
  }
}
