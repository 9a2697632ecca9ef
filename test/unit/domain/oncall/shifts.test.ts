import {describe, expect, it} from 'vitest'
import type {Layer, Rota} from '../../../../src/domain/oncall/rota.js'
import {onCallAt, shiftsBetween} from '../../../../src/domain/oncall/shifts.js'
import {aLayer, anOverride, aRota, wall} from '../../../support/builders/rota.js'

const DAILY = {every: {count: 1, unit: 'days'}} as const
const HOUR = 3_600_000

function hours(start: string, end: string): Layer['restriction']['hours'] {
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  const [from, to] = [minutes(start), minutes(end)]
  return [{start: from, end: to > from ? to : to + 1440}]
}

/** `Ana 2026-01-05T09:00Z/2026-01-12T09:00Z` */
function told(rota: Rota, from: string, to: string): readonly string[] {
  const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`
  const shifts = shiftsBetween(rota, {start: Date.parse(from), end: Date.parse(to)})
  return shifts.map(({person, start, end}) => `${person} ${time(start)}/${time(end)}`)
}

function lengths(rota: Rota, from: string, to: string): readonly number[] {
  const shifts = shiftsBetween(rota, {start: Date.parse(from), end: Date.parse(to)})
  return shifts.map(({start, end}) => (end - start) / HOUR)
}

describe('rotations', () => {
  it('hand a month over on its last day where it has no 31st, and on the 31st again', () => {
    const rota = aRota([aLayer({every: {count: 1, unit: 'months'}, anchor: wall('2026-01-31T09:00')})])
    expect(told(rota, '2026-02-01T00:00Z', '2026-05-01T00:00Z')).toEqual([
      'Ana 2026-01-31T09:00Z/2026-02-28T09:00Z',
      'Bia 2026-02-28T09:00Z/2026-03-31T09:00Z',
      'Ana 2026-03-31T09:00Z/2026-04-30T09:00Z',
      'Bia 2026-04-30T09:00Z/2026-05-31T09:00Z',
    ])
  })

  it('on weekdays go on with the next person on Monday, and leave nobody out of fourteen', () => {
    const people = Array.from({length: 14}, (_, index) => `p${String(index)}`)
    const restriction = {hours: null, weekdays: [0, 1, 2, 3, 4] as const}
    const rota = aRota([aLayer({...DAILY, anchor: wall('2026-01-05T00:00'), people, restriction})])
    const shifts = shiftsBetween(rota, {start: wall('2026-01-05T00:00'), end: wall('2026-02-02T00:00')})
    expect(shifts.map(({person}) => person)).toEqual([...people, ...people.slice(0, 6)])
    expect(onCallAt(rota, wall('2026-01-10T12:00'))).toBeNull()
  })

  it('count backwards too where they have no start', () => {
    const rota = aRota([aLayer({startsAtAnchor: false, people: ['Ana', 'Bia', 'Cai']})])
    expect(onCallAt(rota, wall('2026-01-05T08:59'))?.person).toBe('Cai')
    expect(onCallAt(rota, wall('2025-12-23T08:59'))?.person).toBe('Bia')
    expect(onCallAt(aRota(), wall('2026-01-05T08:59'))).toBeNull()
  })

  it('end where they end', () => {
    const rota = aRota([aLayer({end: wall('2026-01-08T00:00')})])
    expect(told(rota, '2026-01-01T00:00Z', '2026-03-01T00:00Z')).toEqual(['Ana 2026-01-05T09:00Z/2026-01-08T00:00Z'])
  })

  it('keep the wall time of a hand-off that was written in winter', () => {
    const rota = aRota(undefined, {timezone: 'Europe/Lisbon'})
    expect(told(rota, '2026-07-07T00:00Z', '2026-07-08T00:00Z')).toEqual(['Ana 2026-07-06T08:00Z/2026-07-13T08:00Z'])
  })
})

describe('clock changes', () => {
  it('make a week an hour shorter or longer, without gap or overlap', () => {
    const rota = aRota(undefined, {timezone: 'America/Chicago'})
    expect(lengths(rota, '2026-03-04T00:00Z', '2026-03-12T00:00Z')).toEqual([167, 168])
    expect(lengths(rota, '2026-10-28T00:00Z', '2026-11-05T00:00Z')).toEqual([169, 168])
  })

  it('put a hand-off that is skipped later, and one that comes twice at the first', () => {
    const at = (handOff: string, timezone = 'America/New_York'): Rota =>
      aRota([aLayer({...DAILY, anchor: wall(`2026-01-05T${handOff}`)})], {timezone})
    expect(told(at('02:30'), '2026-03-08T00:00Z', '2026-03-08T12:00Z')[0]).toMatch(/2026-03-08T07:30Z$/)
    expect(told(at('01:30'), '2026-11-01T00:00Z', '2026-11-01T12:00Z')[0]).toMatch(/2026-11-01T05:30Z$/)
    expect(told(at('02:15', 'Australia/Lord_Howe'), '2026-10-03T12:00Z', '2026-10-04T00:00Z')[0]).toMatch(
      /2026-10-03T15:45Z$/,
    )
  })

  it.each([
    ['America/Santiago', '2026-09-06'],
    ['Africa/Cairo', '2026-04-24'],
    ['Asia/Beirut', '2026-03-29'],
  ])('begin a day of 23 hours at 01:00 where %s has no midnight', (timezone, day) => {
    const rota = aRota([aLayer({...DAILY, anchor: wall('2026-01-05T00:00')})], {timezone})
    const noon = Date.parse(`${day}T12:00Z`)
    const shift = onCallAt(rota, noon)
    expect(((shift?.end ?? 0) - (shift?.start ?? 0)) / HOUR).toBe(23)
    expect(onCallAt(rota, (shift?.start ?? 0) - 1000)?.person).not.toBe(shift?.person)
  })

  it('let the hours of a layer last until the last time that they end', () => {
    const restricted = (start: string, end: string): Rota =>
      aRota([aLayer({restriction: {hours: hours(start, end), weekdays: null}})], {timezone: 'America/New_York'})
    expect(lengths(restricted('00:00', '01:30'), '2026-11-01T00:00Z', '2026-11-02T00:00Z')).toEqual([2.5])
    expect(lengths(restricted('02:30', '03:00'), '2026-03-08T00:00Z', '2026-03-09T00:00Z')).toEqual([])
    expect(lengths(restricted('02:30', '04:00'), '2026-03-08T00:00Z', '2026-03-09T00:00Z')).toEqual([0.5])
  })

  it('leave out a turn of a day that there is not', () => {
    const rota = aRota([aLayer({...DAILY, startsAtAnchor: false, people: ['Ana', 'Bia', 'Cai']})], {
      timezone: 'Pacific/Apia',
    })
    const shifts = shiftsBetween(rota, {start: Date.parse('2011-12-28T12:00Z'), end: Date.parse('2012-01-02T12:00Z')})
    expect(shifts.slice(1).every(({start}, index) => start === shifts[index]?.end)).toBe(true)
    const steps = shifts.slice(1).map(({turn}, index) => (turn ?? 0) - (shifts[index]?.turn ?? 0))
    expect(steps).toEqual([1, 1, 2, 1, 1].slice(0, steps.length))
  })
})

describe('layers and overrides', () => {
  const NIGHTS = aLayer({name: 'nights', people: ['Noa'], restriction: {hours: hours('22:00', '06:00'), weekdays: [4]}})

  it('cover the earlier layer, across midnight too', () => {
    expect(told(aRota([aLayer(), NIGHTS]), '2026-01-09T00:00Z', '2026-01-10T12:00Z')).toEqual([
      'Ana 2026-01-05T09:00Z/2026-01-09T22:00Z',
      'Noa 2026-01-09T22:00Z/2026-01-10T06:00Z',
      'Ana 2026-01-10T06:00Z/2026-01-12T09:00Z',
    ])
  })

  it('tell how long a shift really is, beyond what was asked for', () => {
    expect(told(aRota([aLayer(), NIGHTS]), '2026-01-06T00:00Z', '2026-01-06T01:00Z')).toEqual([
      'Ana 2026-01-05T09:00Z/2026-01-09T22:00Z',
    ])
  })

  it('put a person there for a while, also where nobody was', () => {
    const overrides = [anOverride('Cai', '2026-01-05T08:00Z', '2026-01-05T10:00Z')]
    expect(told(aRota(undefined, {overrides}), '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      'Cai 2026-01-05T08:00Z/2026-01-05T10:00Z',
      'Ana 2026-01-05T10:00Z/2026-01-12T09:00Z',
    ])
  })

  it('replace a person only where that person would be', () => {
    const overrides = [anOverride('Cai', '2026-01-11T00:00Z', '2026-01-14T00:00Z', 'Ana')]
    expect(told(aRota(undefined, {overrides}), '2026-01-10T00:00Z', '2026-01-14T00:00Z')).toEqual([
      'Ana 2026-01-05T09:00Z/2026-01-11T00:00Z',
      'Cai 2026-01-11T00:00Z/2026-01-12T09:00Z',
      'Bia 2026-01-12T09:00Z/2026-01-19T09:00Z',
    ])
  })

  const day = (person: string, replaces: string) =>
    anOverride(person, '2026-01-06T00:00Z', '2026-01-07T00:00Z', replaces)
  it.each([
    ['a chain', [day('Bia', 'Ana'), day('Cai', 'Bia')], 'Cai'],
    ['a chain in the other order', [day('Cai', 'Bia'), day('Bia', 'Ana')], 'Cai'],
    ['two who swap', [day('Bia', 'Ana'), day('Ana', 'Bia')], 'Bia'],
    ['the later of two', [day('Bia', 'Ana'), day('Cai', 'Ana')], 'Cai'],
  ])('follow %s', (_, overrides, person) => {
    expect(onCallAt(aRota(undefined, {overrides}), wall('2026-01-06T12:00'))?.person).toBe(person)
  })

  it('of a shift that an override splits twice, keep the pieces apart', () => {
    const overrides = [anOverride('Cai', '2026-01-06T10:15Z', '2026-01-06T10:30Z')]
    const starts = shiftsBetween(aRota(undefined, {overrides}), {
      start: wall('2026-01-06T00:00'),
      end: wall('2026-01-07T00:00'),
    })
    expect(new Set(starts.map(({start}) => start)).size).toBe(3)
  })
})
