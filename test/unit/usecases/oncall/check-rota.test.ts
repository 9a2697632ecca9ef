import {describe, expect, it} from 'vitest'
import type {RotaFindingKind} from '../../../../src/domain/oncall/rota-check.js'
import type {Layer, Rota} from '../../../../src/domain/oncall/rota.js'
import {checkRota} from '../../../../src/usecases/oncall/check-rota.js'
import {aLayer, anOverride, aRota, wall} from '../../../support/builders/rota.js'

const NOW = wall('2026-01-12T00:00')
const DAILY = {every: {count: 1, unit: 'days'}} as const

function check(rota: Rota | null, months = 1, now = NOW) {
  return checkRota({rota, now, months, timezoneData: '2025b'})
}

/** `gap 2026-01-12T00:00/2026-01-12T09:00`, of one kind. */
function found(rota: Rota, kind: RotaFindingKind, months = 1): readonly string[] {
  const {findings} = check(rota, months).data
  const of = findings.filter((finding) => finding.kind === kind)
  return of.map(({start, end, people}) => [people.join('+'), start.slice(0, 16), end.slice(0, 16)].join(' ').trim())
}

function byHours(name: string, start: number, end: number, people: readonly string[]): Layer {
  const restriction = {hours: [{start: start * 60, end: end * 60}], weekdays: null}
  return aLayer({...DAILY, name, people, anchor: wall('2026-01-05T00:00'), restriction})
}

function withPeople(rota: Rota, ...more: readonly string[]): Rota {
  const others = more.map((name) => ({name, email: null, slack: null, pagerduty: null}))
  return {...rota, people: [...rota.people, ...others]}
}

describe('oncall check', () => {
  it('finds nothing in a rota that has somebody always', () => {
    expect(check(aRota())).toMatchObject({verdict: 'ok', data: {findings: [], timezoneData: '2025b'}})
  })

  it('knows nothing without a rota, and is not sure with a calendar that it cannot read', () => {
    expect(check(null)).toMatchObject({verdict: 'unknown', data: {timezone: null, findings: [], fairness: []}})
    const unread = [{person: 'Ana', file: 'ana.ics', what: '', why: 'file'}] as const
    expect(check(aRota(undefined, {unread})).verdict).toBe('unknown')
  })

  it('adds up no durations: two half days that overlap leave a gap', () => {
    const rota = aRota([byHours('early', 0, 12, ['Ana']), byHours('late', 6, 18, ['Bia'])])
    const gaps = found(rota, 'gap')
    expect([gaps.length, gaps[0]]).toEqual([31, '2026-01-12T18:00 2026-01-13T00:00'])
    expect(found(rota, 'overlap')[0]).toBe('Ana+Bia 2026-01-12T06:00 2026-01-12T12:00')
    expect(check(rota).verdict).toBe('bad')
  })

  it('looks at nothing that is over', () => {
    const rota = aRota([aLayer({anchor: wall('2026-01-12T09:00')})])
    expect(found(rota, 'gap')).toEqual(['2026-01-12T00:00 2026-01-12T09:00'])
    expect(check(rota, 1, wall('2026-01-12T09:00')).data.findings).toEqual([])
  })

  it('finds no gap where coverage asks for nobody', () => {
    const desk = {hours: [{start: 540, end: 1080}], weekdays: null}
    const rota = aRota([aLayer({restriction: desk})])
    expect(found(rota, 'gap')).toHaveLength(32)
    expect(found({...rota, coverage: desk}, 'gap')).toEqual([])
    const longer = {hours: [{start: 540, end: 1140}], weekdays: null}
    expect(found({...rota, coverage: longer}, 'gap')[0]).toBe('2026-01-12T18:00 2026-01-12T19:00')
  })

  it('takes a layer without hours over another for what it is, and two overrides at once for a mistake', () => {
    const weekend = aLayer({name: 'weekend', people: ['Caio'], restriction: {hours: null, weekdays: [5, 6]}})
    const overrides = [
      anOverride('Davi', '2026-01-20T00:00Z', '2026-01-21T00:00Z'),
      anOverride('Caio', '2026-01-20T12:00Z', '2026-01-22T00:00Z'),
    ]
    expect(found(aRota([aLayer(), weekend]), 'overlap')).toEqual([])
    expect(found(aRota([aLayer()], {overrides}), 'overlap')).toEqual(['Davi+Caio 2026-01-20T12:00 2026-01-21T00:00'])
  })

  it('finds who never serves, but not who only has to wait longer than was asked about', () => {
    const hidden = aRota([aLayer({name: 'under', people: ['Zoe']}), aLayer()])
    expect(found(hidden, 'neverServes').map((line) => line.slice(0, 3))).toEqual(['Zoe'])
    const many = aRota([aLayer({people: Array.from({length: 30}, (_, index) => `p${String(index)}`)})])
    expect(found(many, 'neverServes')).toEqual([])
  })

  it('takes somebody who is only in the escalation for a helper, and anybody else for forgotten', () => {
    const notify = {kind: 'person', name: 'Boss'} as const
    const rota = withPeople({...aRota(), escalation: [{notify, withinSeconds: 300}]}, 'Boss', 'Eva')
    expect(found(rota, 'neverServes').map((line) => line.slice(0, 3))).toEqual(['Eva'])
  })

  it('finds a person in two layers at once', () => {
    const second = aLayer({name: 'second', people: ['Bia'], restriction: {hours: null, weekdays: [2]}})
    expect(found(aRota([aLayer(), second]), 'doubleShift')[0]).toBe('Bia 2026-01-14T00:00 2026-01-15T00:00')
  })

  it('finds two shifts in a row, unless nobody else could have the second', () => {
    const overrides = [anOverride('Ana', '2026-01-12T09:00Z', '2026-01-19T09:00Z', 'Bia')]
    expect(found(aRota(undefined, {overrides}), 'doubleShift')).toEqual(['Ana 2026-01-12T00:00 2026-01-26T09:00'])
    expect(found(aRota([aLayer({people: ['Ana']})]), 'doubleShift')).toEqual([])
  })

  it('finds who is on call while away, and no more once somebody replaces them', () => {
    const absences = [{person: 'Ana', reason: null, start: wall('2026-01-20T00:00'), end: wall('2026-01-28T00:00')}]
    const rota = aRota(undefined, {absences})
    expect(found(rota, 'absence')).toEqual(['Ana 2026-01-20T00:00 2026-01-26T09:00'])
    const overrides = [anOverride('Bia', '2026-01-19T00:00Z', '2026-01-29T00:00Z', 'Ana')]
    expect(found({...rota, overrides}, 'absence')).toEqual([])
  })

  it('counts hours, nights and days of weekends of each', () => {
    const rota = withPeople(aRota([aLayer({anchor: wall('2026-01-05T00:00')})]), 'Davi')
    const {fairness} = checkRota({rota, now: wall('2026-01-05T00:00'), months: 1, timezoneData: null}).data
    // 31 days: two weeks of each and three days of the fifth, which is Ana's; nights are the evening's, and one began before.
    expect(fairness).toEqual([
      {person: 'Ana', hours: 24 * 17, nights: 20, weekendDays: 4},
      {person: 'Bia', hours: 24 * 14, nights: 16, weekendDays: 4},
      {person: 'Davi', hours: 0, nights: 0, weekendDays: 0},
    ])
  })

  it('has a week of 167 hours when clocks are put forward', () => {
    const rota = aRota([aLayer()], {timezone: 'America/New_York'})
    const {fairness} = check(rota, 3, Date.parse('2026-01-05T14:00:00Z')).data
    // Three months of wall clock, one hour less of time.
    expect(fairness.reduce((sum, {hours}) => sum + hours, 0)).toBe(90 * 24 - 1)
  })
})
