/** Monday is 0. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

const DAY_MS = 86_400_000

/** Of the day on which a wall clock shows this, as if it were UTC, in ms since the epoch. */
export function weekdayOf(wall: number): Weekday {
  // 1970-01-01 was a Thursday.
  return ((((Math.floor(wall / DAY_MS) + 3) % 7) + 7) % 7) as Weekday
}
