import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {opsgenie} from '../../../support/oncall-exports/exports.js'
import {opsgenieModel, type OpsgenieRotation} from '../../../support/oncall-exports/models.js'
import {differences, isExactly, roundTrip, told, TWO_YEARS} from '../../../support/oncall-exports/round-trip.js'

const local = (username: string): string => username.split('@')[0] ?? username
const NOBODY = {type: 'none'}
const user = (name: string) => ({type: 'user', id: `id-${name}`, username: `${name}@shop.example`})
const turns = (text: string) => text.split(' ').map((name) => (name === '-' ? NOBODY : user(name)))

/** Whether a wall clock of the zone shows the moment that a line begins with once more. */
function isTwice(timeZone: string, line: string): boolean {
  const at = Date.parse(line.slice(0, 24))
  if (Number.isNaN(at)) return false
  const wall = (moment: number): string => new Date(moment).toLocaleString('sv-SE', {timeZone})
  return [-60, -30, 30, 60].some((minutes) => wall(at + minutes * 60_000) === wall(at))
}

async function compared(timezone: string, rotations: readonly object[]) {
  const {rota, report} = await roundTrip(opsgenie({timezone, rotations}))
  const model = opsgenieModel(timezone, rotations as readonly OpsgenieRotation[], TWO_YEARS)
  const onCall = model.edges.flatMap((at) => [...model.at(at)])
  // Without a rota nobody is on call; what ends in an hour that comes twice ends with the second one.
  const unlike = rota === null ? onCall : differences(rota, model, local, isExactly)
  return {
    unlike: unlike.filter((line) => !isTwice(timezone, line)),
    kinds: told(report).map(({kind}) => kind),
  }
}

const rotation = {name: 'Days', startDate: '2026-01-05T08:00:00Z', type: 'hourly', length: 8}
const restriction = {startHour: 22, startMin: 30, endHour: 9, endMin: 0}
const night = {type: 'time-of-day', restriction}

describe('a rotation of Opsgenie with turns of nobody', () => {
  it.each([
    ['three turns of a day', {...rotation, participants: turns('ana - bia')}],
    ['the other half of each day', {...rotation, length: 12, participants: turns('ana -')}],
    ['every weekend', {...rotation, type: 'daily', length: 1, participants: turns('ana bia ana bia caio - -')}],
    ['a day of a week, at night', {...rotation, type: 'daily', length: 1, participants: turns('ana - bia - - a c')}],
    ['turns of a restriction', {...rotation, participants: turns('ana - bia'), timeRestriction: night}],
    ['a pattern that is written twice', {...rotation, length: 6, participants: turns('- ana - ana')}],
  ])("is nobody's then: %s", async (_, one) => {
    for (const zone of ['Europe/Lisbon', 'America/Santiago']) {
      expect(await compared(zone, [one])).toEqual({unlike: [], kinds: []})
    }
  })

  it('lets another rotation have the turn', async () => {
    const [first, second] = [
      {...rotation, participants: turns('ana - bia')},
      {...rotation, name: 'Others', participants: turns('- caio -')},
    ]
    expect(await compared('Europe/Lisbon', [first, second])).toEqual({unlike: [], kinds: []})
  })

  it('has the same people on call, whatever its turns are', async () => {
    const one = fc.record({
      startDate: fc
        .tuple(fc.integer({min: 0, max: 400}), fc.integer({min: 0, max: 23}), fc.constantFrom(0, 30))
        .map(([days, at, minutes]) => new Date(Date.UTC(2026, 0, 1 + days, at, minutes)).toISOString()),
      shape: fc.constantFrom([2, 12], [3, 8], [4, 6], [6, 4], [7, 24], [6, 28], [2, 84]),
      names: fc.array(fc.constantFrom('ana', 'bia', '-'), {minLength: 7, maxLength: 7}),
      timeRestriction: fc.constantFrom(undefined, undefined, night),
    })
    const zones = fc.constantFrom('America/New_York', 'Australia/Lord_Howe', 'Europe/Lisbon', 'UTC')
    await fc.assert(
      fc.asyncProperty(zones, one, async (zone, {shape, names, ...more}) => {
        const [count = 1, length = 1] = shape
        const participants = turns(['ana', ...names.slice(1, count)].join(' '))
        const {unlike, kinds} = await compared(zone, [{...rotation, ...more, length, participants}])
        expect(unlike).toEqual([])
        expect(kinds.filter((kind) => kind !== 'repeatedHour' && kind !== 'empty')).toEqual([])
      }),
      {numRuns: 25},
    )
  })

  it('is left out where it cannot be said, and the note says which turn and what to write', async () => {
    const weeks = {...rotation, type: 'weekly', length: 1, participants: turns('ana - bia')}
    const {yaml, verdict, report} = await roundTrip(
      opsgenie({rotations: [weeks, {...rotation, participants: turns('ana')}]}),
    )
    expect([verdict, told(report)[0]]).toMatchObject(['bad', {kind: 'emptyTurn', detail: '2 of 3'}])
    expect(yaml.replaceAll(/\n *# /g, ' ')).toMatch(/Days is left out: its turn 2 of 3 is nobody's.* as `overrides`/)
    const days = {...rotation, length: 12, timeRestriction: {...night, restriction: {...restriction, endHour: 8}}}
    const never = await roundTrip(opsgenie({rotations: [{...days, participants: turns('ana -')}]}))
    expect([told(never.report), never.verdict]).toMatchObject([[{kind: 'empty'}], 'bad'])
    const idle = await roundTrip(opsgenie({rotations: [{...rotation, participants: [NOBODY]}]}))
    expect(told(idle.report)).toMatchObject([{kind: 'empty'}])
  })
})

describe('a team of Opsgenie that takes turns', () => {
  const member = (name: string) => ({user: {id: `id-${name}`, username: `${name}@shop.example`}, role: 'user'})
  const team = {type: 'team', id: 't1'}
  const named = {...rotation, participants: [user('ana'), team]}

  it('is its first member, who is told to be on call with the others', async () => {
    const teams = {data: {id: 't1', name: 'Core', members: [member('bia'), member('caio')]}}
    const {report, verdict} = await roundTrip([opsgenie({rotations: [named]}), teams])
    expect(report.rota?.layers[0]?.people).toEqual(['ana', 'bia'])
    expect([verdict, told(report)]).toMatchObject([
      'bad',
      [{kind: 'severalAtOnce', name: 'Days', detail: 'bia@shop.example, caio@shop.example'}],
    ])
  })

  it('of one member is that one, and is known by its name as well', async () => {
    const teams = {data: [{name: 'Core', members: [member('bia')]}]}
    const byName = {...named, participants: [user('ana'), {type: 'team', name: 'Core'}]}
    const {report, verdict} = await roundTrip([opsgenie({rotations: [byName]}), teams])
    expect([verdict, told(report), report.rota?.layers[0]?.people]).toEqual(['ok', [], ['ana', 'bia']])
  })

  it('that the file does not hold is told, with what to ask for', async () => {
    const {yaml, report} = await roundTrip(opsgenie({rotations: [named, {...rotation, participants: turns('ana')}]}))
    expect(told(report)).toMatchObject([{kind: 'team', detail: 'team t1'}])
    expect(yaml.replaceAll(/\n *# /g, ' ')).toContain('add what GET /v2/teams/ID answers')
  })
})

it('names somebody by id where the file says no more, and says where the name goes', async () => {
  const one = {...rotation, participants: [{type: 'user', id: 'b7c1'}, user('ana')]}
  const {yaml, report, verdict} = await roundTrip(opsgenie({rotations: [one]}))
  expect([verdict, told(report)]).toEqual([
    'ok',
    [{kind: 'unnamed', part: 'people', name: 'b7c1', detail: 'GET /v2/users', before: 0}],
  ])
  expect(yaml.replaceAll(/\n *# /g, ' ')).toContain('the file holds only an id of b7c1: write the name wherever')
})

describe('a schedule that is in the file twice', () => {
  const one = {...rotation, participants: turns('ana')}
  const schedule = (over: object) => opsgenie({rotations: [one], ...over})
  const suggestions = async (value: unknown, chosen: string | null = null): Promise<unknown> =>
    roundTrip(value, null, chosen).then(
      () => 'read',
      (error: unknown) => (error as {suggestions: readonly string[]}).suggestions,
    )

  it('is one where both are the same', async () => {
    expect(await suggestions([schedule({}), schedule({})])).toBe('read')
  })

  it('is chosen by its id where only that tells them apart', async () => {
    const both = [schedule({id: 'one'}), schedule({id: 'two'})]
    const told = ['one', 'two'].map((id) => `faci oncall import export.json --schedule ${id}`)
    expect(await suggestions(both)).toEqual(told)
    expect(await suggestions(both, 'shop_schedule')).toEqual(told)
    expect(await suggestions(both, 'two')).toBe('read')
  })

  it('is to be left out once where nothing tells them apart', async () => {
    const both = [schedule({id: 'one'}), schedule({id: 'one', timezone: 'UTC'}), schedule({id: 'one', name: 'x'})]
    const left = 'shop_schedule is in the file more than once, and not the same: leave one of them in it'
    expect(await suggestions(both)).toEqual(['faci oncall import export.json --schedule x', left])
    expect(await suggestions(both, 'shop_schedule')).toEqual([left])
  })
})
