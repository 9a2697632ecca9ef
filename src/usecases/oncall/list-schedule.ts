import {gapsBetween} from '../../domain/oncall/gaps.js'
import type {Interval} from '../../domain/oncall/interval.js'
import type {IntervalReport, ScheduleReport} from '../../domain/oncall/oncall-report.js'
import type {Rota} from '../../domain/oncall/rota.js'
import {shiftsBetween} from '../../domain/oncall/shifts.js'
import type {Result} from '../../domain/result.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import {namedPerson} from './named-person.js'

export interface ListScheduleInput {
  readonly service: string
  /** Null: faci.yml has none. */
  readonly rota: Rota | null
  /** Epoch ms. */
  readonly now: number
  readonly asked: Interval
  readonly person: string | null
}

function iso(at: number): IsoTime {
  return new Date(at).toISOString()
}

function written({start, end}: Interval): IntervalReport {
  return {start: iso(start), end: iso(end)}
}

/** Who is on call when. No rota is `unknown`. Throws `notFound` for a person who is not in it. */
export function listSchedule({service, rota, now, asked, person}: ListScheduleInput): Result<ScheduleReport> {
  const head = {service, at: iso(now), from: iso(asked.start), to: iso(asked.end)}
  if (rota === null) return {verdict: 'unknown', data: {...head, timezone: null, person: null, shifts: [], gaps: []}}
  const only = person === null ? null : namedPerson(rota, person)
  const shifts = shiftsBetween(rota, asked).filter((shift) => only === null || shift.person === only)
  return {
    verdict: 'ok',
    data: {
      ...head,
      timezone: rota.timezone,
      person: only,
      shifts: shifts.map(({start, end, layer, override, ...shift}) => ({
        ...{person: shift.person, ...written({start, end}), layer},
        isOverride: override !== null,
      })),
      gaps: only === null ? gapsBetween(rota, asked).map(written) : [],
    },
  }
}
