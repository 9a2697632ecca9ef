import {setTimeout as wait} from 'node:timers/promises'
import type {Clock} from '../../ports/clock.js'

/** A reason worth throwing: abort() without one gives a DOMException, which says nothing of who aborted. */
async function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  try {
    await wait(Math.max(0, seconds) * 1000, undefined, signal === undefined ? {} : {signal})
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicSeconds: () => performance.now() / 1000,
  sleep,
}
