import {type Duty, dutyAt} from '../../domain/oncall/duty.js'
import {absencesBetween} from '../../domain/oncall/absences.js'
import {gapsBetween} from '../../domain/oncall/gaps.js'
import {type Interval, union} from '../../domain/oncall/interval.js'
import type {DutyReport, OncallReport} from '../../domain/oncall/oncall-report.js'
import type {Rota} from '../../domain/oncall/rota.js'
import type {Result} from '../../domain/result.js'
import type {IsoTime} from '../../domain/time/iso-time.js'

const DAY_MS = 86_400_000
/** How far it is looked when somebody comes back. */
const MOST_AWAY_MS = 366 * DAY_MS

export interface ReportOncallInput {
  /** Null: faci.yml has none. */
  readonly rota: Rota | null
  /** Epoch ms. */
  readonly at: number
}

function iso(at: number): IsoTime {
  return new Date(at).toISOString()
}

/** Absences that touch are one; null: the person is not away. */
function awayThen(rota: Rota, person: string, at: number): Interval | null {
  const {absences} = absencesBetween(rota, {start: at, end: at + MOST_AWAY_MS})
  const own = union(absences.filter((absence) => absence.person === person))
  return own.find(({start, end}) => start <= at && at < end) ?? null
}

function dutyReport(rota: Rota, duty: Duty | null, at: number): DutyReport | null {
  if (duty === null) return null
  const {person, since, until, shift} = duty
  const begins = Math.max(at, since ?? at)
  const away = awayThen(rota, person, begins)
  return {
    person,
    since: since === null ? null : iso(since),
    until: until === null ? null : iso(until),
    layer: shift.layer,
    isOverride: shift.override !== null,
    absentUntil: away === null ? null : iso(away.end),
  }
}

/** Who is on call at a time, and who is next. Nobody is `bad`, no rota `unknown`. */
export function reportOncall({rota, at}: ReportOncallInput): Result<OncallReport> {
  if (rota === null) {
    const data = {at: iso(at), timezone: null, now: null, next: null, isRequired: false, nextGapAt: null}
    return {verdict: 'unknown', data}
  }
  const {now, next} = dutyAt(rota, at)
  const [gap] = gapsBetween(rota, {start: at, end: at + DAY_MS})
  return {
    verdict: now === null ? 'bad' : 'ok',
    data: {
      at: iso(at),
      timezone: rota.timezone,
      now: dutyReport(rota, now, at),
      next: dutyReport(rota, next, at),
      isRequired: now !== null || gap?.start === at,
      nextGapAt: gap === undefined ? null : iso(gap.start),
    },
  }
}
