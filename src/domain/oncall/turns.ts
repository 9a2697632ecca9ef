import type {Interval} from './interval.js'
import type {Layer, Restriction, RotationUnit, WallTime} from './rota.js'
import {monthsLater, type WallClock} from './wall-clock.js'
import {weekdayOf} from '../time/weekday.js'
import {DAY_MS, isUnrestricted} from './windows.js'

/** One person's turn of a rotation, from hand-off to hand-off. */
export interface Turn extends Interval {
  readonly turn: number
  readonly person: string
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
const WEEK_MINUTES = 10_080
const UNIT_MINUTES: Readonly<Record<Exclude<RotationUnit, 'months'>, number>> = {
  hours: 60,
  days: DAY_MINUTES,
  weeks: WEEK_MINUTES,
}

/** Null for months, which differ. */
function minutesOf({count, unit}: Layer['every']): number | null {
  return unit === 'months' ? null : count * UNIT_MINUTES[unit]
}

/** The wall time at which turn n begins: always counted from the anchor, so that the 31st stays the 31st. */
function handOff({every, anchor}: Layer, n: number): WallTime {
  const minutes = minutesOf(every)
  return minutes === null ? monthsLater(anchor, n * every.count) : anchor + n * minutes * MINUTE_MS
}

/** A turn that has begun by this wall time, and at most a few before the last such. */
function turnBefore({every, anchor}: Layer, wall: WallTime): number {
  const minutes = minutesOf(every)
  if (minutes !== null) return Math.floor((wall - anchor) / (minutes * MINUTE_MS)) - 1
  const [from, to] = [new Date(anchor), new Date(wall)]
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()
  return Math.floor(months / every.count) - 1
}

/** When the hand-off is so many turns after the one that is going on at an instant (epoch ms). */
export function handOffInstant(layer: Layer, at: number, turnsLater: number, clock: WallClock): number {
  const first = Math.max(0, turnBefore(layer, clock.wall(at)))
  return clock.instant(handOff(layer, first + turnsLater))
}

/** Minutes of a week that begins on Monday, as intervals that may go beyond its end. */
function weekWindows({hours, weekdays}: Restriction): readonly Interval[] {
  const days = weekdays ?? ([0, 1, 2, 3, 4, 5, 6] as const)
  const windows = hours ?? [{start: 0, end: DAY_MINUTES}]
  return days.flatMap((day) =>
    windows.map(({start, end}) => ({start: day * DAY_MINUTES + start, end: day * DAY_MINUTES + end})),
  )
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/** Whether wall clocks show a time of a window between these minutes of the week. */
function meets(start: number, length: number, windows: readonly Interval[]): boolean {
  if (length >= WEEK_MINUTES) return true
  return windows.some((window) =>
    [-WEEK_MINUTES, 0, WEEK_MINUTES].some(
      (shift) => Math.max(start, window.start + shift) < Math.min(start + length, window.end + shift),
    ),
  )
}

/** Which of the turns from the anchor on have a window, for as many as there are until that repeats. */
export function servedPattern(
  {anchor, restriction}: Pick<Layer, 'anchor' | 'restriction'>,
  minutes: number,
): readonly boolean[] {
  const windows = weekWindows(restriction)
  const first = weekdayOf(anchor) * DAY_MINUTES + modulo(anchor, DAY_MS) / MINUTE_MS
  const repeats = WEEK_MINUTES / greatestDivisor(minutes, WEEK_MINUTES)
  return Array.from({length: repeats}, (_, n) => meets((first + n * minutes) % WEEK_MINUTES, minutes, windows))
}

/**
 * How many turns before turn n somebody served in (negative before the anchor). A turn that has none of its layer's hours and weekdays
 * is nobody's, so that a daily rotation on weekdays goes on with the next person on Monday.
 */
function servedBefore(layer: Layer): (n: number) => number {
  const minutes = minutesOf(layer.every)
  if (minutes === null || isUnrestricted(layer.restriction)) return (n) => n
  const pattern = servedPattern(layer, minutes)
  const sums = [0]
  for (const serves of pattern) sums.push((sums.at(-1) ?? 0) + (serves ? 1 : 0))
  const all = sums.at(-1) ?? 0
  return (n) => Math.floor(n / pattern.length) * all + (sums[modulo(n, pattern.length)] ?? 0)
}

/**
 * The turns of a layer that have a part between `start` and `end`, in order and as long as they are; before what its hours and weekdays
 * leave of them.
 */
export function turnsBetween(layer: Layer, {start, end}: Interval, clock: WallClock): readonly Turn[] {
  const over = layer.end === null ? Infinity : clock.instant(layer.end)
  const served = servedBefore(layer)
  const turns: Turn[] = []
  // Two days: further than any zone has ever put its clocks.
  const first = turnBefore(layer, clock.wall(start) - 2 * DAY_MS)
  let turn = layer.startsAtAnchor ? Math.max(0, first) : first
  let begins = clock.instant(handOff(layer, turn))
  while (begins < Math.min(end, over)) {
    // Where clocks skip a whole turn it has no time: the next one begins where it would have.
    const ends = Math.max(begins, clock.instant(handOff(layer, turn + 1)))
    const person = layer.people[modulo(served(turn), layer.people.length)] ?? ''
    if (ends > start && ends > begins) turns.push({turn, person, start: begins, end: Math.min(ends, over)})
    turn += 1
    begins = ends
  }
  return turns
}
