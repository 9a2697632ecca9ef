import type {Point} from '../signals/sample.js'

/** Points a range query is asked for: one for each quarter of an hour of 30 days. */
const POINTS = 2880
/** Each step is counted by itself, for which several scrapes must lie in it: Prometheus by default makes one a minute. */
const LEAST_SECONDS = 300

/** The step of the series that `exhaustedAt` reads: fine enough, and never a slower query than the window itself. */
export function exhaustionStep(windowSeconds: number): number {
  return Math.min(windowSeconds, Math.max(1, Math.ceil(windowSeconds / POINTS / LEAST_SECONDS)) * LEAST_SECONDS)
}

/**
 * When so many bad events had happened as the budget allows: the end of the first step at which the sum of `bad`, events of one
 * step each, passes `allowed`. Null when it never does. Seconds since the epoch.
 */
export function exhaustedAt(bad: readonly Point[], allowed: number): number | null {
  let sum = 0
  for (const {at, value} of bad) {
    if (Number.isFinite(value)) sum += value
    if (sum > allowed) return at
  }
  return null
}
