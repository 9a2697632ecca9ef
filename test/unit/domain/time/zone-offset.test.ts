import {Worker} from 'node:worker_threads'
import fc from 'fast-check'
import {Temporal} from 'temporal-polyfill/implementation'
import {afterEach, describe, expect, it} from 'vitest'
import {wallClock} from '../../../../src/domain/oncall/wall-clock.js'
import {hasOffsetsByDate, offsetsByDate} from '../../../../src/domain/time/process-zone.js'
import {zoneOffset} from '../../../../src/domain/time/zone-offset.js'
import {bundledProcess} from '../../../support/processes/bundled-process.js'
import {intlOffset} from '../../../support/intl-offset.js'

const ZONES = Intl.supportedValuesOf('timeZone')
const [FROM, TO] = [Date.UTC(1960, 0), Date.UTC(2040, 0)]
const DAY = 86_400_000

const zones = fc.constantFrom(
  ...ZONES,
  'Etc/GMT+3',
  'America/Argentina/Buenos_Aires',
  'Asia/Kolkata',
  'Europe/Kyiv',
  'asia/kolkata',
  'EST5EDT',
  'UTC',
)
const moments = fc.integer({min: FROM, max: TO})

/** When clocks of the zone are changed in a year. */
function changesOf(zone: string, year: number): readonly number[] {
  const found: number[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, 0)).toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds >= Date.UTC(year + 1, 0)) return found
    found.push(next.epochMilliseconds)
    at = next
  }
}

describe('the offset of a zone', () => {
  it('is what Intl says, in every zone, at any time, whatever was asked before', () => {
    fc.assert(
      fc.property(zones, fc.array(moments, {minLength: 1, maxLength: 8}), (zone, asked) => {
        const [offset, truth] = [zoneOffset(zone), intlOffset(zone)]
        expect(asked.map(offset)).toEqual(asked.map(truth))
      }),
      {numRuns: 1500},
    )
  })

  it.each([2010, 2026])('is right to the millisecond where clocks are changed, in every zone, in %d', (year) => {
    for (const zone of ZONES) {
      const [offset, truth] = [zoneOffset(zone), intlOffset(zone)]
      for (const change of changesOf(zone, year)) {
        const around = [change - 1, change, change + 1]
        expect([zone, around.map(offset)]).toEqual([zone, around.map(truth)])
      }
    }
  })

  it('of a zone that Node.js does not know is an error', () => {
    for (const zone of ['Nowhere/City', 'posix/America/Sao_Paulo', ':America/Sao_Paulo', '<-03>3', ''])
      expect(() => zoneOffset(zone)(FROM + 20_000 * DAY), zone).toThrow(RangeError)
  })
})

describe('the wall clock of a zone', () => {
  it('agrees with Temporal, also where a time is skipped or comes twice', () => {
    const near = fc
      .tuple(fc.constantFrom(...ZONES), fc.integer({min: 1974, max: 2039}))
      .chain(([zone, year]) =>
        fc.tuple(
          fc.constant(zone),
          fc.constantFrom(Date.UTC(year, 6), ...changesOf(zone, year)),
          fc.integer({min: -2880, max: 2880}),
        ),
      )
    fc.assert(
      fc.property(near, fc.constantFrom('first', 'last'), ([zone, change, minutes], which) => {
        const wall = change + minutes * 60_000
        const written = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()
        const disambiguation = which === 'first' ? 'compatible' : 'later'
        const truth = written.toZonedDateTime(zone, {disambiguation}).epochMilliseconds
        expect(wallClock(zone).instant(wall, which)).toBe(truth)
        expect(wallClock(zone).wall(change)).toBe(change + intlOffset(zone)(change))
      }),
      {numRuns: 1500},
    )
  })
})

describe("the process's own zone", () => {
  const before = process.env['TZ']
  afterEach(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })

  it.each([undefined, '', 'Asia/Tokyo', 'Nowhere/City'])('is afterwards what it was (TZ %s)', (own) => {
    if (own === undefined) delete process.env['TZ']
    else process.env['TZ'] = own
    const offset = new Date(0).getTimezoneOffset()
    expect(offsetsByDate('America/Sao_Paulo', [Date.UTC(2026, 0)])).toEqual([-3 * 3_600_000])
    expect([process.env['TZ'], new Date(0).getTimezoneOffset()]).toEqual([own, offset])
  })

  it('is not asked for zones that are written or read in another way', () => {
    expect(
      [
        'Etc/GMT+3',
        'GMT+3',
        'EST5EDT',
        'asia/kolkata',
        'Asia/kolkata',
        'UTC',
        'Nowhere/City',
        'America/Nowhere',
        'posix/America/Sao_Paulo',
      ].filter(hasOffsetsByDate),
    ).toEqual([])
    expect(
      ['America/Sao_Paulo', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Europe/Kyiv'].every(hasOffsetsByDate),
    ).toBe(true)
  })

  it('cannot be told in a worker thread, whose TZ is its own', async () => {
    const thread = new Worker(await bundledProcess('zone-worker'), {env: {TZ: 'UTC'}})
    const told = await new Promise((resolve, reject) => {
      thread.once('message', resolve).once('error', reject)
    })
    expect(told).toBe(false)
  })
})
