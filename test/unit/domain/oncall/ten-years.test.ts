import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type Interval, overlap} from '../../../../src/domain/oncall/interval.js'
import type {DayWindow, Layer, RotationUnit, Rota, Shift} from '../../../../src/domain/oncall/rota.js'
import type {Weekday} from '../../../../src/domain/time/weekday.js'
import {onCallAt, shiftsBetween} from '../../../../src/domain/oncall/shifts.js'
import type {ZoneOffset} from '../../../../src/domain/time/zone-offset.js'
import {aLayer, aRota, wall} from '../../../support/builders/rota.js'
import {intlOffset} from '../../../support/intl-offset.js'
import {oracleOnCall, oracleTurns} from '../../../support/rota-oracle.js'

/** Hours and half hours, at midnight and in the night, twice in five weeks, in both halves of the year, and never. */
const ZONES = [
  ...['America/Santiago', 'Africa/Cairo', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Beirut'],
  ...['America/New_York', 'America/Sao_Paulo', 'America/Havana', 'America/St_Johns', 'America/Asuncion'],
  ...['Europe/Lisbon', 'Europe/Berlin', 'Atlantic/Azores', 'Asia/Jerusalem', 'Asia/Kathmandu'],
  ...['Asia/Gaza', 'Antarctica/Troll', 'Pacific/Auckland', 'Pacific/Chatham', 'UTC'],
]
const DAY = 86_400_000
const [FROM, TO] = [wall('2024-01-01T00:00'), wall('2034-01-01T00:00')]

/** When the clocks of a zone are changed in those ten years. */
function changes(offset: ZoneOffset): readonly number[] {
  const found: number[] = []
  for (let day = FROM; day < TO; day += DAY) {
    if (offset(day) === offset(day + DAY)) continue
    let [before, after] = [day, day + DAY]
    while (after - before > 1000) {
      const middle = Math.floor((before + after) / 2000) * 1000
      if (offset(middle) === offset(before)) before = middle
      else after = middle
    }
    found.push(after)
  }
  return found
}

const minute = fc.integer({min: 0, max: 47}).map((half) => half * 30)
const window = fc.tuple(minute, minute).map(([start, end]): DayWindow => ({start, end: end > start ? end : end + 1440}))
const weekdays = fc.uniqueArray(fc.integer({min: 0, max: 6}), {minLength: 1}).map((days) => days.sort() as Weekday[])
const restriction = fc.record({
  hours: fc.option(fc.array(window, {minLength: 1, maxLength: 2})),
  weekdays: fc.option(weekdays),
})
const units = fc.constantFrom<RotationUnit>('hours', 'days', 'weeks', 'months')
const layer = fc
  .record({
    every: fc.record({count: fc.integer({min: 1, max: 9}), unit: units}),
    day: fc.integer({min: 0, max: 60}),
    minutes: minute,
    people: fc.integer({min: 1, max: 5}),
    restriction,
  })
  .map(({every, day, minutes, people, ...rest}) =>
    aLayer({
      ...rest,
      // Every hour of ten years is counted by the oracle one by one.
      every: every.unit === 'hours' ? {...every, count: every.count + 5} : every,
      anchor: FROM + day * DAY + minutes * 60_000,
      people: Array.from({length: people}, (_, index) => `p${String(index)}`),
    }),
  )
const layers = fc
  .array(layer, {minLength: 1, maxLength: 3})
  .map((all) => all.map((one, index): Layer => ({...one, name: String(index)})))

/** At each boundary, a second beside it, and in between. */
function instants(shifts: readonly Shift[], {start, end}: Interval): readonly number[] {
  const edges = shifts.flatMap((shift) => [shift.start, shift.end])
  const near = edges.flatMap((at) => [at - 1000, at, at + 1000])
  const between = Array.from({length: 20}, (_, index) => start + Math.floor(((end - start) * index) / 20 / 1000) * 1000)
  return [...near, ...between].filter((at) => start <= at && at < end)
}

function personIn(shifts: readonly Shift[], at: number): string | null {
  const found = shifts.filter((shift) => shift.start <= at && at < shift.end)
  expect(found.length, 'at most one person').toBeLessThan(2)
  return found[0]?.person ?? null
}

describe.each(ZONES)('ten years in %s', (timezone) => {
  const offset = intlOffset(timezone)
  const changed = changes(offset)
  const moment = fc.oneof(
    fc.integer({min: FROM / 1000, max: TO / 1000}).map((at) => at * 1000),
    ...(changed.length === 0 ? [] : [fc.constantFrom(...changed), fc.constantFrom(...changed)]),
  )

  it('have at every instant whom the rule says', () => {
    fc.assert(
      fc.property(layers, fc.array(moment, {minLength: 2, maxLength: 2}), (all, moments) => {
        const rota = aRota(all, {timezone})
        for (const at of moments) {
          const turns = new Map(all.map((one) => [one, oracleTurns(one, offset, at)]))
          const asked = {start: at - 2 * DAY, end: at + 2 * DAY}
          const shifts = shiftsBetween(rota, asked)
          for (const instant of [at - 1000, at, ...instants(shifts, asked)])
            expect([instant, personIn(shifts, instant)]).toEqual([instant, oracleOnCall(rota, turns, offset, instant)])
        }
      }),
      {numRuns: 6, endOnFailure: true},
    )
  })

  it.each<[string, Layer['every'], string]>([
    ['weekly', {count: 1, unit: 'weeks'}, '2024-01-01T00:00'],
    ['monthly from the 31st', {count: 1, unit: 'months'}, '2024-01-31T02:30'],
  ])('have no gap and no overlap, %s', (_, every, anchor) => {
    const rota: Rota = aRota([aLayer({every, anchor: wall(anchor)})], {timezone})
    const shifts = shiftsBetween(rota, {start: FROM + 32 * DAY, end: TO})
    expect(shifts.slice(1).every(({start}, index) => start === shifts[index]?.end)).toBe(true)
    const one = shifts[100]
    if (one === undefined) throw new Error('there are a hundred')
    expect(onCallAt(rota, one.end - 1000)).toEqual(one)
    expect(onCallAt(rota, one.end)).toEqual(shifts[101])
    expect(overlap(one, shifts[101] ?? one)).toBeNull()
  })
})
