import {type Interval, within} from './interval.js'
import type {Fairness} from './rota-check.js'
import type {Restriction, Shift} from './rota.js'
import type {WallClock} from './wall-clock.js'
import {windowsBetween} from './windows.js'

const HOUR_MS = 3_600_000
const NIGHTS: Restriction = {hours: [{start: 22 * 60, end: 30 * 60}], weekdays: null}
/** Apart, so that the two days of a weekend are two. */
const WEEKEND_DAYS: readonly Restriction[] = [
  {hours: null, weekdays: [5]},
  {hours: null, weekdays: [6]},
]

/** In how many of the windows there is an hour at least. */
function served(shifts: readonly Shift[], windows: readonly Interval[]): number {
  const byWindow = new Map<number, number>()
  const numbered = windows.map((window, index) => ({...window, index}))
  for (const {index, start, end} of within(numbered, shifts)) {
    byWindow.set(index, (byWindow.get(index) ?? 0) + end - start)
  }
  return [...byWindow.values()].filter((time) => time >= HOUR_MS).length
}

/** What each of these people has of the shifts, which are cut to the interval. */
export function fairnessOf(
  people: readonly string[],
  shifts: readonly Shift[],
  asked: Interval,
  clock: WallClock,
): readonly Fairness[] {
  const nights = windowsBetween(NIGHTS, asked, clock)
  const days = WEEKEND_DAYS.map((day) => windowsBetween(day, asked, clock))
  return people.map((person) => {
    const own = shifts.filter((shift) => shift.person === person)
    const time = own.reduce((sum, {start, end}) => sum + end - start, 0)
    return {
      person,
      hours: Math.round((time / HOUR_MS) * 100) / 100,
      nights: served(own, nights),
      weekendDays: days.reduce((sum, windows) => sum + served(own, windows), 0),
    }
  })
}
