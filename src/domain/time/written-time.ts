import {FaciError} from '../errors.js'
import {didYouMean} from '../text/did-you-mean.js'
import {durationMeant, durationOf} from './duration.js'
import {datedText, type Direction, type Now, writtenOffset} from './named-day.js'
import {screenTimes} from './screen-times.js'
import {atWallClock, zoneOffset} from './zone-offset.js'

const TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?)? ?(Z|UTC|[+-]\d\d(?::?[0-5]\d)?)?$/i
const SECOND_MS = 1000
const MINUTE_MS = 60_000

/** Epoch ms of a time as ISO 8601 or as screens write it; null when it is no time, or of a day that there is not. */
export function momentWritten(text: string, timezone: string): number | null {
  const [, day = '', hour = '00', minute = '00', second = '00', fraction = '0', zone] = TIME.exec(text) ?? []
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return null
  const sinceMidnight = (Number(hour) * 60 + Number(minute)) * MINUTE_MS + Number(second) * SECOND_MS
  const local = midnight + sinceMidnight + Math.floor(Number(fraction) * SECOND_MS)
  return zone === undefined ? atWallClock(zoneOffset(timezone), local) : local - writtenOffset(zone)
}

const DAY_MS = 86_400_000
const HINT = "write 15m, 2h ago, 23:10, 'yesterday 23:10', 'mon 23:10', 2026-11-23 or 2026-11-23T06:00:00Z"
const PLANNED_HINT = "write 'in 3d', 2h ago, 18:00, 'tomorrow 18:00', 'fri 18:00', 2026-12-15 or 2026-12-15T18:00"

function withDay(text: string, now: Now, direction: Direction): string {
  return datedText(text, now, direction, (dated) => momentWritten(dated, now.timezone)) ?? text
}

function secondsOf(text: string, {now, timezone}: Now, direction: Direction, hint: string): number {
  const written = text.trim()
  if (/^now$/i.test(written)) return now / 1000
  const ago = written.replace(/^-/, '').replace(/(?<!\s)\s+ago$/i, '')
  const seconds = durationOf(ago)
  if (seconds !== null) return now / 1000 - seconds
  const at = momentWritten(withDay(written, {now, timezone}, direction), timezone)
  if (at !== null) return at / 1000
  const guess = durationMeant(ago)
  throw new FaciError('usage', `invalid time ${JSON.stringify(text)}: ${didYouMean(guess, hint)}`, {
    correction: guess === null ? undefined : {typed: text, meant: guess},
  })
}

/**
 * `15m`, `-15m` and `15m ago`, or a time as ISO 8601 or as screens write it (`2026-11-28 12:04:05 -03`) → seconds since the epoch; also
 * `23:10`, `yesterday 23:10` and `mon 23:10`: the last that is over. A time without a zone is one of the IANA zone. Throws `usage`.
 */
export function parseWrittenTime(text: string, now: Now): number {
  return secondsOf(text, now, 'past', HINT)
}

/** As `parseWrittenTime`, also of what is planned: `in 3d` and `+3d`; of days and times by name the next. */
export function parsePlannedTime(text: string, now: Now): number {
  const written = text.trim()
  const ahead = /^(?:in\s|\+)/i.test(written) ? written.replace(/^(?:in|\+)\s*/i, '') : ''
  const seconds = durationOf(ahead)
  if (seconds !== null) return now.now / 1000 + seconds
  const guess = durationMeant(ahead)
  if (ahead !== '' && guess !== null)
    throw new FaciError('usage', `invalid time ${JSON.stringify(text)}: ${didYouMean(`in ${guess}`, PLANNED_HINT)}`, {
      correction: {typed: text, meant: `in ${guess}`},
    })
  return secondsOf(written, now, 'coming', PLANNED_HINT)
}

/** Both moments, with their zones, at which clocks show a time that is written without one; a single one where they skip it. */
interface Doubt {
  readonly kind: 'twice' | 'never'
  /** As they can be typed. */
  readonly meant: readonly string[]
}

/** Null: what is written is one moment. */
function doubtOf(text: string, now: Now): Doubt | null {
  const [, day, hour, minute, second = '00', , zone] = TIME.exec(withDay(text.trim(), now, 'past')) ?? []
  if (day === undefined || hour === undefined || minute === undefined || zone !== undefined) return null
  const local = Date.parse(`${day}T${hour}:${minute}:${second}Z`)
  const offset = zoneOffset(now.timezone)
  const candidates = [...new Set([local - DAY_MS, local + DAY_MS].map((near) => local - offset(near)))]
  const exact = candidates.filter((at) => at + offset(at) === local).sort((one, other) => one - other)
  const {moment} = screenTimes(now.timezone)
  const shown = (moments: readonly number[]): readonly string[] =>
    moments.map((at) => moment(new Date(at).toISOString()))
  if (exact.length > 1) return {kind: 'twice', meant: shown(exact)}
  return exact.length === 0 ? {kind: 'never', meant: shown([Math.max(...candidates)])} : null
}

/** As `parseWrittenTime`, for what is recorded: throws `usage` also for a time that clocks show twice that day, or never, with what to write. */
export function parseRecordedTime(text: string, now: Now): number {
  const seconds = parseWrittenTime(text, now)
  const doubt = doubtOf(text, now)
  if (doubt === null) return seconds
  const {kind, meant} = doubt
  const why =
    kind === 'twice' ? 'is shown twice by clocks that were put back' : 'was skipped by clocks that were put forward'
  throw new FaciError('usage', `${JSON.stringify(text)} ${why} (${now.timezone}): say which moment you mean`, {
    corrections: meant.map((one) => ({typed: text, meant: one})),
    suggestions: meant.map((one) => `write ${JSON.stringify(one)}`),
  })
}
