import {absencesBetween} from '../../domain/oncall/absences.js'
import {fairnessOf} from '../../domain/oncall/fairness.js'
import type {RotaCheckReport} from '../../domain/oncall/rota-check.js'
import {rotaFindings} from '../../domain/oncall/rota-findings.js'
import type {Rota} from '../../domain/oncall/rota.js'
import {within} from '../../domain/oncall/interval.js'
import {shiftsBetween} from '../../domain/oncall/shifts.js'
import {monthsLater, wallClock} from '../../domain/oncall/wall-clock.js'
import type {Result} from '../../domain/result.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {ActVerdict} from '../../domain/verdict.js'

export interface CheckRotaInput {
  /** Null: faci.yml has none. */
  readonly rota: Rota | null
  /** Epoch ms: nothing before is looked at. */
  readonly now: number
  readonly months: number
  readonly timezoneData: string | null
}

function iso(at: number): IsoTime {
  return new Date(at).toISOString()
}

function verdictOf({findings, unread}: Pick<RotaCheckReport, 'findings' | 'unread'>): ActVerdict {
  if (findings.length > 0) return 'bad'
  return unread.length > 0 ? 'unknown' : 'ok'
}

/** What is wrong with the rota from now on. Findings are `bad`; no rota, or a calendar that is not understood, `unknown`. */
export function checkRota({rota, now, months, timezoneData}: CheckRotaInput): Result<RotaCheckReport> {
  const clock = wallClock(rota?.timezone ?? 'UTC')
  const asked = {start: now, end: clock.instant(monthsLater(clock.wall(now), months))}
  const head = {from: iso(asked.start), to: iso(asked.end), timezone: rota?.timezone ?? null, timezoneData}
  if (rota === null) return {verdict: 'unknown', data: {...head, findings: [], fairness: [], unread: []}}
  const shifts = within(shiftsBetween(rota, asked), [asked])
  const {absences: away, unread} = absencesBetween(rota, asked)
  const findings = rotaFindings(rota, {shifts, away}, asked, clock).map(({start, end, kind, people}) => ({
    ...{kind, start: iso(start), end: iso(end), people},
  }))
  const names = rota.people.map(({name}) => name)
  const data = {...head, findings, fairness: fairnessOf(names, shifts, asked, clock), unread}
  return {verdict: verdictOf(data), data}
}
