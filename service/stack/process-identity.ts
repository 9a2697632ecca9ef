import {readFileSync} from 'node:fs'

/** A pid together with its start time, so that a reused pid is not mistaken for the process that wrote it. */
export interface ProcessIdentity {
  readonly pid: number
  readonly startTime: string
}

/** Undefined when no such process runs. Without /proc the start time is empty and only the pid counts. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined
  }
  return {pid, startTime: startTimeOf(pid)}
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.startTime === identity.startTime
}

export function ownIdentity(): ProcessIdentity {
  return {pid: process.pid, startTime: startTimeOf(process.pid)}
}

export function parseIdentity(text: string): ProcessIdentity | undefined {
  const [pid, startTime] = text.trim().split(' ')
  const number = Number(pid)
  return Number.isInteger(number) && number > 0 ? {pid: number, startTime: startTime ?? ''} : undefined
}

export function formatIdentity(identity: ProcessIdentity): string {
  return `${String(identity.pid)} ${identity.startTime}\n`
}

function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    // The command name, in parentheses, may hold spaces: count fields after it. Field 22 of proc(5) is the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'zombie' : (fields[19] ?? '')
  } catch {
    return ''
  }
}
