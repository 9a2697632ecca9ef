import {dutyAt} from '../../../src/domain/oncall/duty.js'
import type {Rota} from '../../../src/domain/oncall/rota.js'
import type {OncallCheckDocument, OncallDocument, OncallScheduleDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {checkRota} from '../../../src/usecases/oncall/check-rota.js'
import {listSchedule} from '../../../src/usecases/oncall/list-schedule.js'
import {reportOncall} from '../../../src/usecases/oncall/report-oncall.js'
import {aLayer, anOverride, aRota} from '../builders/rota.js'

const NOW = new Date('2026-11-23T06:30:00.000Z')
const DESK = {hours: [{start: 540, end: 1080}], weekdays: [0, 1, 2, 3, 4] as const}

/** Ana and Bia by the week, Caio at weekends, an override, and somebody who is away. */
const TEAM: Rota = aRota(
  [aLayer(), aLayer({name: 'weekend', people: ['Caio'], restriction: {hours: null, weekdays: [5, 6]}})],
  {
    overrides: [
      anOverride('Davi', '2026-11-24T20:00Z', '2026-11-25T08:00Z', 'Ana'),
      anOverride('Davi', '2026-12-01T20:00Z', '2026-12-02T08:00Z'),
    ],
    absences: [{person: 'Caio', reason: 'holidays', start: Date.parse('2026-11-27'), end: Date.parse('2026-12-02')}],
    people: ['Ana', 'Bia', 'Caio', 'Davi'].map((name) => ({name, email: null, slack: null, pagerduty: null})),
  },
)

/** With nights that nobody has. */
const OFFICE = aRota([aLayer({restriction: DESK})])
/** The same, where nobody has to have them. */
const DECLARED = {...OFFICE, coverage: DESK}
const ALONE = aRota([aLayer({people: ['Ana']})])
const OVER = aRota([aLayer({end: NOW.getTime() - 86_400_000})])

/** On call, with somebody who is away, nobody, and nobody who has to be. */
export const ONCALL_REPORTS = [
  reportOncall({rota: TEAM, at: NOW.getTime()}),
  reportOncall({rota: TEAM, at: Date.parse('2026-11-28T12:00Z')}),
  reportOncall({rota: OFFICE, at: NOW.getTime()}),
  reportOncall({rota: DECLARED, at: NOW.getTime()}),
].map(({data}) => data)

export function oncallDocuments(): Promise<readonly OncallDocument[]> {
  const rotas = [TEAM, OFFICE, DECLARED, ALONE, OVER, null]
  const results = rotas.map((rota) => reportOncall({rota, at: NOW.getTime()}))
  const saturday = reportOncall({rota: TEAM, at: Date.parse('2026-11-28T12:00Z')})
  const overridden = reportOncall({rota: TEAM, at: dutyAt(TEAM, NOW.getTime()).next?.since ?? 0})
  return Promise.resolve([...results, saturday, overridden].map((result) => envelope('oncall', result, NOW)))
}

export function oncallScheduleDocuments(): Promise<readonly OncallScheduleDocument[]> {
  const now = NOW.getTime()
  const asked = {start: now, end: now + 14 * 86_400_000}
  const list = (rota: Rota | null, person: string | null = null) =>
    listSchedule({service: 'shop', rota, now, asked, person})
  const results = [list(TEAM), list(TEAM, 'davi'), list(OFFICE), list(OVER, 'Bia'), list(null)]
  return Promise.resolve(results.map((result) => envelope('oncall-schedule', result, NOW)))
}

/** Shifts side by side that meet at noon, somebody who never serves, and a calendar that says more than faci understands. */
const MESSY: Rota = aRota(
  [
    aLayer({name: 'early', people: ['Ana'], restriction: {hours: [{start: 0, end: 780}], weekdays: null}}),
    aLayer({name: 'late', people: ['Bia', 'Ana'], restriction: {hours: [{start: 720, end: 1380}], weekdays: null}}),
  ],
  {
    people: ['Ana', 'Bia', 'Davi'].map((name) => ({name, email: null, slack: null, pagerduty: null})),
    absences: [{person: 'Ana', reason: null, start: Date.parse('2026-12-01'), end: Date.parse('2026-12-02')}],
    unread: [
      {person: 'Bia', file: 'bia.ics', what: 'dentist', why: 'recurring'},
      {person: 'Bia', file: 'bia.ics', what: 'trip', why: 'zone'},
      {person: 'Bia', file: 'bia.ics', what: '', why: 'time'},
      {person: 'Davi', file: 'davi.ics', what: '', why: 'file'},
    ],
  },
)

export function oncallCheckDocuments(): Promise<readonly OncallCheckDocument[]> {
  const check = (rota: Rota | null, months: number, timezoneData: string | null = '2025b') =>
    checkRota({rota, now: NOW.getTime(), months, timezoneData})
  const fair = aRota([aLayer()])
  const results = [check(TEAM, 3), check(MESSY, 1), check(fair, 12, null), check({...fair, unread: MESSY.unread}, 1)]
  return Promise.resolve([...results, check(null, 12)].map((result) => envelope('oncall-check', result, NOW)))
}
