import type {Patience} from '../runbook/runbook.js'
import type {ConditionState} from '../condition-state.js'

export interface Reading {
  readonly elapsedSeconds: number
  readonly state: ConditionState
}

export type Polling =
  {readonly done: false; readonly waitSeconds: number} | {readonly done: true; readonly state: ConditionState}

/** Seconds as floats: a reading made this much early still counts as made in time. */
const TOLERANCE_SECONDS = 1e-6

function streakStart(readings: readonly Reading[]): number {
  const lastOther = readings.findLastIndex(({state}) => state !== 'true')
  return readings[lastOther + 1]?.elapsedSeconds ?? 0
}

/**
 * Whether a condition has been looked at long enough. It must become true within `within` of `since` and then stay true for
 * `hold`, which may end later. Otherwise the last reading counts, so what cannot be seen at the end is unknown, not false.
 */
export function poll(readings: readonly Reading[], since: number, patience: Patience): Polling {
  const last = readings.at(-1)
  if (last === undefined) return {done: false, waitSeconds: 0}
  const every = Math.max(patience.everySeconds, TOLERANCE_SECONDS)
  if (last.state === 'true') {
    const left = patience.holdSeconds - (last.elapsedSeconds - streakStart(readings))
    return left <= TOLERANCE_SECONDS ? {done: true, state: 'true'} : {done: false, waitSeconds: Math.min(every, left)}
  }
  const left = patience.withinSeconds - (last.elapsedSeconds - since)
  return left <= TOLERANCE_SECONDS ? {done: true, state: last.state} : {done: false, waitSeconds: Math.min(every, left)}
}
