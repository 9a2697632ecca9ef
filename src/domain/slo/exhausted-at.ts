/** Points a range query is asked for: one for each quarter of an hour of 30 days. */
const POINTS = 2880
/** Each step is counted by itself, for which several scrapes must lie in it: Prometheus by default makes one a minute. */
const LEAST_SECONDS = 300
/** The steps that one step is told apart by, where scrapes are frequent enough. */
const FINE_SECONDS = 60
/** What steps must have counted of the whole to be believed: too few scrapes lie in them otherwise. */
export const LEAST_SHARE = 0.9

/** The bad events of one step; times in seconds since the epoch. */
export interface Step {
  readonly start: number
  readonly end: number
  readonly bad: number
}

/** A range query in steps. */
export interface Grid {
  readonly start: number
  readonly end: number
  readonly stepSeconds: number
}

/** The step of the series that is read first: never a slower query than the window itself. */
export function exhaustionStep(windowSeconds: number): number {
  return Math.min(windowSeconds, Math.max(1, Math.ceil(windowSeconds / POINTS / LEAST_SECONDS)) * LEAST_SECONDS)
}

/**
 * The coarse steps, and what is left after the last of them. Their ends are multiples of the step, so that the same outage is told the same
 * whenever it is asked for; the first may begin before the window does. null: there is none.
 */
export function exhaustionGrids(start: number, end: number): readonly [coarse: Grid | null, tail: Grid | null] {
  const stepSeconds = exhaustionStep(end - start)
  const first = Math.floor(start / stepSeconds) * stepSeconds + stepSeconds
  const last = Math.floor(end / stepSeconds) * stepSeconds
  const coarse = last < first ? null : {start: first, end: last, stepSeconds}
  const left = end - (coarse === null ? start : last)
  return [coarse, left <= 0 ? null : {start: end, end, stepSeconds: left}]
}

export function countedIn(steps: readonly Step[]): number {
  return steps.reduce((sum, {bad}) => sum + (Number.isFinite(bad) ? bad : 0), 0)
}

/** The ends of the fine steps of one step; null where it is as fine as can be. */
export function fineGrid({start, end}: Step): Grid | null {
  const first = Math.floor(start / FINE_SECONDS + 1) * FINE_SECONDS
  const grid = {start: first, end: Math.ceil(end / FINE_SECONDS) * FINE_SECONDS, stepSeconds: FINE_SECONDS}
  return grid.end <= grid.start ? null : grid
}

/** The step in which more had gone bad than `allowed`, and what had gone bad before it; null when it is in none. */
export function crossing(
  steps: readonly Step[],
  allowed: number,
): {readonly step: Step; readonly before: number} | null {
  let before = 0
  for (const step of steps) {
    const bad = Number.isFinite(step.bad) ? step.bad : 0
    if (before + bad > allowed) return {step, before}
    before += bad
  }
  return null
}

/** The part of a step that lies after `start`, with its share of the events. */
export function clipped(step: Step, start: number): Step {
  if (step.start >= start) return step
  return {start, end: step.end, bad: (step.bad * Math.max(0, step.end - start)) / (step.end - step.start)}
}

/** Within a step of which nothing else is known its events are spread evenly. */
function within({start, end, bad}: Step, missing: number): number {
  return bad <= 0 ? end : start + (end - start) * Math.min(1, Math.max(0, missing / bad))
}

/** The moment in `step` at which `missing` more had gone bad: to the fine step where those add up, else by even spread. */
export function momentWithin(step: Step, fine: readonly Step[], missing: number): number {
  const found = countedIn(fine) < LEAST_SHARE * step.bad ? null : crossing(fine, missing)
  const moment = found === null ? within(step, missing) : within(found.step, missing - found.before)
  return Math.min(step.end, Math.max(step.start, moment))
}
