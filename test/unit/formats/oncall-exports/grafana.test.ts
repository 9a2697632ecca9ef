import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {grafana, GRAFANA_SHIFTS} from '../../../support/oncall-exports/exports.js'
import {grafanaModel, type GrafanaModelShift} from '../../../support/oncall-exports/models.js'
import {
  differences,
  isExactly,
  isOneOf,
  personAt,
  roundTrip,
  told,
  TWO_YEARS,
} from '../../../support/oncall-exports/round-trip.js'

const NAMES: Readonly<Record<string, string>> = {U0: 'ana', U1: 'bia', U2: 'caio'}
const ZONES = ['America/Chicago', 'America/Santiago', 'Australia/Lord_Howe', 'Europe/Lisbon', 'UTC']
const [weeks, evenings] = GRAFANA_SHIFTS

async function compared(zone: string, shifts: readonly object[]) {
  const ids = shifts.map((shift) => ('id' in shift ? shift.id : ''))
  const {rota, report} = await roundTrip(grafana(shifts, {time_zone: zone, shifts: ids}))
  const defaults = {level: 0, interval: 1, by_day: null, week_start: 'SU', start_rotation_from_user_index: 0}
  const model = grafanaModel(
    zone,
    shifts.map((one) => ({...defaults, ...one}) as unknown as GrafanaModelShift),
    TWO_YEARS,
  )
  const kinds = told(report).map(({kind}) => kind)
  const unlike =
    rota === null ? [] : differences(rota, model, (id) => NAMES[id] ?? id, kinds.length === 0 ? isExactly : isOneOf)
  return {unlike, kinds}
}

const GOOD = {unlike: [], kinds: []}

describe('a schedule of Grafana OnCall', () => {
  it.each(ZONES)('has the same people on call for two years in %s', async (zone) => {
    expect(await compared(zone, GRAFANA_SHIFTS)).toEqual(GOOD)
  })

  it('turns the week on the day that it says, also where it begins in the middle of one', async () => {
    const shift = {...evenings, level: 1, frequency: 'weekly', by_day: ['MO', 'WE', 'SU'], duration: 36_000}
    expect(await compared('America/Chicago', [{...shift, week_start: 'SU', start: '2026-12-16T20:00:00'}])).toEqual(
      GOOD,
    )
    expect(await compared('America/Chicago', [{...shift, week_start: 'MO', start: '2026-12-16T20:00:00'}])).toEqual(
      GOOD,
    )
    expect(await compared('America/Chicago', [{...shift, week_start: 'WE', start: '2026-12-15T20:00:00'}])).toEqual(
      GOOD,
    )
  })

  it('counts only the days that it is on', async () => {
    const shift = {...evenings, interval: 2, by_day: ['TU', 'FR', 'SA']}
    expect(await compared('Europe/Lisbon', [shift])).toEqual(GOOD)
    expect(await compared('Europe/Lisbon', [{...shift, interval: 1, start: '2026-01-07T18:00:00'}])).toEqual(GOOD)
  })

  it('takes the times of a shift by its own zone, where the clocks of both are changed together', async () => {
    const same = await roundTrip(
      grafana([{...weeks, time_zone: 'Europe/Berlin'}, evenings], {time_zone: 'Europe/Lisbon'}),
    )
    expect(told(same.report)).toEqual([])
    const layer = same.report.rota?.layers[0]
    expect([same.report.rota?.timezone, layer?.handoff, layer?.start]).toEqual(['Europe/Lisbon', '08:00', '2026-01-05'])
    const other = await roundTrip(grafana([{...weeks, time_zone: 'America/New_York'}, evenings]))
    expect(told(other.report)).toMatchObject([{kind: 'zone', name: 'Weeks', detail: 'America/New_York'}])
    const all = await roundTrip(
      grafana([
        {...weeks, time_zone: 'UTC'},
        {...evenings, time_zone: 'UTC'},
      ]),
    )
    expect([all.report.rota?.timezone, told(all.report)]).toEqual(['UTC', []])
  })

  it('has events and overrides that happen once', async () => {
    const event = {
      id: 'O3',
      name: 'Launch',
      type: 'single_event',
      level: 3,
      start: '2026-12-24T09:00:00',
      duration: 7200,
      users: ['U2'],
    }
    const override = {
      id: 'O4',
      name: 'Override',
      type: 'override',
      start: '2026-12-24T10:00:00',
      duration: 7200,
      rolling_users: [['U1']],
    }
    const {rota, report} = await roundTrip(grafana([weeks, evenings, event, override], {shifts: ['O1', 'O2', 'O3']}))
    expect(told(report)).toEqual([])
    const at = ['2026-12-24T15:00:00Z', '2026-12-24T15:59:59Z', '2026-12-24T16:00:00Z', '2026-12-24T17:59:59Z']
    expect(at.map((one) => personAt(rota, one))).toEqual(['caio', 'caio', 'bia', 'bia'])
  })

  it('has shifts without their schedule, if they say where they are', async () => {
    const {report} = await roundTrip({results: [{...weeks, time_zone: 'Europe/Lisbon'}]})
    expect([report.schedule, report.rota?.timezone]).toEqual(['on-call shifts', 'Europe/Lisbon'])
    expect(new Set(told(report).map(({kind, detail}) => `${kind} ${detail}`))).toEqual(
      new Set(['unnamed GET /api/v1/users']),
    )
    await expect(roundTrip({results: [weeks]})).rejects.toThrow('does not say in which time zone')
  })
})

describe('what a rota of faci cannot say of Grafana OnCall', () => {
  const kinds = async (shift: object, over: object = {}): Promise<readonly string[]> => {
    const {report, verdict} = await roundTrip(grafana([shift, evenings], over))
    expect(verdict).toBe('bad')
    return told(report).map(({kind}) => kind)
  }

  it.each([
    [{...weeks, frequency: 'monthly'}, 'recurrence'],
    [{...weeks, by_monthday: [1, 15]}, 'recurrence'],
    [{...weeks, by_day: ['1MO'], duration: 3600}, 'recurrence'],
    [{...weeks, frequency: 'hourly', by_day: ['MO'], duration: 3600}, 'recurrence'],
    [{...weeks, by_day: ['MO'], interval: 2, duration: 3600}, 'recurrence'],
    [{...weeks, duration: 700_000}, 'recurrence'],
    [{...weeks, rolling_users: [['U0'], []]}, 'participant'],
    [{...weeks, rolling_users: []}, 'participant'],
    [{...weeks, rotation_start: '2027-01-06T09:00:00'}, 'virtualStart'],
    [{...weeks, until: '2027-06-02T09:00:00'}, 'until'],
    [{...weeks, level: 2}, 'simultaneous'],
  ])('is told: %j', async (shift, kind) => {
    expect(await kinds(shift)).toEqual([kind])
  })

  it('is told of shifts that are not in the file, and of calendars', async () => {
    expect(await kinds(weeks, {shifts: ['O1', 'O2', 'O9']})).toEqual(['missingShift'])
    expect(await kinds(weeks, {ical_url_overrides: 'https://calendar.example/o.ics'})).toEqual(['calendar'])
    const {report, yaml} = await roundTrip(grafana([], {type: 'ical'}))
    expect([report.rota, yaml, told(report).map(({kind}) => kind)]).toEqual([null, '', ['calendar']])
  })

  it('is told of several on call together, of whom the first is kept', async () => {
    const {unlike, kinds: told} = await compared('UTC', [{...weeks, rolling_users: [['U0', 'U1'], ['U2']]}])
    expect([unlike, told]).toEqual([[], ['severalAtOnce']])
  })
})

describe('a file with shifts of several schedules of Grafana OnCall', () => {
  const override = {
    ...{id: 'OV', name: 'Swap', type: 'override', time_zone: 'UTC'},
    ...{start: '2026-12-24T10:00:00', duration: 7200, rolling_users: [['U2']]},
  }
  const over = {...override, id: 'OV0', start: '2026-10-24T10:00:00'}
  const both = (first: unknown, second: unknown, shifts: readonly object[]) => [
    grafana(shifts, {name: 'Payments', shifts: first}),
    {schedules: {results: [{id: 'S2', name: 'Search', type: 'web', time_zone: 'UTC', shifts: second}]}},
  ]
  const outcome = async (value: unknown, schedule: string | null) => {
    const {report, verdict} = await roundTrip(value, null, schedule)
    const findings = told(report).map(({kind, name}) => `${kind} ${name}`)
    return {layers: report.rota?.layers.length ?? 0, overrides: report.rota?.overrides?.length ?? 0, findings, verdict}
  }
  const SWAP = 'whoseOverride Swap at 2026-12-24 10:00'

  it.each([[[]], [null], [undefined]])('gives a schedule that lists %j nobody of another one', async (shifts) => {
    const value = both(['O1'], shifts, [weeks])
    expect(await outcome(value, 'Search')).toEqual({
      ...{layers: 0, overrides: 0, findings: ['noShifts Search'], verdict: 'bad'},
    })
    expect(await outcome(value, 'Payments')).toMatchObject({layers: 1, findings: []})
  })

  it('gives the only schedule all shifts where it lists none at all, and none where its list is empty', async () => {
    expect(await outcome(grafana([weeks], {shifts: undefined}), null)).toMatchObject({layers: 1, findings: []})
    expect(await outcome(grafana([weeks], {shifts: []}), null)).toMatchObject({layers: 0, findings: ['noShifts Shop']})
  })

  it.each([
    ['lists shifts', ['O2'], [weeks, evenings, override]],
    ['lists none', [], [weeks, override]],
  ])('tells of an override that may be of either, where the other one %s', async (_, second, shifts) => {
    const value = both(['O1'], second, [...shifts, over])
    expect(await outcome(value, 'Payments')).toMatchObject({layers: 1, overrides: 0, findings: [SWAP], verdict: 'bad'})
    expect((await outcome(value, 'Search')).findings).toContain(SWAP)
  })

  it('tells of it as well where the other schedule is not in the file, but a shift of it is', async () => {
    const value = grafana([weeks, evenings, override], {shifts: ['O1']})
    expect(await outcome(value, null)).toMatchObject({layers: 1, overrides: 0, findings: [SWAP], verdict: 'bad'})
  })

  it('gives an override that one of them lists to that one', async () => {
    const value = both(['O1', 'OV'], ['O2'], [weeks, evenings, override])
    expect(await outcome(value, 'Payments')).toMatchObject({layers: 1, overrides: 1, findings: []})
    expect(await outcome(value, 'Search')).toMatchObject({layers: 1, overrides: 0, findings: []})
  })
})

const days = fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), {minLength: 1})
const users = fc.array(
  fc.constantFrom('U0', 'U1', 'U2').map((id) => [id]),
  {minLength: 1, maxLength: 4},
)
const start = fc
  .tuple(fc.integer({min: 0, max: 400}), fc.integer({min: 0, max: 47}))
  .map(([day, half]) => new Date(Date.UTC(2026, 0, 1 + day, 0, 30 * half)).toISOString().slice(0, 19))
const common = {
  start,
  week_start: fc.constantFrom('MO', 'SU', 'WE'),
  rolling_users: users,
  start_rotation_from_user_index: fc.constantFrom(0, 0, 1),
  level: fc.integer({min: 0, max: 2}),
}
const hours = (most: number) => fc.integer({min: 1, max: most}).map((count) => count * 3600)
const shift = fc.oneof(
  fc.record({...common, frequency: fc.constant('weekly'), by_day: days, duration: hours(24)}),
  fc.record({
    ...common,
    frequency: fc.constant('daily'),
    by_day: days,
    duration: hours(24),
    interval: fc.integer({min: 1, max: 3}),
  }),
  fc.record({...common, frequency: fc.constant('daily'), duration: hours(24)}),
  fc.record({...common, frequency: fc.constant('weekly'), duration: hours(168)}),
  fc.record({...common, frequency: fc.constant('hourly'), interval: fc.constant(8), duration: hours(8)}),
  fc.record({...common, frequency: fc.constant('daily'), interval: fc.constant(3), duration: fc.constant(3 * 86_400)}),
)

it('has the same people on call, whatever its shifts are', async () => {
  const all = fc.array(shift, {minLength: 1, maxLength: 3})
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ZONES), all, async (zone, generated) => {
      const shifts = generated.map((one, at) => ({
        ...{...one, id: `O${String(at)}`, name: `Shift ${String(at)}`, type: 'rolling_users'},
        start_rotation_from_user_index: one.start_rotation_from_user_index % one.rolling_users.length,
      }))
      const {unlike, kinds} = await compared(zone, shifts)
      if (kinds.length > 0 && new Set(shifts.map(({level}) => level)).size > 1) return
      expect(unlike).toEqual([])
    }),
    {numRuns: 8},
  )
})
