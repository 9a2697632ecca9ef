import type {Clock} from '../../ports/clock.js'

/** Backends hold the newest samples back for about as long. */
const SETTLED_SECONDS = 30

/** One time for all queries of a report: a little ago, when every sample is in. Seconds since the epoch. */
export function evaluationTime(clock: Clock): number {
  return Math.floor(clock.now().getTime() / 1000) - SETTLED_SECONDS
}
