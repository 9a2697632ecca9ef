import {hasOffsetsByDate, offsetsByDate} from './process-zone.js'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Asked for together: what one answer shows is mostly of one week, and to ask for more costs what a day costs. */
const DAYS_AT_ONCE = 8
/** Of such days together: 22 years; of more, one begins anew. */
const MOST_KNOWN = 1000
/** Since then, clocks are ahead of UTC by whole minutes, and are changed at one. */
const WHOLE_MINUTES_SINCE = Date.UTC(1973, 0)

/** How far a zone's clocks are ahead of UTC at a moment (epoch ms), in ms. */
export type ZoneOffset = (at: number) => number

function formatOf(timezone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}

/** Moments of the same minute, as in a log, are asked for once. */
function byIntl(timezone: string): ZoneOffset {
  const format = formatOf(timezone)
  let known = {minute: Number.NaN, offset: 0}
  return (at) => {
    const minute = at / MINUTE_MS
    if (minute >= known.minute && minute < known.minute + 1) return known.offset
    const parts = format.formatToParts(at)
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    known = {
      minute: at >= WHOLE_MINUTES_SINCE ? Math.floor(minute) : Number.NaN,
      offset: local - Math.floor(at / 1000) * 1000,
    }
    return known.offset
  }
}

/** Of each minute of a day; where clocks are not changed that day, one for all. */
function daysFrom(timezone: string, start: number): readonly (readonly number[])[] {
  const edges = Array.from({length: DAYS_AT_ONCE + 1}, (_, day) => start + day * DAY_MS)
  const offsets = offsetsByDate(timezone, edges)
  return offsets.slice(0, DAYS_AT_ONCE).map((offset, day) => {
    if (offset === offsets[day + 1]) return [offset]
    const minutes = Array.from({length: DAY_MS / MINUTE_MS}, (_, minute) => start + day * DAY_MS + minute * MINUTE_MS)
    return offsetsByDate(timezone, minutes)
  })
}

/** Since 1973. No zone's clocks are changed twice on a day, and back. */
function byDate(timezone: string): ZoneOffset {
  const known = new Map<number, readonly (readonly number[])[]>()
  const daysOf = (chunk: number): readonly (readonly number[])[] => {
    const before = known.get(chunk)
    if (before !== undefined) return before
    if (known.size >= MOST_KNOWN) known.clear()
    const days = daysFrom(timezone, chunk * DAYS_AT_ONCE * DAY_MS)
    known.set(chunk, days)
    return days
  }
  return (at) => {
    const day = Math.floor(at / DAY_MS)
    const offsets = daysOf(Math.floor(day / DAYS_AT_ONCE))[day % DAYS_AT_ONCE] ?? []
    return offsets.length === 1 ? (offsets[0] ?? 0) : (offsets[Math.floor((at % DAY_MS) / MINUTE_MS)] ?? 0)
  }
}

/** The offsets of an IANA zone; asked for when a time is, as most answers show none. Throws `RangeError` for a zone that this Node.js does not know. */
export function zoneOffset(timezone: string): ZoneOffset {
  if (timezone === 'UTC') return () => 0
  let late: ZoneOffset | undefined
  let early: ZoneOffset | undefined
  return (at) => {
    if (at >= WHOLE_MINUTES_SINCE)
      return (late ??= hasOffsetsByDate(timezone) ? byDate(timezone) : byIntl(timezone))(at)
    return (early ??= byIntl(timezone))(at)
  }
}

/** The first moment at which a wall clock shows this (as if it were UTC, epoch ms); where the zone skips it, when the clocks are past it. */
export function atWallClock(offset: ZoneOffset, localMs: number): number {
  const candidates = [localMs - DAY_MS, localMs + DAY_MS].map((near) => localMs - offset(near))
  const exact = candidates.filter((at) => at + offset(at) === localMs)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)
}
