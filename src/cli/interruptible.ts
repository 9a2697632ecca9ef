import {setMaxListeners} from 'node:events'
import {FaciError} from '../domain/errors.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs work that Ctrl-C, TERM and HUP abort, so that it can journal its end and give back the lock. A second one kills as usual. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const abort = (): void => {
    controller.abort(new FaciError('interrupted', 'Interrupted'))
    // Not at once: what restores the cursor kills the process when it finds itself the only listener.
    setImmediate(forget)
  }
  const forget = (): void => {
    for (const name of SIGNALS) process.off(name, abort)
  }
  for (const name of SIGNALS) process.on(name, abort)
  try {
    return await work(controller.signal)
  } finally {
    forget()
  }
}
