import {FaciError} from '../errors.js'
import {atWallClock, zoneOffset} from './zone-offset.js'

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/

/**
 * A calendar month of a time zone, as seconds since the epoch: from its first midnight to that of the next month.
 * Its length is not 30 days, and with a change of clocks not even whole days. Throws `usage`.
 */
export function calendarMonth(text: string, timezone: string): {readonly start: number; readonly end: number} {
  const match = MONTH.exec(text)
  if (match === null) {
    throw new FaciError('usage', `invalid month ${JSON.stringify(text)}: use YYYY-MM`, {
      suggestions: ['write it as YYYY-MM: --month 2026-10'],
    })
  }
  const [year, month] = [Number(match[1]), Number(match[2])]
  const offset = zoneOffset(timezone)
  return {
    start: atWallClock(offset, Date.UTC(year, month - 1, 1)) / 1000,
    end: atWallClock(offset, Date.UTC(year, month, 1)) / 1000,
  }
}
