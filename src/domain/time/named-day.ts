import {weekdayOf} from './weekday.js'
import {zoneOffset} from './zone-offset.js'

export interface Now {
  /** Epoch ms. */
  readonly now: number
  readonly timezone: string
}

/** Of several days that are called so: the last one whose time is over, or the first one whose time is to come. */
export type Direction = 'past' | 'coming'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
const SHORTEST_NAME = 3
/** Whole days from the one that it is. */
const NEAR: Readonly<Record<string, number>> = {yesterday: -1, today: 0, tomorrow: 1}
const ZONE = /(?:^|\d|\s)(Z|UTC|[+-]\d\d(?::?[0-5]\d)?)$/i

/** How far a written zone (`Z`, `-03`, `+05:30`, `+0530`) is ahead of UTC, in ms. */
export function writtenOffset(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
}

/** What clocks show now, as if it were UTC: of the zone that is written behind the time, else of the one that is shown. */
function wallNow({now, timezone}: Now, clock: string): number {
  const [, zone] = ZONE.exec(clock) ?? []
  return now + (zone === undefined ? zoneOffset(timezone)(now) : writtenOffset(zone))
}

/** In days from today; several where the name is that of a weekday, the nearest first. */
function daysAway(name: string, today: number, direction: Direction): readonly number[] {
  const near = NEAR[name]
  if (near !== undefined) return [near]
  const weekday = name.length < SHORTEST_NAME ? -1 : WEEKDAYS.findIndex((day) => day.startsWith(name))
  if (weekday === -1) return []
  if (direction === 'past') return [weekday - today, weekday - today - 7].map((days) => (days > 0 ? days - 7 : days))
  return [weekday - today, weekday - today + 7].map((days) => (days < 0 ? days + 7 : days))
}

/** `Mon`, `last friday at 18:00`, `23:10`: the name of the day (empty: none is written), and what is written behind it. */
function parts(text: string): {readonly name: string; readonly clock: string; readonly word: string} | null {
  const [, word = '', name, clock = ''] = /^(?:(last|next)\s+)?([a-z]+),?(?:\s+(?:at\s+)?(\S.*))?$/i.exec(text) ?? []
  if (name !== undefined && name.toLowerCase() !== 'at')
    return {name: name.toLowerCase(), clock, word: word.toLowerCase()}
  const [, only] = /^(?:at\s+)?(\d\d?:\d\d.*)$/i.exec(text) ?? []
  return only === undefined ? null : {name: '', clock: only, word: ''}
}

function datesOf(text: string, now: Now, direction: Direction): readonly string[] {
  const written = parts(text)
  if (written === null) return []
  const {name, clock, word} = written
  const wall = wallNow(now, clock)
  const way = word === '' ? direction : word === 'last' ? 'past' : 'coming'
  const any = way === 'past' ? [0, -1] : [0, 1]
  const days = name === '' ? any : daysAway(name, weekdayOf(wall), way)
  // Whoever says so on a Monday does not mean today.
  const meant = word === '' ? days : days.filter((away) => away !== 0)
  const time = clock.replace(/^(\d):/, '0$1:')
  return meant.map(
    (away) => `${new Date(wall + away * DAY_MS).toISOString().slice(0, 10)}${time === '' ? '' : ` ${time}`}`,
  )
}

/**
 * `yesterday 23:10`, `Mon 09:00`, `last friday`, `23:10` with the day written out, as `2026-11-30 23:10`: the first that `isMeant`, else the
 * nearest; null: it names no day. By the clocks of the zone that is written behind, else of the one that is shown.
 */
export function datedText(
  text: string,
  now: Now,
  direction: Direction,
  readMs: (dated: string) => number | null,
): string | null {
  const dates = datesOf(text.trim(), now, direction)
  const isMeant = (dated: string): boolean => {
    const at = readMs(dated)
    return at !== null && (direction === 'past' ? at <= now.now : at > now.now)
  }
  return dates.find(isMeant) ?? dates[0] ?? null
}
