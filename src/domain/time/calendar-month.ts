import {FaciError} from '../errors.js'

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/
const DAY_MS = 86_400_000

/** How far the zone is ahead of UTC at a moment, ms. */
function offsetMs(timezone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(at / 1000) * 1000
}

/** The moment at which a wall clock shows midnight; where a zone skips midnight that day, when the day begins. */
function midnight(timezone: string, localMs: number): number {
  const candidates = [localMs - DAY_MS, localMs + DAY_MS].map((near) => localMs - offsetMs(timezone, near))
  const exact = candidates.filter((at) => at + offsetMs(timezone, at) === localMs)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)
}

/**
 * A calendar month of a time zone, as seconds since the epoch: from its first midnight to that of the next month.
 * Its length is not 30 days, and with a change of clocks not even whole days. Throws `usage`.
 */
export function calendarMonth(text: string, timezone: string): {readonly start: number; readonly end: number} {
  const match = MONTH.exec(text)
  if (match === null) {
    throw new FaciError('usage', `${text} is no month`, {suggestions: ['write it as YYYY-MM: --month 2026-10']})
  }
  const [year, month] = [Number(match[1]), Number(match[2])]
  return {
    start: midnight(timezone, Date.UTC(year, month - 1, 1)) / 1000,
    end: midnight(timezone, Date.UTC(year, month, 1)) / 1000,
  }
}
