const QUARTER_MS = 900_000
const DAY_MS = 86_400_000

/** How far a zone's clocks are ahead of UTC at a moment (epoch ms), in ms. */
export type ZoneOffset = (at: number) => number

/** Made when a time is first asked for: Intl takes 20 ms to wake up, and most answers show no time. */
function wallClock(timezone: string): Intl.DateTimeFormat {
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

/**
 * The offsets of an IANA zone. Clocks are only ever changed at a quarter of an hour, so that moments of the same quarter, as in a
 * log, are asked for once.
 */
export function zoneOffset(timezone: string): ZoneOffset {
  if (timezone === 'UTC') return () => 0
  let format: Intl.DateTimeFormat | undefined
  let known = {quarter: Number.NaN, offset: 0}
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS)
    if (quarter === known.quarter) return known.offset
    const parts = (format ??= wallClock(timezone)).formatToParts(at)
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    known = {quarter, offset: local - Math.floor(at / 1000) * 1000}
    return known.offset
  }
}

/** The first moment at which a wall clock shows this (as if it were UTC, epoch ms); where the zone skips it, when the clocks are past it. */
export function atWallClock(offset: ZoneOffset, localMs: number): number {
  const candidates = [localMs - DAY_MS, localMs + DAY_MS].map((near) => localMs - offset(near))
  const exact = candidates.filter((at) => at + offset(at) === localMs)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)
}
