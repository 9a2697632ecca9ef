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

/**
 * `15m`, `-15m` and `15m ago`, or a time as ISO 8601 or as screens write it (`2026-11-28 12:04:05 -03`) → seconds since the epoch. A time
 * without a zone is one of the IANA zone. `now` in epoch ms. Throws `usage`.
 */
export function parseWrittenTime(
  text: string,
  {now, timezone}: {readonly now: number; readonly timezone: string},
): number {
  const written = text.trim()
  const ago = written.replace(/^-/, '').replace(/(?<!\s)\s+ago$/i, '')
  const seconds = durationOf(ago)
  if (seconds !== null) return now / 1000 - seconds
  const at = momentWritten(written, timezone)
  if (at !== null) return at / 1000
  const guess = durationMeant(ago)
  const hint = didYouMean(guess, 'write 15m, 2h ago, 2026-11-23, 2026-11-23T06:00 or 2026-11-23T06:00:00Z')
  throw new FaciError('usage', `invalid time ${JSON.stringify(text)}: ${hint}`, {
    correction: guess === null ? undefined : {typed: text, meant: guess},
  })
}
