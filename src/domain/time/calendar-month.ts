import {FaciError} from '../errors.js'
import {zoneOffset, type ZoneOffset} from './zone-offset.js'

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/
const DAY_MS = 86_400_000

/** The moment at which a wall clock shows midnight; where a zone skips midnight that day, when the day begins. */
function midnight(offset: ZoneOffset, localMs: number): number {
  const candidates = [localMs - DAY_MS, localMs + DAY_MS].map((near) => localMs - offset(near))
  const exact = candidates.filter((at) => at + offset(at) === localMs)
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
  const offset = zoneOffset(timezone)
  return {
    start: midnight(offset, Date.UTC(year, month - 1, 1)) / 1000,
    end: midnight(offset, Date.UTC(year, month, 1)) / 1000,
  }
}
