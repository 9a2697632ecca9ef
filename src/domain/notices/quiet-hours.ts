import {type Weekday, weekdayOf} from '../time/weekday.js'
import {atWallClock, zoneOffset} from '../time/zone-offset.js'

/** `notices.quiet` of faci.yml: by the wall clock of a zone, so that 07:00 is 07:00 whatever its clocks do that night. */
export interface QuietHours {
  /** Minutes after midnight. `to` not after `from`: of the next day. */
  readonly from: number
  readonly to: number
  /** On which days they begin; null: every day. */
  readonly weekdays: readonly Weekday[] | null
  /** IANA. */
  readonly timezone: string
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Quiet hours that meet are one; a week of them comes round. */
const MOST_IN_A_ROW = 8

function endAfter({from, to, weekdays, timezone}: QuietHours, at: number): number | null {
  const offset = zoneOffset(timezone)
  const today = Math.floor((at + offset(at)) / DAY_MS)
  for (const day of [today - 1, today]) {
    if (weekdays?.includes(weekdayOf(day * DAY_MS)) === false) continue
    const start = atWallClock(offset, day * DAY_MS + from * MINUTE_MS)
    const end = atWallClock(offset, (to > from ? day : day + 1) * DAY_MS + to * MINUTE_MS)
    if (start <= at && at < end) return end
  }
  return null
}

/** When the quiet hours end in which a moment is (epoch ms); null: it is in none. */
export function quietUntil(quiet: QuietHours, at: number): number | null {
  let end = endAfter(quiet, at)
  for (let count = 1; end !== null && count < MOST_IN_A_ROW; count += 1) {
    const next = endAfter(quiet, end)
    if (next === null) return end
    end = next
  }
  return end
}
