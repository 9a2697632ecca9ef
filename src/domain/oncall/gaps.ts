import {type Interval, union, without} from './interval.js'
import type {Rota} from './rota.js'
import {shiftsBetween} from './shifts.js'
import {wallClock} from './wall-clock.js'
import {windowsBetween} from './windows.js'

/** When somebody has to be on call, as `coverage` says, cut to the interval. */
function required({coverage, timezone}: Rota, {start, end}: Interval): readonly Interval[] {
  const windows = windowsBetween(coverage, {start, end}, wallClock(timezone))
  return windows
    .map((window) => ({start: Math.max(start, window.start), end: Math.min(end, window.end)}))
    .filter((window) => window.start < window.end)
}

/** When somebody has to be on call and nobody is. */
export function gapsBetween(rota: Rota, asked: Interval): readonly Interval[] {
  return without(required(rota, asked), union(shiftsBetween(rota, asked)))
}
