import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {calendarMonth} from '../../../../src/domain/time/calendar-month.js'

const HOUR = 3600
const ZONES = ['UTC', 'America/Sao_Paulo', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia', 'America/St_Johns'] as const

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

describe('calendarMonth', () => {
  it.each([
    ['2026-10', 'America/Sao_Paulo', '2026-10-01T03:00:00.000Z', '2026-11-01T03:00:00.000Z'],
    ['2026-10', 'UTC', '2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
    ['2026-12', 'Asia/Kolkata', '2026-11-30T18:30:00.000Z', '2026-12-31T18:30:00.000Z'],
    // The clocks went forward at midnight of 15 October in 2017, and back on 18 February 2018.
    ['2017-10', 'America/Sao_Paulo', '2017-10-01T03:00:00.000Z', '2017-11-01T02:00:00.000Z'],
    ['2018-02', 'America/Sao_Paulo', '2018-02-01T02:00:00.000Z', '2018-03-01T03:00:00.000Z'],
  ])('%s in %s is %s to %s', (month, zone, start, end) => {
    const found = calendarMonth(month, zone)
    expect([iso(found.start), iso(found.end)]).toEqual([start, end])
  })

  it('has the hour that the clocks take or give', () => {
    const hours = (month: string): number => {
      const {start, end} = calendarMonth(month, 'Europe/Berlin')
      return (end - start) / HOUR
    }
    expect([hours('2026-03'), hours('2026-10'), hours('2026-01')]).toEqual([743, 745, 744])
  })

  it('follows the month before without a gap', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1990, max: 2040}),
        fc.integer({min: 1, max: 11}),
        fc.constantFrom(...ZONES),
        (year, month, zone) => {
          const named = (number: number): string => `${String(year)}-${String(number).padStart(2, '0')}`
          expect(calendarMonth(named(month), zone).end).toBe(calendarMonth(named(month + 1), zone).start)
        },
      ),
    )
  })

  it.each(['2026-13', '2026-1', 'october', '2026-10-01', ''])('refuses %j, and says how to write it', (text) => {
    expect(() => calendarMonth(text, 'UTC')).toThrow(/invalid month/)
  })
})
