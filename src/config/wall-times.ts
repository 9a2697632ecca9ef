import type {DayWindow, WallTime} from '../domain/oncall/rota.js'
import type {Weekday} from '../domain/time/weekday.js'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
const DAY_MS = DAY_MINUTES * MINUTE_MS

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const WEEKDAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** `Mon`, `monday`; throws for anything else. */
export function parseWeekday(text: string): Weekday {
  const day = WEEKDAYS.findIndex((name) => new RegExp(`^${name}[a-z]*$`, 'i').test(text))
  if (day === -1) throw new Error(`is not a weekday: write ${WEEKDAY_NAMES.join(', ')}`)
  return day as Weekday
}

/** `09:00` → minutes after midnight; `24:00` is the end of the day. Null when it is neither. */
function minutesOf(text: string): number | null {
  const [, hours, minutes] = /^(\d\d?):([0-5]\d)$/.exec(text) ?? []
  const all = Number(hours) * 60 + Number(minutes)
  return hours === undefined || all > DAY_MINUTES ? null : all
}

export function parseClock(text: string): number {
  const minutes = minutesOf(text)
  if (minutes === null) throw new Error("is not a time of day: write '09:00'")
  return minutes
}

/** A window that does not end after it begins ends on the next day. */
export function dayWindow([start, end]: readonly [number, number]): DayWindow {
  return {start, end: end > start ? end : end + DAY_MINUTES}
}

/** When a rotation hands off; null: on whatever day it starts. */
export interface HandOff {
  readonly weekday: Weekday | null
  readonly minutes: number
}

/** `09:00`, `Mon 09:00`. */
export function parseHandOff(text: string): HandOff {
  const [first = '', second, ...more] = text.trim().split(/\s+/)
  const minutes = minutesOf(second ?? first)
  if (minutes === null || minutes === DAY_MINUTES || more.length > 0)
    throw new Error("is not a hand-off: write 'Mon 09:00', or '09:00'")
  return {weekday: second === undefined ? null : parseWeekday(first), minutes}
}

/** Midnight of `2026-01-05`. */
export function parseDay(text: string): WallTime {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  // 2026-02-30 would be read as March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(text))
    throw new Error('is not a date: write 2026-01-05')
  return midnight
}

/** A time, and whether only its day was written. */
export interface WrittenTime {
  readonly wall: WallTime
  readonly isDay: boolean
}

/** `2026-12-24`, `2026-12-24 09:00`, `2026-12-24T09:00`: by the clocks of the rota's zone. */
export function parseTime(text: string): WrittenTime {
  const [, day = '', clock] = /^(\S{10})(?:[T ](\d\d:\d\d))?$/.exec(text.trim()) ?? []
  const minutes = clock === undefined ? 0 : minutesOf(clock)
  if (day === '' || minutes === null)
    throw new Error('is not a time without a zone: write 2026-12-24 or 2026-12-24 09:00')
  return {wall: parseDay(day) + minutes * MINUTE_MS, isDay: clock === undefined}
}

/** Where it ends: a day that is written without a time is part of it. */
export function endOf({wall, isDay}: WrittenTime): WallTime {
  return isDay ? wall + DAY_MS : wall
}
