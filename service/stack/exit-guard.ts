import {constants} from 'node:os'
import {removeProject} from './containers.js'
import {forgetStack} from './stack-record.js'

export interface ExitGuard {
  /** Ends this subprocess's group with ours, before the stack is removed under it. */
  readonly track: <T>(subprocess: PromiseLike<T> & {readonly pid?: number | undefined}) => Promise<T>
  readonly release: () => void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Whatever ends this process early (Ctrl-C, an uncaught error), the stack does not stay behind. */
export function guardAgainstExit(project: string): ExitGuard {
  const pids = new Set<number>()
  const onExit = (): void => {
    for (const pid of pids) killGroup(pid)
    removeProject(project)
    forgetStack(project)
  }
  // Exits whoever else listens: execa does while its children run, so "somebody else handles it" cannot be told.
  const onSignal = (signal: NodeJS.Signals): never => process.exit(128 + constants.signals[signal])
  process.on('exit', onExit)
  for (const signal of signals) process.on(signal, onSignal)
  return {
    track: async (subprocess) => {
      const {pid} = subprocess
      if (pid !== undefined) pids.add(pid)
      try {
        return await subprocess
      } finally {
        if (pid !== undefined) pids.delete(pid)
      }
    },
    release: () => {
      process.off('exit', onExit)
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}
