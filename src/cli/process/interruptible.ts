import {setMaxListeners} from 'node:events'
import {FaciError} from '../../domain/errors.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What the outside does to work that is under way. */
export interface Interrupts {
  readonly signal: AbortSignal
  /** From now on Ctrl-C calls this instead of aborting. */
  readonly onCtrlC: (handler: () => void) => void
}

/**
 * Runs work that Ctrl-C, TERM and HUP abort, so that it can journal its end and give back the lock. A second Ctrl-C or TERM kills as
 * usual; not a second HUP: of a terminal that is closed, the kernel and the shell both tell.
 */
export async function interruptible<T>(work: (interrupts: Interrupts) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  let asked: (() => void) | null = null
  const end = (name: (typeof SIGNALS)[number]): void => {
    if (name === 'SIGINT' && asked !== null) {
      asked()
      return
    }
    controller.abort(new FaciError('interrupted', 'Interrupted'))
    // Not at once: what restores the cursor kills the process when it finds itself the only listener.
    setImmediate(forget)
  }
  const listeners = SIGNALS.map((name) => [name, () => end(name)] as const)
  const forget = (): void => {
    for (const [name, listener] of listeners) if (name !== 'SIGHUP') process.off(name, listener)
  }
  for (const [name, listener] of listeners) process.on(name, listener)
  const onCtrlC = (handler: () => void): void => {
    asked = handler
  }
  try {
    return await work({signal: controller.signal, onCtrlC})
  } finally {
    for (const [name, listener] of listeners) process.off(name, listener)
  }
}
