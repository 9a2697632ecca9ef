import {type Interval, union} from '../interval.js'
import type {DayWindow, Restriction} from '../rota.js'
import type {Weekday} from '../../time/weekday.js'
import type {WeekWindow} from './source-rota.js'

const DAY_MINUTES = 1440
export const WEEK_MINUTES = 7 * DAY_MINUTES
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const

interface Piece extends DayWindow {
  readonly day: Weekday
}

/** Of the week, sorted and apart, each as long as it is: one may go on into the next week. Null: always. */
export function weekIntervals(windows: readonly WeekWindow[]): readonly Interval[] | null {
  if (windows.some(({minutes}) => minutes >= WEEK_MINUTES)) return null
  const cut = windows.flatMap(({start, minutes}) => {
    const end = start + minutes
    return end <= WEEK_MINUTES
      ? [{start, end}]
      : [
          {start, end: WEEK_MINUTES},
          {start: 0, end: end - WEEK_MINUTES},
        ]
  })
  const apart = union(cut.filter(({start, end}) => end > start))
  const [first, last] = [apart[0], apart.at(-1)]
  if (first === undefined || last === undefined) return []
  if (first.start > 0 || last.end < WEEK_MINUTES) return apart
  if (first === last) return null
  return [...apart.slice(1, -1), {start: last.start, end: WEEK_MINUTES + first.end}]
}

function piece(start: number, end: number): Piece {
  const day = Math.floor(start / DAY_MINUTES)
  const [from, length] = [start - day * DAY_MINUTES, end - start]
  return {day: (day % 7) as Weekday, start: from, end: from + length}
}

/** A window of a day lasts a day at most: cut a day after each beginning, or at midnight. */
function cutUp({start, end}: Interval, next: (at: number) => number): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = start; at < end; at = next(at)) pieces.push(piece(at, Math.min(next(at), end)))
  return pieces
}

function groups(pieces: readonly Piece[]): readonly Restriction[] {
  const byHours = new Map<string, {readonly hours: readonly DayWindow[]; readonly days: Weekday[]}>()
  for (const day of DAYS) {
    const hours = pieces
      .filter((one) => one.day === day)
      .map(({start, end}) => ({start, end}))
      .sort((a, b) => a.start - b.start)
    if (hours.length === 0) continue
    const key = JSON.stringify(hours)
    const group = byHours.get(key) ?? {hours, days: []}
    group.days.push(day)
    byHours.set(key, group)
  }
  return [...byHours.values()].map(({hours, days}) => {
    const isWholeDay = hours.length === 1 && hours[0]?.start === 0 && hours[0].end === DAY_MINUTES
    return {hours: isWholeDay ? null : hours, weekdays: days.length === DAYS.length ? null : days}
  })
}

/** Restrictions that together let somebody be on call in these windows; no two of them at the same time. */
export function restrictionsOf(windows: readonly WeekWindow[] | null): readonly Restriction[] {
  const intervals = windows === null ? null : weekIntervals(windows)
  if (intervals === null) return [{hours: null, weekdays: null}]
  const ways = [
    intervals.flatMap((interval) => cutUp(interval, (at) => at + DAY_MINUTES)),
    intervals.flatMap((interval) => cutUp(interval, (at) => (Math.floor(at / DAY_MINUTES) + 1) * DAY_MINUTES)),
  ].map(groups)
  return ways.reduce((least, way) => (way.length < least.length ? way : least))
}
