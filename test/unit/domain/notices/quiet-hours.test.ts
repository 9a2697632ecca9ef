import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {quietUntil, type QuietHours} from '../../../../src/domain/notices/quiet-hours.js'

const NIGHT: QuietHours = {from: 22 * 60, to: 7 * 60, weekdays: null, timezone: 'America/Sao_Paulo'}

function until(quiet: QuietHours, at: string): string | null {
  const end = quietUntil(quiet, Date.parse(at))
  return end === null ? null : new Date(end).toISOString()
}

describe('quiet hours', () => {
  it.each([
    ['a minute before they begin', NIGHT, '2026-11-24T00:59:00Z', null],
    ['from their first moment', NIGHT, '2026-11-24T01:00:00Z', '2026-11-24T10:00:00.000Z'],
    ['after midnight', NIGHT, '2026-11-24T05:00:00Z', '2026-11-24T10:00:00.000Z'],
    ['from the moment that they end', NIGHT, '2026-11-24T10:00:00Z', null],
    ['within a day', {...NIGHT, from: 12 * 60, to: 13 * 60}, '2026-11-24T15:30:00Z', '2026-11-24T16:00:00.000Z'],
    ['that begin on a Friday', {...NIGHT, weekdays: [4]}, '2026-11-28T05:00:00Z', '2026-11-28T10:00:00.000Z'],
    ['on the night before', {...NIGHT, weekdays: [4]}, '2026-11-27T05:00:00Z', null],
  ] as const)('%s', (_, quiet, at, end) => {
    expect(until(quiet, at)).toBe(end)
  })

  it('are one where they meet: a weekend', () => {
    const weekend: QuietHours = {from: 0, to: 0, weekdays: [5, 6], timezone: 'UTC'}
    expect(until(weekend, '2026-11-28T09:00:00Z')).toBe('2026-11-30T00:00:00.000Z')
  })

  it.each([
    ['a night that is an hour shorter', '2027-03-28T00:30:00Z', '2027-03-28T05:00:00.000Z'],
    ['a night that is an hour longer', '2026-10-24T23:30:00Z', '2026-10-25T06:00:00.000Z'],
  ])('end by the wall clock: %s', (_, at, end) => {
    expect(until({...NIGHT, timezone: 'Europe/Berlin'}, at)).toBe(end)
  })

  it('end later where the clocks skip their end', () => {
    expect(until({...NIGHT, to: 150, timezone: 'Europe/Berlin'}, '2027-03-28T00:30:00Z')).toBe(
      '2027-03-28T01:30:00.000Z',
    )
  })

  it('end when a wall clock says so, whatever the zone does', () => {
    const minute = fc.integer({min: 0, max: 1439})
    const zones = fc.constantFrom('America/Santiago', 'Africa/Cairo', 'Africa/Casablanca', 'Australia/Lord_Howe', 'UTC')
    const moments = fc.integer({min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1)})
    fc.assert(
      fc.property(minute, minute, zones, moments, (from, to, timezone, at) => {
        fc.pre(from !== to)
        const end = quietUntil({from, to, weekdays: null, timezone}, at)
        if (end === null) return
        expect(end).toBeGreaterThan(at)
        expect(end - at).toBeLessThanOrEqual(26 * 3_600_000)
        const clock = new Intl.DateTimeFormat('en', {
          timeZone: timezone,
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        })
        const [hour, minutes] = clock.format(end).split(':').map(Number)
        const shown = (hour ?? 0) * 60 + (minutes ?? 0)
        // An hour that is skipped ends later; nowhere by more than an hour.
        expect((shown - to + 1440) % 1440).toBeLessThanOrEqual(60)
      }),
      {numRuns: 200},
    )
  })
})
