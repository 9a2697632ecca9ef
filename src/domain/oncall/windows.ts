import {type Interval, union} from './interval.js'
import type {DayWindow, Restriction, WallTime} from './rota.js'
import type {WallClock} from './wall-clock.js'
import {weekdayOf} from '../time/weekday.js'

export const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Of the day on which this wall time is. */
function midnight(wall: WallTime): WallTime {
  return Math.floor(wall / DAY_MS) * DAY_MS
}

export function isUnrestricted({hours, weekdays}: Restriction): boolean {
  return hours === null && weekdays === null
}

function windowOf(day: WallTime, {start, end}: DayWindow, clock: WallClock): Interval {
  return {start: clock.instant(day + start * MINUTE_MS), end: clock.instant(day + end * MINUTE_MS, 'last')}
}

/** A day ends as the next one begins, also where that is an hour that comes twice. */
function wholeDay(day: WallTime, clock: WallClock): Interval {
  return {start: clock.instant(day), end: clock.instant(day + DAY_MS)}
}

/** When a restriction lets somebody be on call, at least everything between `from` and `to`; sorted, and none of them touch. */
export function windowsBetween(
  {hours, weekdays}: Restriction,
  {start, end}: Interval,
  clock: WallClock,
): readonly Interval[] {
  if (hours === null && weekdays === null) return [{start, end}]
  const windows: Interval[] = []
  const last = clock.wall(end) + DAY_MS
  // A window of the day before may last until the end of this one.
  for (let day = midnight(clock.wall(start)) - 2 * DAY_MS; day <= last; day += DAY_MS) {
    if (weekdays !== null && !weekdays.includes(weekdayOf(day))) continue
    windows.push(...(hours === null ? [wholeDay(day, clock)] : hours.map((window) => windowOf(day, window, clock))))
  }
  // Where clocks skip all of a window, there is none.
  return union(windows.filter((window) => window.start < window.end))
}
