import {setTimeout as sleep} from 'node:timers/promises'

/** Ends a process group: TERM, and KILL after the grace. The group's leader is `pid`. */
export interface GroupEnd {
  /** At once; harmless when it is repeated or everything is gone. */
  readonly begin: () => void
  /** The leader is gone: so must the rest be, at once, or within the grace when it was told to end. */
  readonly finish: () => Promise<void>
}

const POLL_MILLISECONDS = 20

/** False when there is nobody left to get it; signal 0 only asks. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

export function groupEnd(pid: number, graceSeconds: number): GroupEnd {
  let timer: NodeJS.Timeout | undefined
  let killAt = 0
  return {
    begin: () => {
      if (timer !== undefined) return
      signalGroup(pid, 'SIGTERM')
      killAt = performance.now() + graceSeconds * 1000
      timer = setTimeout(() => {
        signalGroup(pid, 'SIGKILL')
      }, graceSeconds * 1000)
    },
    finish: async () => {
      while (performance.now() < killAt && signalGroup(pid, 0)) await sleep(POLL_MILLISECONDS)
      clearTimeout(timer)
      signalGroup(pid, 'SIGKILL')
    },
  }
}
