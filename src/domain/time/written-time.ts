import {FaciError} from '../errors.js'
import {didYouMean} from '../text/did-you-mean.js'
import {durationMeant, durationOf} from './duration.js'
import {atWallClock, zoneOffset} from './zone-offset.js'

const TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?)? ?(Z|UTC|[+-]\d\d(?::?[0-5]\d)?)?$/i
const SECOND_MS = 1000
const MINUTE_MS = 60_000

/** How far a written zone (`Z`, `-03`, `+05:30`, `+0530`) is ahead of UTC, in ms. */
function writtenOffset(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
}

/** Epoch ms of a time as ISO 8601 or as screens write it; null when it is no time, or of a day that there is not. */
export function momentWritten(text: string, timezone: string): number | null {
  const [, day = '', hour = '00', minute = '00', second = '00', fraction = '0', zone] = TIME.exec(text) ?? []
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return null
  const sinceMidnight = (Number(hour) * 60 + Number(minute)) * MINUTE_MS + Number(second) * SECOND_MS
  const local = midnight + sinceMidnight + Math.floor(Number(fraction) * SECOND_MS)
  return zone === undefined ? atWallClock(zoneOffset(timezone), local) : local - writtenOffset(zone)
}

export interface Now {
  /** Epoch ms. */
  readonly now: number
  readonly timezone: string
}

/**
 * `15m`, `-15m` and `15m ago`, or a time as ISO 8601 or as screens write it (`2026-11-28 12:04:05 -03`) → seconds since the epoch. A time
 * without a zone is one of the IANA zone. Throws `usage`, with the hint.
 */
export function parseWrittenTime(
  text: string,
  {now, timezone}: Now,
  hint = 'write 15m, 2h ago, 2026-11-23, 2026-11-23T06:00 or 2026-11-23T06:00:00Z',
): number {
  const written = text.trim()
  const ago = written.replace(/^-/, '').replace(/(?<!\s)\s+ago$/i, '')
  const seconds = durationOf(ago)
  if (seconds !== null) return now / 1000 - seconds
  const at = momentWritten(written, timezone)
  if (at !== null) return at / 1000
  const guess = durationMeant(ago)
  throw new FaciError('usage', `invalid time ${JSON.stringify(text)}: ${didYouMean(guess, hint)}`, {
    correction: guess === null ? undefined : {typed: text, meant: guess},
  })
}

const DAY_MS = 86_400_000
/** Whole days from the one that it is. */
const NAMED_DAYS: Readonly<Record<string, number>> = {yesterday: -1, today: 0, tomorrow: 1}
const PLANNED_HINT = "write 'in 3d', 2h ago, tomorrow, 'tomorrow 18:00', 2026-12-15 or 2026-12-15T18:00"

/** Of the day that clocks of the zone show in so many days: `2026-12-15`. */
export function dayIn(days: number, {now, timezone}: Now): string {
  return new Date(now + zoneOffset(timezone)(now) + days * DAY_MS).toISOString().slice(0, 10)
}

/** As `parseWrittenTime`, also of what is planned: `in 3d` and `+3d`, and days by name, whose time is midnight where none is written. */
export function parsePlannedTime(text: string, now: Now): number {
  const written = text.trim()
  const ahead = /^(?:in\s|\+)/i.test(written) ? written.replace(/^(?:in|\+)\s*/i, '') : ''
  const seconds = durationOf(ahead)
  if (seconds !== null) return now.now / 1000 + seconds
  const [, name = '', time = ''] = /^(yesterday|today|tomorrow)\b(.*)$/i.exec(written) ?? []
  const days = NAMED_DAYS[name.toLowerCase()]
  const dated = days === undefined ? written : `${dayIn(days, now)}${time.replace(/^\s+at\s+/i, ' ')}`
  const guess = durationMeant(ahead)
  if (ahead !== '' && guess !== null)
    throw new FaciError('usage', `invalid time ${JSON.stringify(text)}: ${didYouMean(`in ${guess}`, PLANNED_HINT)}`, {
      correction: {typed: text, meant: `in ${guess}`},
    })
  return parseWrittenTime(dated, now, PLANNED_HINT)
}
