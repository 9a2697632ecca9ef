import {zoneOffset} from './zone-offset.js'

/**
 * How a screen writes times: all of them in one zone, which each of them names, so that two screens can be laid side by side. Each takes
 * ISO 8601 and gives what is no time as it is; the dated ones can be typed again, as in `--since '2026-11-28 12:04:05 -03'`.
 */
export interface ScreenTimes {
  /** `2026-11-28 12:04:05 -03`, `2026-11-28 15:04:05 UTC` */
  readonly moment: (at: string) => string
  /** `2026-11-28 12:04 -03` */
  readonly minute: (at: string) => string
  /** `12:04:05-03`, `15:04:05Z`: where the day is plain, as beside what happens now. */
  readonly timeOfDay: (at: string) => string
  /** `11-28 12:04:05.123-03`: for a line of a log; as wide as the others of its zone. */
  readonly stamp: (at: string) => string
  /** `2026-11-28 -03`, `2026-11-28 UTC`: above what follows with `clock`. */
  readonly day: (at: string) => string
  /** `12:04:05.123`: where the day and the zone are said before. */
  readonly clock: (at: string) => string
  /** A sentence with its ISO 8601 UTC times as `moment` has them. */
  readonly sentence: (text: string) => string
}

const ISO_UTC = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
const MINUTE_MS = 60_000

/** `-03`, `+05:30`. */
function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / MINUTE_MS))
  const pad = (part: number): string => String(part).padStart(2, '0')
  const rest = minutes % 60 === 0 ? '' : `:${pad(minutes % 60)}`
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${rest}`
}

/** Times in an IANA zone. */
export function screenTimes(timezone: string): ScreenTimes {
  const offsetAt = zoneOffset(timezone)
  const written =
    (from: number, to: number, utc: string, gap: string) =>
    (at: string): string => {
      const moment = Date.parse(at)
      if (Number.isNaN(moment)) return at
      const offset = offsetAt(moment)
      const local = new Date(moment + offset).toISOString().slice(from, to).replace('T', ' ')
      return `${local}${timezone === 'UTC' ? utc : `${gap}${offsetText(offset)}`}`
    }
  const moment = written(0, 19, ' UTC', ' ')
  const stamp = written(5, 23, 'Z', '')
  return {
    moment,
    minute: written(0, 16, ' UTC', ' '),
    timeOfDay: written(11, 19, 'Z', ''),
    stamp,
    day: written(0, 10, ' UTC', ' '),
    clock: (at) => (Number.isNaN(Date.parse(at)) ? at : stamp(at).slice(6, 18)),
    sentence: (text) => text.replaceAll(ISO_UTC, moment),
  }
}
