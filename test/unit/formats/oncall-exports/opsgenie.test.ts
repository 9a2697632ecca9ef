import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {opsgenie} from '../../../support/oncall-exports/exports.js'
import {opsgenieModel, type OpsgenieRotation} from '../../../support/oncall-exports/models.js'
import {
  differences,
  isExactly,
  isOneOf,
  personAt,
  roundTrip,
  told,
  TWO_YEARS,
} from '../../../support/oncall-exports/round-trip.js'

const ZONES = ['America/New_York', 'America/Santiago', 'Australia/Lord_Howe', 'Europe/Lisbon', 'UTC']
const local = (username: string): string => username.split('@')[0] ?? username
const participant = (name: string) => ({type: 'user', id: `id-${name}`, username: `${name}@shop.example`})

async function compared(timezone: string, rotations: readonly object[]) {
  const {rota, report} = await roundTrip(opsgenie({timezone, rotations}))
  const model = opsgenieModel(timezone, rotations as readonly OpsgenieRotation[], TWO_YEARS)
  const isSame = told(report).length === 0 ? isExactly : isOneOf
  const unlike = rota === null ? [] : differences(rota, model, local, isSame)
  return {unlike, kinds: told(report).map(({kind}) => kind)}
}

const SAMPLE = opsgenie().data['rotations'] as readonly object[]
const daily = {
  name: 'Days',
  startDate: '2026-01-05T08:00:00Z',
  type: 'daily',
  length: 1,
  participants: ['ana', 'bia', 'caio'].map(participant),
}

describe('a schedule of Opsgenie', () => {
  it.each(ZONES)('has the same people on call for two years in %s', async (zone) => {
    expect(await compared(zone, [...SAMPLE])).toEqual({unlike: [], kinds: []})
  })

  it('counts turns that a restriction leaves nothing of', async () => {
    const restrictions = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => ({
      ...{startDay: day, startHour: 8, startMin: 0, endDay: day, endHour: 18, endMin: 30},
    }))
    const rotation = {...daily, timeRestriction: {type: 'weekday-and-time-of-day', restrictions}}
    expect(await compared('Europe/Lisbon', [rotation])).toEqual({unlike: [], kinds: []})
  })

  it('has the first of rotations that are on call together, and says which is left out', async () => {
    const {unlike, kinds} = await compared('Europe/Lisbon', [daily, {...daily, name: 'Backup', length: 2}])
    expect({unlike, kinds}).toEqual({unlike: [], kinds: ['simultaneous']})
    const {report, yaml, verdict} = await roundTrip(opsgenie({rotations: [daily, {...daily, name: 'Backup'}]}))
    expect(told(report)[0]).toMatchObject({part: 'layers', name: 'Backup', detail: 'Days', before: 1})
    expect([verdict, yaml.split('\n').findLast((line) => line.startsWith('  #'))]).toEqual([
      'bad',
      '  # Backup is left out: it is on call at the same time as Days, and a rota of faci has one person on call at a time',
    ])
  })

  it('takes one rotation after the other', async () => {
    const [first, second] = [
      {...daily, endDate: '2027-03-01T08:00:00Z'},
      {...daily, startDate: '2027-03-01T08:00:00Z', length: 3},
    ]
    expect(await compared('Europe/Lisbon', [first, second])).toEqual({unlike: [], kinds: []})
  })

  it.each([
    ['team', {type: 'team', id: 't', name: 'Core'}, 'team Core'],
    ['participant', {type: 'escalation', id: 'e', name: 'All'}, 'escalation All'],
    ['emptyTurn', {type: 'none'}, '2 of 2'],
  ])('leaves out a rotation as of a %s where %j takes turns', async (kind, other, detail) => {
    const odd = {...daily, name: 'Odd', participants: [participant('ana'), other]}
    const {report, verdict} = await roundTrip(opsgenie({rotations: [odd, daily]}))
    expect([verdict, told(report)]).toEqual(['bad', [{kind, part: 'layers', name: 'Odd', detail, before: 0}]])
  })

  it('names people by their accounts, whoever writes the case of an address how', async () => {
    const users = {data: [{id: 'x', username: 'ANA@shop.example', fullName: 'Ana Prado', verified: true}]}
    const one = {
      ...daily,
      participants: [{type: 'user', username: 'ana@shop.example'}, {type: 'user', id: 'x'}, participant('bia')],
    }
    const {report} = await roundTrip([opsgenie({rotations: [one]}), users])
    expect(report.rota?.layers[0]?.people).toEqual(['Ana Prado', 'Ana Prado', 'bia'])
    expect(report.rota?.people[0]).toEqual({name: 'Ana Prado', email: 'ana@shop.example'})
  })
})

describe('overrides of Opsgenie', () => {
  const dora = {
    user: participant('dora'),
    startDate: '2026-12-07T00:00:00Z',
    endDate: '2026-12-08T00:00:00Z',
    alias: 'x',
  }
  const at = [
    '2026-12-06T23:59:59Z',
    '2026-12-07T00:00:00Z',
    '2026-12-07T10:00:00Z',
    '2026-12-07T23:59:59Z',
    '2026-12-08T00:00:00Z',
  ]

  it('cover all rotations, also from an answer of their own', async () => {
    const {rota, report} = await roundTrip([
      opsgenie(),
      {data: [{...dora, _parent: {id: 'd875e654-9b4e-4219-a803-0c26936d18de'}}]},
    ])
    expect(told(report)).toEqual([])
    expect(at.map((one) => personAt(rota, one) === 'dora').slice(1, 4)).toEqual([true, true, true])
    const other = await roundTrip([opsgenie(), {data: [{...dora, _parent: {id: 'another'}}]}])
    expect(other.report.rota?.overrides).toBeUndefined()
  })

  it('of one rotation cover that one, and say so where nobody of it is on call', async () => {
    const limited = {...dora, rotations: [{id: 'r1', name: 'Business hours'}]}
    const plain = await roundTrip(opsgenie())
    const {rota, report} = await roundTrip(opsgenie({overrides: [limited]}))
    expect(told(report).map(({kind}) => kind)).toEqual(['overrideRotation'])
    expect(report.rota?.overrides).toEqual([{person: 'dora', from: '2026-12-07 09:00', to: '2026-12-07 18:00'}])
    expect(at.map((one) => personAt(rota, one))).toEqual(
      at.map((one) => (one === '2026-12-07T10:00:00Z' ? 'dora' : personAt(plain.rota, one))),
    )
  })

  it('are nobody knows whose where they name no schedule, and there are several', async () => {
    const value = [opsgenie(), opsgenie({id: 'o2', name: 'other'}), {data: [dora]}]
    for (const schedule of ['shop_schedule', 'other']) {
      const {report, verdict} = await roundTrip(value, null, schedule)
      expect([verdict, told(report).map(({kind}) => kind), report.rota?.overrides]).toEqual([
        ...['bad', ['whoseOverride'], undefined],
      ])
    }
    const {report} = await roundTrip([opsgenie({overrides: undefined}), {data: [dora]}])
    expect([told(report), report.rota?.overrides]).toMatchObject([[], [{person: 'dora'}]])
  })

  it('are of the schedule whose id they name, also where another one has the same name', async () => {
    const named = {...dora, _parent: {id: 'o2', name: 'shop_schedule'}}
    const value = [opsgenie(), opsgenie({id: 'o2'}), {data: [named]}]
    const overrides = async (id: string) => (await roundTrip(value, null, id)).report.rota?.overrides?.length ?? 0
    expect([await overrides('d875e654-9b4e-4219-a803-0c26936d18de'), await overrides('o2')]).toEqual([0, 1])
  })

  it('know their rotation by its id alone', async () => {
    const {report} = await roundTrip(opsgenie({overrides: [{...dora, rotations: [{id: 'r1'}]}]}))
    expect(report.rota?.overrides).toEqual([{person: 'dora', from: '2026-12-07 09:00', to: '2026-12-07 18:00'}])
  })

  it('of a team are told', async () => {
    const {report} = await roundTrip(opsgenie({overrides: [{...dora, user: {type: 'team', name: 'Core'}}]}))
    expect(told(report)).toMatchObject([{kind: 'overridePerson', detail: 'team Core'}])
  })
})

const half = fc.constantFrom(0, 30)
const hour = fc.integer({min: 0, max: 23})
const times = {startHour: hour, startMin: half, endHour: hour, endMin: half}
const day = fc.constantFrom('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
const rotation = fc.record({
  startDate: fc
    .tuple(fc.integer({min: 0, max: 400}), hour, half)
    .map(([days, at, minutes]) => new Date(Date.UTC(2026, 0, 1 + days, at, minutes)).toISOString()),
  endDate: fc.constantFrom(null, null, '2027-10-31T00:30:00Z'),
  type: fc.constantFrom('hourly', 'daily', 'weekly'),
  length: fc.constantFrom(1, 2, 3, 4, 6, 8, 12),
  participants: fc.array(fc.constantFrom('ana', 'bia', 'caio', 'dora'), {minLength: 1, maxLength: 5}),
  timeRestriction: fc.option(
    fc.oneof(
      fc.record({type: fc.constant('time-of-day'), restriction: fc.record(times)}),
      fc.record({
        type: fc.constant('weekday-and-time-of-day'),
        restrictions: fc.array(fc.record({...times, startDay: day, endDay: day}), {minLength: 1, maxLength: 4}),
      }),
    ),
    {nil: undefined},
  ),
})

it('has the same people on call, whatever its rotations are', async () => {
  const all = fc.array(rotation, {minLength: 1, maxLength: 3})
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ZONES), all, async (zone, generated) => {
      const rotations = generated.map((one, at) => {
        // Some run for 1 h at a time: their two years are counted one by one.
        const length = one.type === 'hourly' ? one.length + 5 : one.length
        return {...one, length, name: `Rotation ${String(at)}`, participants: one.participants.map(participant)}
      })
      const {unlike, kinds} = await compared(zone, rotations)
      expect(unlike).toEqual([])
      expect(kinds.filter((kind) => kind !== 'simultaneous' && kind !== 'repeatedHour')).toEqual([])
    }),
    {numRuns: 8},
  )
})

it('notes that a file holds no overrides, and tells that escalations are left out', async () => {
  const {report, verdict} = await roundTrip(opsgenie({overrides: undefined}))
  expect([told(report).map(({kind}) => kind), verdict]).toEqual([['noOverrides'], 'ok'])
  const chain = {data: [{id: 'e', name: 'Everybody', rules: [{condition: 'if-not-acked'}]}]}
  const more = await roundTrip([opsgenie(), chain])
  expect([told(more.report), more.verdict]).toMatchObject([[{kind: 'chain', name: 'Everybody'}], 'bad'])
})
