import {type Interval, overlap} from './interval.js'
import type {Absence, RecurringAbsence, Rota, UnreadAbsence, WrittenMoment} from './rota.js'
import {instantOf, wallClock, type WallClock} from './wall-clock.js'

export interface Absences {
  readonly absences: readonly Absence[]
  /** What may be an absence in this interval too, and cannot be told. */
  readonly unread: readonly UnreadAbsence[]
}

/** Further than any clock is put forward or back, also across the date line. */
const MARGIN_MS = 2 * 86_400_000

/** Those of a rule that meet an interval, each whole; null: the rule cannot be carried out. */
function occurrences(absence: RecurringAbsence, asked: Interval, clock: WallClock): readonly Absence[] | null {
  const {person, reason, from, lasts, begins, until, more, except} = absence
  const own = from.zone === null ? clock : wallClock(from.zone)
  const before = lasts.wallMs + lasts.plusMs + MARGIN_MS
  const byRule = begins(own.wall(asked.start) - before, own.wall(asked.end) + MARGIN_MS)
  if (byRule === null) return null
  const end = until === null ? Infinity : instantOf(until, clock)
  const left = new Set(except.map((moment) => instantOf(moment, clock)))
  const here = byRule.map((wall): WrittenMoment => ({wall, zone: from.zone, plusMs: 0}))
  const all = [...here.filter((moment) => instantOf(moment, clock) <= end), ...more]
  return all.flatMap((moment) => {
    const start = instantOf(moment, clock)
    const {wallMs, plusMs} = lasts
    const whole = {start, end: instantOf({...moment, wall: moment.wall + wallMs, plusMs}, clock)}
    return left.has(start) || overlap(whole, asked) === null ? [] : [{person, reason, ...whole}]
  })
}

/** Who is away in an interval, also by what comes again; each absence whole. */
export function absencesBetween({absences, recurring, unread, timezone}: Rota, asked: Interval): Absences {
  const clock = wallClock(timezone)
  const read = recurring.map((one) => ({one, found: occurrences(one, asked, clock)}))
  return {
    absences: [
      ...absences.filter((absence) => overlap(absence, asked) !== null),
      ...read.flatMap(({found}) => found ?? []),
    ],
    unread: [
      ...unread,
      ...read.flatMap(({one: {person, file, reason}, found}) =>
        found === null ? [{person, file, what: reason ?? '', why: 'recurring' as const}] : [],
      ),
    ],
  }
}
