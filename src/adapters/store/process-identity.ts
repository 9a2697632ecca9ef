import {readFileSync, readlinkSync} from 'node:fs'
import {hostname} from 'node:os'

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
    startTicks: processStatus(process.pid)?.startTicks ?? null,
  }
}

interface ProcessStatus {
  readonly state: string
  readonly startTicks: number
}

// proc(5), /proc/pid/stat: after the parenthesised name, which may hold anything, come state (3) … starttime (22).
const START_TIME_AFTER_NAME = 19

/** null when there is no such process, or no /proc. */
function processStatus(pid: number): ProcessStatus | null {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return {state: fields[0] ?? '', startTicks: Number(fields[START_TIME_AFTER_NAME])}
  } catch {
    return null
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether a process of this boot and namespace still runs, and is not a later one under the same id. */
export function stillRuns({pid, startTicks}: ProcessIdentity): boolean {
  if (startTicks === null) return answersSignals(pid)
  const status = processStatus(pid)
  // Z and X: killed, and only waiting to be buried by its parent.
  return status !== null && !['Z', 'X'].includes(status.state) && status.startTicks === startTicks
}
