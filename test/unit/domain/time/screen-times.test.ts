import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {screenTimes} from '../../../../src/domain/time/screen-times.js'

const AT = '2026-11-28T15:04:05.678Z'
const ZONES = ['UTC', 'America/Sao_Paulo', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia', 'America/St_Johns'] as const
/** The hour that a zone has twice in autumn, and the one that it skips in spring, are among these. */
const MOMENTS = fc.integer({min: Date.parse('1990-01-01'), max: Date.parse('2040-01-01')})

describe('screenTimes', () => {
  it.each([
    ['UTC', '2026-11-28 15:04:05 UTC', '2026-11-28 15:04 UTC', '15:04:05Z', '11-28 15:04:05.678Z'],
    ['America/Sao_Paulo', '2026-11-28 12:04:05 -03', '2026-11-28 12:04 -03', '12:04:05-03', '11-28 12:04:05.678-03'],
    [
      'Asia/Kolkata',
      '2026-11-28 20:34:05 +05:30',
      '2026-11-28 20:34 +05:30',
      '20:34:05+05:30',
      '11-28 20:34:05.678+05:30',
    ],
    ['Pacific/Auckland', '2026-11-29 04:04:05 +13', '2026-11-29 04:04 +13', '04:04:05+13', '11-29 04:04:05.678+13'],
  ])('writes a moment in %s, and names the zone', (zone, moment, minute, timeOfDay, stamp) => {
    const times = screenTimes(zone)
    expect([times.moment(AT), times.minute(AT), times.timeOfDay(AT), times.stamp(AT)]).toEqual([
      moment,
      minute,
      timeOfDay,
      stamp,
    ])
    expect([times.day(AT), times.clock(AT)].join(' ')).toBe(
      `${moment.slice(0, 10)} ${moment.slice(20)} ${stamp.slice(6, 18)}`,
    )
    expect([times.day('x'), times.clock('x')]).toEqual(['x', 'x'])
  })

  it('writes what can be typed again: reading it gives the same second', () => {
    const times = Object.fromEntries(ZONES.map((zone) => [zone, screenTimes(zone)]))
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), MOMENTS, (zone, at) => {
        const text = times[zone]?.moment(new Date(at).toISOString()) ?? ''
        expect(Date.parse(text)).toBe(Math.floor(at / 1000) * 1000)
      }),
    )
  })

  it('writes the times within a sentence, and leaves the rest', () => {
    const text = 'shop is being changed by ana on laptop (pid 7, since 2026-11-28T15:04:05.678Z): up api@2026-11'
    expect(screenTimes('America/Sao_Paulo').sentence(text)).toBe(
      'shop is being changed by ana on laptop (pid 7, since 2026-11-28 12:04:05 -03): up api@2026-11',
    )
  })

  it('leaves what is no time as it is', () => {
    expect(screenTimes('Europe/Berlin').moment('?')).toBe('?')
  })
})
