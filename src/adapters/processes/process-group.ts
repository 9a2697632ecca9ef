import {setTimeout as sleep} from 'node:timers/promises'
import {isDead, processEntries} from './process-table.js'

/** Ends a process group whose leader is `pid` and of which a watcher is a member: TERM, and KILL after the grace. */
export interface GroupEnd {
  /** At once; harmless when it is repeated or everything is gone. */
  readonly begin: () => void
  /** The leader is gone: so must the rest be, at once, or within the grace when it was told to end. */
  readonly finish: () => Promise<void>
}

const POLL_MILLISECONDS = 25
/** The watcher stays until the KILL. */
const WATCHERS = 1

/** False when there is nobody left to get it. */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

/** Where the system does not tell, somebody may always be left. */
function hasOthers(pid: number): boolean {
  const all = processEntries()
  return all === null || all.filter((entry) => entry.group === pid && !isDead(entry)).length > WATCHERS
}

/** `tidy` comes before the KILL: until then the watcher would do it if faci died. */
export function groupEnd(pid: number, graceSeconds: number, tidy: () => void): GroupEnd {
  let timer: NodeJS.Timeout | undefined
  let killAt = 0
  const kill = (): void => {
    try {
      tidy()
    } finally {
      signalGroup(pid, 'SIGKILL')
    }
  }
  return {
    begin: () => {
      if (timer !== undefined) return
      signalGroup(pid, 'SIGTERM')
      killAt = performance.now() + graceSeconds * 1000
      timer = setTimeout(kill, graceSeconds * 1000)
    },
    finish: async () => {
      while (performance.now() < killAt && hasOthers(pid)) await sleep(POLL_MILLISECONDS)
      clearTimeout(timer)
      kill()
    },
  }
}
