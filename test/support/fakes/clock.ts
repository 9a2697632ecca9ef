import type {Clock} from '../../../src/ports/clock.js'

export interface FakeClock extends Clock {
  readonly advance: (seconds: number) => void
  readonly sleeps: readonly number[]
}

/** Time passes only by sleeping and by `advance`. */
export function fakeClock(start = '2026-01-01T00:00:00.000Z'): FakeClock {
  const origin = Date.parse(start)
  const sleeps: number[] = []
  let elapsed = 0
  return {
    now: () => new Date(origin + elapsed * 1000),
    monotonicSeconds: () => elapsed,
    sleep: (seconds, signal) => {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error)
      sleeps.push(seconds)
      elapsed += seconds
      return Promise.resolve()
    },
    advance: (seconds) => {
      elapsed += seconds
    },
    sleeps,
  }
}
