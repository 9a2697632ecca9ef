import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {PAGERDUTY_LAYERS, PAGERDUTY_POLICY, pagerDuty} from '../../../support/oncall-exports/exports.js'
import {type PagerDutyLayer, pagerDutyModel, type PagerDutySchedule} from '../../../support/oncall-exports/models.js'
import {
  differences,
  isExactly,
  personAt,
  roundTrip,
  told,
  TWO_YEARS,
} from '../../../support/oncall-exports/round-trip.js'

const NAMES: Readonly<Record<string, string>> = {PUSER01: 'Ana Prado', PUSER02: 'Bia Rocha', PUSER03: 'Caio Lima'}
const nameOf = (id: string): string => NAMES[id] ?? id

/** Clocks that change at night, at midnight, by half an hour, in the south, and never. */
const ZONES = [
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Europe/Lisbon',
  'America/Sao_Paulo',
  'UTC',
]

async function compared(over: object): Promise<readonly string[]> {
  const value = pagerDuty(over)
  const {rota, report} = await roundTrip(value)
  expect(told(report)).toEqual([])
  if (rota === null) return ['nothing']
  const model = pagerDutyModel(value.schedule as unknown as PagerDutySchedule, TWO_YEARS)
  return differences(rota, model, nameOf, isExactly)
}

const {nights, base} = PAGERDUTY_LAYERS
const weekdays = [1, 2, 3, 4, 5].map((day) => ({
  ...{type: 'weekly_restriction', start_time_of_day: '09:00:00', duration_seconds: 32_400, start_day_of_week: day},
}))
const weekend = {
  type: 'weekly_restriction',
  start_time_of_day: '17:00:00',
  duration_seconds: 226_800,
  start_day_of_week: 5,
}
const ana = {id: 'PUSER01', summary: 'Ana Prado'}

describe('a schedule of PagerDuty', () => {
  it.each(ZONES)('has the same people on call for two years in %s', async (zone) => {
    expect(await compared({time_zone: zone})).toEqual([])
  })

  it('counts turns that a restriction leaves nothing of', async () => {
    const layer = {...base, rotation_turn_length_seconds: 86_400, rotation_virtual_start: '2026-01-05T00:00:00-05:00'}
    expect(await compared({schedule_layers: [{...layer, restrictions: weekdays}]})).toEqual([])
    expect(
      await compared({schedule_layers: [{...layer, users: [...nights.users, ...base.users], restrictions: weekdays}]}),
    ).toEqual([])
  })

  it('has a weekend as one stretch', async () => {
    expect(await compared({schedule_layers: [{...nights, restrictions: [weekend]}, base]})).toEqual([])
  })

  it('begins later, within a turn and with one, and ends', async () => {
    const later = {...nights, start: '2026-12-10T15:30:00Z', end: '2027-05-01T11:00:00Z'}
    expect(await compared({schedule_layers: [later, base]})).toEqual([])
    const within = {...base, start: '2027-01-06T12:00:00Z', restrictions: weekdays}
    expect(await compared({schedule_layers: [within, base]})).toEqual([])
  })

  it('has overrides over all layers, a later one over an earlier one, and drops those that are over', async () => {
    const overrides = [
      {start: '2026-11-01T00:00:00Z', end: '2026-11-02T00:00:00Z', user: ana},
      {start: '2027-03-13T20:00:00-05:00', end: '2027-03-14T12:00:00-04:00', user: ana},
      {
        start: '2027-03-14T00:00:00-05:00',
        end: '2027-03-14T13:00:00-04:00',
        user: {id: 'PUSER03', summary: 'Caio Lima'},
      },
    ]
    expect(await compared({overrides})).toEqual([])
    const {report, verdict} = await roundTrip(pagerDuty({overrides}))
    expect([report.ended, verdict]).toEqual([{rotations: 0, overrides: 1}, 'ok'])
  })

  it('drops layers that have ended', async () => {
    const over = {...nights, end: '2026-02-01T00:00:00Z'}
    expect(await compared({schedule_layers: [over, base]})).toEqual([])
    expect((await roundTrip(pagerDuty({schedule_layers: [over, base]}))).report.ended.rotations).toBe(1)
  })

  const zone = fc.constantFrom(...ZONES)
  const hour = fc.integer({min: 0, max: 47}).map((half) => half * 1800)
  const text = (seconds: number): string =>
    `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String((seconds % 3600) / 60).padStart(2, '0')}:00`
  const restriction = fc.oneof(
    fc.record({
      type: fc.constant('daily_restriction'),
      start_time_of_day: hour.map(text),
      duration_seconds: fc.integer({min: 1, max: 48}).map((half) => half * 1800),
    }),
    fc.record({
      type: fc.constant('weekly_restriction'),
      start_time_of_day: hour.map(text),
      duration_seconds: fc.integer({min: 1, max: 300}).map((half) => half * 1800),
      start_day_of_week: fc.integer({min: 1, max: 7}),
    }),
  )
  const layer = fc.record({
    start: fc.constantFrom('2026-02-01T01:02:03Z', '2026-12-03T00:00:00Z', '2027-06-30T12:30:00Z'),
    end: fc.constantFrom(null, null, '2027-11-01T00:30:00Z'),
    rotation_virtual_start: fc
      .tuple(fc.integer({min: 0, max: 27}), hour)
      .map(([day, at]) => new Date(Date.UTC(2026, 0, 1 + day) + at * 1000).toISOString()),
    rotation_turn_length_seconds: fc.constantFrom(6, 8, 12, 24, 48, 72, 168, 336).map((hours) => hours * 3600),
    users: fc.array(fc.constantFrom('PUSER01', 'PUSER02', 'PUSER03'), {minLength: 1, maxLength: 5}),
    restrictions: fc.oneof(fc.constant([]), fc.array(restriction, {minLength: 1, maxLength: 3})),
  })

  it('has the same people on call, whatever its layers are', async () => {
    await fc.assert(
      fc.asyncProperty(zone, fc.array(layer, {minLength: 1, maxLength: 3}), async (time_zone, layers) => {
        const schedule_layers = layers.map(({users, ...rest}, at) => ({
          ...{...rest, name: `Layer ${String(at)}`},
          users: users.map((id) => ({user: {id, summary: nameOf(id)}})),
        })) satisfies readonly PagerDutyLayer[]
        expect(await compared({time_zone, schedule_layers})).toEqual([])
      }),
      {numRuns: 8},
    )
  })
})

describe('what a rota of faci cannot say of PagerDuty', () => {
  const kinds = async (over: object): Promise<readonly string[]> => {
    const {report, verdict, yaml} = await roundTrip(pagerDuty(over))
    expect(verdict).toBe('bad')
    for (const one of told(report))
      if (report.rota !== null) expect(yaml).toContain(`# ${one.kind === 'step' ? 'step' : one.name}`)
    return told(report).map(({kind}) => kind)
  }

  it('is told for each layer, at its place', async () => {
    expect(await kinds({schedule_layers: [{...nights, rotation_turn_length_seconds: 5400}, base]})).toEqual([
      'turnLength',
    ])
    expect(await kinds({schedule_layers: [{...nights, users: []}, base]})).toEqual(['empty'])
    expect(
      await kinds({schedule_layers: [{...nights, rotation_virtual_start: '2026-01-05T21:00:11-05:00'}, base]}),
    ).toEqual(['seconds'])
    expect(
      await kinds({schedule_layers: [{...nights, rotation_virtual_start: '2027-01-05T21:00:00-05:00'}, base]}),
    ).toEqual(['virtualStart'])
    expect(await kinds({schedule_layers: []})).toEqual([])
  })

  it('is told of overrides in the hour that comes twice', async () => {
    const overrides = [{start: '2027-11-07T01:30:00-05:00', end: '2027-11-07T12:00:00-05:00', user: ana}]
    expect(told((await roundTrip(pagerDuty({overrides}))).report).map(({kind}) => kind)).toEqual(['overrideHour'])
  })

  it('is told of escalation', async () => {
    const {escalation_policy: policy} = PAGERDUTY_POLICY
    const two = {
      escalation_delay_in_minutes: 5,
      targets: [
        {id: 'PUSER01', type: 'user'},
        {id: 'PUSER02', type: 'user'},
      ],
    }
    const odd = {escalation_policy: {...policy, num_loops: 2, escalation_rules: [...policy.escalation_rules, two]}}
    const {report} = await roundTrip([pagerDuty(), odd])
    expect(told(report).map(({kind, before}) => [kind, before])).toEqual([
      ['loops', 0],
      ['step', 2],
    ])
    expect(report.rota?.escalation).toEqual([
      {notify: 'current', within: '10m'},
      {notify: 'Caio Lima', within: '30m'},
    ])
  })
})

describe('what PagerDuty has computed itself', () => {
  const entry = (id: string) => ({
    start: '2026-12-01T03:00:00Z',
    end: '2026-12-01T11:00:00Z',
    user: {id, summary: nameOf(id)},
  })
  const computed = (id: string) => ({final_schedule: {rendered_schedule_entries: [entry(id)]}})

  it('decides which layer covers which', async () => {
    const plain = await roundTrip(pagerDuty())
    const night = personAt(plain.rota, '2026-12-01T03:30:00Z')
    const turned = await roundTrip(pagerDuty({schedule_layers: [base, nights]}))
    const day = personAt(turned.rota, '2026-12-01T03:30:00Z')
    expect(night).not.toBe(day)
    const idOf = (name: string | null): string => Object.keys(NAMES).find((id) => NAMES[id] === name) ?? ''
    const again = await roundTrip(pagerDuty({schedule_layers: [base, nights], ...computed(idOf(night))}))
    expect([personAt(again.rota, '2026-12-01T03:30:00Z'), told(again.report)]).toEqual([night, []])
  })

  it('is told where the rota differs from it', async () => {
    const {report, verdict} = await roundTrip(pagerDuty(computed('PUSER09')))
    expect([verdict, told(report).map(({kind}) => kind)]).toEqual(['bad', ['differs']])
  })
})

describe('overrides of PagerDuty that are an answer of their own', () => {
  const own = {
    overrides: [
      {start: '2026-12-07T00:00:00Z', end: '2026-12-08T00:00:00Z', user: {id: 'PUSER03', summary: 'Caio Lima'}},
    ],
  }

  it('are those of the only schedule of the file', async () => {
    const {rota, report, verdict} = await roundTrip([pagerDuty({overrides: undefined}), own])
    expect([told(report), verdict, personAt(rota, '2026-12-07T12:00:00Z')]).toEqual([[], 'ok', 'Caio Lima'])
  })

  it('are added to those that the schedule itself lists, each once', async () => {
    const {report} = await roundTrip([pagerDuty({overrides: []}), own])
    expect(report.rota?.overrides).toMatchObject([{person: 'Caio Lima'}])
    const listed = {start: '2026-12-05T00:00:00Z', end: '2026-12-06T00:00:00Z', user: ana}
    const more = await roundTrip([pagerDuty({overrides: [listed, ...own.overrides]}), own])
    expect(more.report.rota?.overrides).toMatchObject([{person: 'Ana Prado'}, {person: 'Caio Lima'}])
  })

  it('are nobody knows whose where there are several', async () => {
    const {report, verdict} = await roundTrip(
      [pagerDuty({overrides: undefined}), pagerDuty({name: 'Other', id: 'P2'}), own],
      null,
      'Shop',
    )
    expect([told(report).map(({kind}) => kind), verdict]).toEqual([['whoseOverride'], 'bad'])
  })

  it('may be missing, which is noted and no loss', async () => {
    const {report, verdict} = await roundTrip(pagerDuty({overrides: undefined}))
    expect([told(report).map(({kind}) => kind), verdict]).toEqual([['noOverrides'], 'ok'])
  })
})

it('knows the names of people who are only in an override or an escalation', async () => {
  const own = {
    overrides: [{start: '2026-12-07T00:00:00Z', end: '2026-12-08T00:00:00Z', user: {id: 'P8', summary: 'Davi Melo'}}],
  }
  const rule = {escalation_delay_in_minutes: 5, targets: [{id: 'P9', type: 'user_reference', summary: 'Eva Reis'}]}
  const {escalation_policy: policy} = PAGERDUTY_POLICY
  const chain = {escalation_policy: {...policy, escalation_rules: [policy.escalation_rules[0], rule]}}
  const {report} = await roundTrip([pagerDuty({overrides: undefined}), own, chain])
  const added = report.rota?.people.slice(3)
  expect(added).toEqual([
    {name: 'Davi Melo', pagerduty: 'P8'},
    {name: 'Eva Reis', pagerduty: 'P9'},
  ])
})
