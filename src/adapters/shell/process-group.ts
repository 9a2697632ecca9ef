/** Ends a process group: TERM, and KILL after the grace. The group's leader is `pid`. */
export interface GroupEnd {
  /** At once; harmless when it is repeated or everything is gone. */
  readonly begin: () => void
  /** The leader is gone: so must the rest be. */
  readonly finish: () => void
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Already gone: that is what was wanted.
  }
}

export function groupEnd(pid: number, graceSeconds: number): GroupEnd {
  let timer: NodeJS.Timeout | undefined
  return {
    begin: () => {
      if (timer !== undefined) return
      signalGroup(pid, 'SIGTERM')
      timer = setTimeout(() => {
        signalGroup(pid, 'SIGKILL')
      }, graceSeconds * 1000)
    },
    finish: () => {
      clearTimeout(timer)
      signalGroup(pid, 'SIGKILL')
    },
  }
}
