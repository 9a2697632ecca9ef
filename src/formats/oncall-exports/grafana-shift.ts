import * as z from 'zod/mini'
import {
  finding,
  minuteText,
  type ImportFinding,
  type SourceRotation,
  type WeekWindow,
} from '../../domain/oncall/import/source-rota.js'
import type {WallTime} from '../../domain/oncall/rota.js'
import {weekdayOf} from '../../domain/time/weekday.js'
import {wallTime} from './values.js'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const DAY_MINUTES = 1440
const WEEK_MINUTES = 7 * DAY_MINUTES
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const UNIT = {hourly: 60, daily: DAY_MINUTES, weekly: WEEK_MINUTES} as const

const optional = z.nullish

export const grafanaShift = z.object({
  id: optional(z.string()),
  name: optional(z.string()),
  type: z.enum(['rolling_users', 'recurrent_event', 'single_event', 'override']),
  time_zone: optional(z.string()),
  level: optional(z.number()),
  start: wallTime,
  rotation_start: optional(wallTime),
  duration: z.number().check(z.positive()),
  frequency: optional(z.enum(['hourly', 'daily', 'weekly', 'monthly'])),
  interval: optional(z.int().check(z.positive())),
  until: optional(wallTime),
  week_start: optional(z.enum(DAYS)),
  by_day: optional(z.array(z.string())),
  by_month: optional(z.array(z.number())),
  by_monthday: optional(z.array(z.number())),
  users: optional(z.array(z.string())),
  rolling_users: optional(z.array(z.array(z.string()))),
  start_rotation_from_user_index: optional(z.int().check(z.minimum(0))),
})
export type GrafanaShift = z.output<typeof grafanaShift>

export function shiftName({name, id}: GrafanaShift): string {
  return name ?? id ?? 'shift'
}

/** Who takes turns, in order; several people of one turn are on call together. */
export function groupsOf(shift: GrafanaShift): readonly (readonly string[])[] {
  const {users, rolling_users: rolling, start_rotation_from_user_index: first} = shift
  if (rolling === undefined || rolling === null || rolling.length === 0) return [users ?? []]
  const at = (first ?? 0) % rolling.length
  return [...rolling.slice(at), ...rolling.slice(0, at)]
}

/** How it recurs, in terms of turns and of the windows in them. */
interface Recurrence {
  readonly turn: number
  readonly anchor: WallTime
  readonly windows: readonly WeekWindow[] | null
  readonly countsIdleTurns: boolean
  /** How many turns in a row are one person's. */
  readonly times: number
}

function minuteOfWeek(wall: WallTime): number {
  const minute = (wall - Math.floor(wall / DAY_MS) * DAY_MS) / MINUTE_MS
  return weekdayOf(wall) * DAY_MINUTES + Math.floor(minute)
}

function minutesOf({duration}: GrafanaShift): number {
  return Math.ceil(duration / 60)
}

/** Without days of the week: once in each turn, from where it begins. Null: at other times of each week. */
function everyTurn(shift: GrafanaShift, turn: number): Recurrence | null {
  const minutes = minutesOf(shift)
  const plain = {turn, anchor: shift.start, countsIdleTurns: true, times: 1}
  if (minutes === turn) return {...plain, windows: null}
  if (minutes > turn || WEEK_MINUTES % turn !== 0) return null
  const first = minuteOfWeek(shift.start)
  const windows = Array.from({length: WEEK_MINUTES / turn}, (_, n) => ({
    start: (first + n * turn) % WEEK_MINUTES,
    minutes,
  }))
  return {...plain, windows}
}

function daysOf(shift: GrafanaShift): readonly number[] | null {
  const days = (shift.by_day ?? []).map((day) => DAYS.findIndex((one) => one === day))
  return days.includes(-1) ? null : [...new Set(days)]
}

/** Each day listed is a turn, and so many of them in a row are one group's. Null: faci cannot say it. */
function onDaysInARow(shift: GrafanaShift, anchor: WallTime, windows: readonly WeekWindow[]): Recurrence | null {
  const times = shift.interval ?? 1
  const isSaid = minutesOf(shift) <= DAY_MINUTES && (times === 1 || shift.type === 'rolling_users')
  return isSaid ? {turn: DAY_MINUTES, anchor, windows, countsIdleTurns: false, times} : null
}

/** Some days of the week, each shift from the same time of the day. Null: faci cannot say it. */
function onDays(shift: GrafanaShift, days: readonly number[]): Recurrence | null {
  const {frequency, interval, week_start: named, start} = shift
  const first = DAYS.indexOf(named ?? 'SU')
  const after = (day: number): number => (day - first + 7) % 7
  const [earliest, latest] = [Math.min(...days.map(after)), Math.max(...days.map(after))]
  const minutes = minutesOf(shift)
  const windows = days.map((day) => ({start: day * DAY_MINUTES + (minuteOfWeek(start) % DAY_MINUTES), minutes}))
  // A rotation that begins on another day begins on the first of its days after that, by the order of the week.
  const delay = days.includes(weekdayOf(start)) ? 0 : (earliest - after(weekdayOf(start)) + 7) % 7
  const begins = start + delay * DAY_MS
  if (frequency === 'daily') return onDaysInARow(shift, begins, windows)
  const isApart = (latest - earliest) * DAY_MINUTES + minutes <= WEEK_MINUTES
  if (frequency !== 'weekly' || (interval ?? 1) > 1 || !isApart) return null
  const anchor = begins - (after(weekdayOf(begins)) - earliest) * DAY_MS
  return {turn: WEEK_MINUTES, anchor, windows, countsIdleTurns: true, times: 1}
}

function recurrenceOf(shift: GrafanaShift): Recurrence | null {
  const {frequency, interval, by_month: months, by_monthday: monthDays} = shift
  const ofMonths = [...(months ?? []), ...(monthDays ?? [])]
  if (frequency === undefined || frequency === null || frequency === 'monthly' || ofMonths.length > 0) return null
  const days = daysOf(shift)
  if (days === null) return null
  return days.length === 0 ? everyTurn(shift, UNIT[frequency] * (interval ?? 1)) : onDays(shift, days)
}

function ruleText({frequency, interval, by_day, by_month, by_monthday, duration}: GrafanaShift): string {
  const lists = {by_day, by_month, by_monthday}
  const some = Object.entries(lists).flatMap(([key, list]) =>
    (list ?? []).length === 0 ? [] : [`${key} ${(list ?? []).join(' ')}`],
  )
  return [frequency ?? 'once', `interval ${String(interval ?? 1)}`, ...some, `for ${String(duration / 3600)} h`].join(
    ', ',
  )
}

/** Several who serve together: the first of them is carried over. Null: there is a turn without anybody. */
function peopleOf(shift: GrafanaShift, losses: ImportFinding[]): readonly string[] | null {
  const groups = groupsOf(shift)
  const together = groups.filter((group) => group.length > 1)
  for (const group of together) losses.push(finding('severalAtOnce', 'layers', shiftName(shift), group.join(', ')))
  const people = groups.flatMap((group) => group.slice(0, 1))
  return people.length === groups.length ? people : null
}

function isOpen({windows, until}: Pick<SourceRotation, 'windows' | 'until'>): boolean {
  if (until === null) return false
  if (windows === null) return true
  const at = minuteOfWeek(until)
  return windows.some(({start, minutes}) =>
    [0, WEEK_MINUTES].some((shift) => start <= at + shift && at + shift < start + minutes),
  )
}

function once(shift: GrafanaShift, people: readonly string[], losses: readonly ImportFinding[]): SourceRotation {
  const {start, duration} = shift
  return {
    ...{name: shiftName(shift), rank: shift.level ?? 0, everyMinutes: WEEK_MINUTES, anchor: start, from: start},
    ...{until: start + duration * 1000, people, windows: null, countsIdleTurns: true, losses},
  }
}

/** What is not certain, or not said, of a shift that is carried over. */
function lossesOf(shift: GrafanaShift, {windows}: Recurrence, now: WallTime): readonly ImportFinding[] {
  const [name, until] = [shiftName(shift), shift.until ?? null]
  const isCut = until !== null && until > now && isOpen({windows, until})
  return [
    ...(shift.duration % 60 === 0 ? [] : [finding('seconds', 'layers', name)]),
    ...(isCut ? [finding('until', 'layers', name, minuteText(until))] : []),
  ]
}

/** A shift that is no override. `now`: what the clocks of its zone show; times are of its own zone. */
export function grafanaRotation(shift: GrafanaShift, now: WallTime): SourceRotation | ImportFinding {
  const name = shiftName(shift)
  const losses: ImportFinding[] = []
  const people = peopleOf(shift, losses)
  if (people === null) return finding('participant', 'layers', name, 'nobody')
  if (shift.type === 'single_event') return once(shift, people, losses)
  const recurrence = recurrenceOf(shift)
  if (recurrence === null) return finding('recurrence', 'layers', name, ruleText(shift))
  const starts = shift.rotation_start ?? shift.start
  if (starts > now && starts > shift.start) return finding('virtualStart', 'layers', name, minuteText(starts))
  const {turn, anchor, windows, countsIdleTurns, times} = recurrence
  return {
    ...{name, rank: shift.level ?? 0, everyMinutes: turn, anchor},
    ...{from: Math.max(anchor, shift.start), until: shift.until ?? null},
    people: people.flatMap((one) => Array.from({length: times}, () => one)),
    ...{windows, countsIdleTurns, losses: [...losses, ...lossesOf(shift, recurrence, now)]},
  }
}
