import type {WallTime, Weekday} from './rota.js'

const DAY_MS = 86_400_000

/** Of the day on which this wall time is. */
export function weekdayOf(wall: WallTime): Weekday {
  // 1970-01-01 was a Thursday.
  return ((((Math.floor(wall / DAY_MS) + 3) % 7) + 7) % 7) as Weekday
}
