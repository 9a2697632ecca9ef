import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {screenTimes} from '../../../../src/domain/time/screen-times.js'
import {parsePlannedTime, parseRecordedTime, parseWrittenTime} from '../../../../src/domain/time/written-time.js'

const NOW = Date.parse('2026-11-28T15:00:00Z')
const parse = (text: string, timezone = 'America/Sao_Paulo'): string =>
  new Date(parseWrittenTime(text, {now: NOW, timezone}) * 1000).toISOString()
const zones = fc.constantFrom('UTC', 'America/Sao_Paulo', 'Asia/Kolkata', 'Europe/Berlin', 'America/St_Johns')
const moments = fc.integer({min: Date.parse('2000-01-01T00:00:00Z'), max: Date.parse('2037-01-01T00:00:00Z')})

describe('parseWrittenTime', () => {
  it.each(['2h', '-2h', '2h ago', ' 2h  ago ', '1h60m'])('reads %j as two hours ago', (text) => {
    expect(parse(text)).toBe('2026-11-28T13:00:00.000Z')
  })

  it.each([
    ['2026-11-28 12:04:05', '2026-11-28T15:04:05.000Z'],
    ['2026-11-28T12:04', '2026-11-28T15:04:00.000Z'],
    ['2026-11-28', '2026-11-28T03:00:00.000Z'],
    ['2026-11-28 12:04:05 UTC', '2026-11-28T12:04:05.000Z'],
    ['2026-11-28T12:04:05.250Z', '2026-11-28T12:04:05.250Z'],
    ['2026-11-28 12:04 +05:30', '2026-11-28T06:34:00.000Z'],
    ['2026-11-28T12:04:05+0530', '2026-11-28T06:34:05.000Z'],
  ])('reads %s, in the zone of the configuration where none is written', (text, at) => {
    expect(parse(text)).toBe(at)
  })

  it.each(['2026-02-30', '2026-13-01', '2026-11-28 25:00', '2026-11-28 12:60', '2026-11-28 12:04 BRT'])(
    'refuses %s',
    (text) => {
      expect(() => parse(text)).toThrow(`invalid time ${JSON.stringify(text)}`)
    },
  )

  it('refuses what is no duration, with what was probably meant', () => {
    expect(() => parse('5 min ago')).toThrow('did you mean `5m`?')
    expect(() => parse('yesterdy')).toThrow(
      `invalid time "yesterdy": write 15m, 2h ago, 23:10, 'yesterday 23:10', 'mon 23:10', 2026-11-23 or 2026-11-23T06:00:00Z`,
    )
  })

  it('reads back every time that a screen writes', () => {
    fc.assert(
      fc.property(moments, zones, zones, (at, timezone, other) => {
        const whole = new Date(Math.floor(at / 1000) * 1000).toISOString()
        const minute = new Date(Math.floor(at / 60_000) * 60_000).toISOString()
        const times = screenTimes(timezone)
        expect(parse(times.moment(whole), other)).toBe(whole)
        expect(parse(times.minute(minute), other)).toBe(minute)
      }),
    )
  })
})

// 12:00 of Saturday in São Paulo.
describe('a day by its name', () => {
  it.each([
    ['now', '2026-11-28T15:00:00.000Z', '2026-11-28T15:00:00.000Z'],
    ['yesterday 23:10', '2026-11-28T02:10:00.000Z', '2026-11-28T02:10:00.000Z'],
    ['Yesterday at 23:10', '2026-11-28T02:10:00.000Z', '2026-11-28T02:10:00.000Z'],
    ['yesterday', '2026-11-27T03:00:00.000Z', '2026-11-27T03:00:00.000Z'],
    ['today 03:10:05', '2026-11-28T06:10:05.000Z', '2026-11-28T06:10:05.000Z'],
    ['yesterday 23:10 UTC', '2026-11-27T23:10:00.000Z', '2026-11-27T23:10:00.000Z'],
    ['today 23:10', '2026-11-29T02:10:00.000Z', '2026-11-29T02:10:00.000Z'],
    ['3:10', '2026-11-28T06:10:00.000Z', '2026-11-29T06:10:00.000Z'],
    ['at 23:10', '2026-11-28T02:10:00.000Z', '2026-11-29T02:10:00.000Z'],
    ['sat 03:10', '2026-11-28T06:10:00.000Z', '2026-12-05T06:10:00.000Z'],
    ['sat 23:10', '2026-11-22T02:10:00.000Z', '2026-11-29T02:10:00.000Z'],
    ['Mon 09:00', '2026-11-23T12:00:00.000Z', '2026-11-30T12:00:00.000Z'],
    ['tues, 9:00', '2026-11-24T12:00:00.000Z', '2026-12-01T12:00:00.000Z'],
    ['friday', '2026-11-27T03:00:00.000Z', '2026-12-04T03:00:00.000Z'],
    ['last saturday 03:10', '2026-11-21T06:10:00.000Z', '2026-11-21T06:10:00.000Z'],
    ['next sat 23:10', '2026-12-06T02:10:00.000Z', '2026-12-06T02:10:00.000Z'],
  ])('%s was %s, and will be %s', (text, was, willBe) => {
    const now = {now: NOW, timezone: 'America/Sao_Paulo'}
    expect(parse(text)).toBe(was)
    expect(new Date(parsePlannedTime(text, now) * 1000).toISOString()).toBe(willBe)
  })

  it('is that of the zone that is written behind the time', () => {
    // Sunday in Kiritimati, at 05:00.
    expect(parse('today 04:00', 'Pacific/Kiritimati')).toBe('2026-11-28T14:00:00.000Z')
    expect(parse('today 14:00 UTC', 'Pacific/Kiritimati')).toBe('2026-11-28T14:00:00.000Z')
    expect(parse('sun 04:00 +14', 'UTC')).toBe('2026-11-28T14:00:00.000Z')
  })

  it.each(['mo 09:00', 'monday 25:00', 'someday', 'yesterday 9', 'at', 'last', 'last 09:00', '9:5', 'next week'])(
    'is not %s',
    (text) => {
      expect(() => parse(text)).toThrow('invalid time')
    },
  )

  it('is the last of its kind that is over, or the next to come, whenever it is asked', () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    const clock = fc.tuple(fc.integer({min: 3, max: 23}), fc.integer({min: 0, max: 59}))
    fc.assert(
      fc.property(moments, zones, fc.nat(6), clock, (at, timezone, day, [hour, minute]) => {
        const two = (number: number): string => String(number).padStart(2, '0')
        const text = `${days[day] ?? ''} ${two(hour)}:${two(minute)}`
        const past = parseWrittenTime(text, {now: at, timezone}) * 1000
        const coming = parsePlannedTime(text, {now: at, timezone}) * 1000
        expect([past <= at, coming > at]).toEqual([true, true])
        const apart = (coming - past) / 86_400_000
        expect(Math.abs(apart - 7)).toBeLessThan(0.1)
        const format = new Intl.DateTimeFormat('en-GB', {
          ...{timeZone: timezone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'},
        })
        for (const moment of [past, coming]) expect(format.format(moment).toLowerCase().replace(',', '')).toBe(text)
      }),
    )
  })
})

describe('parseRecordedTime', () => {
  const recorded = (text: string, timezone = 'America/New_York'): string =>
    new Date(parseRecordedTime(text, {now: NOW, timezone}) * 1000).toISOString()

  it.each([
    [
      '2026-11-01 01:30',
      ['2026-11-01 01:30:00 -04', '2026-11-01 01:30:00 -05'],
      'is shown twice by clocks that were put back',
    ],
    ['2026-03-08T02:30', ['2026-03-08 03:30:00 -04'], 'was skipped by clocks that were put forward'],
  ])('does not take %s, and says what to write', (text, meant, why) => {
    const said = ((): unknown => {
      try {
        return recorded(text)
      } catch (error) {
        return error
      }
    })()
    expect(said).toMatchObject({
      ...{code: 'usage', message: `"${text}" ${why} (America/New_York): say which moment you mean`},
      corrections: meant.map((one) => ({typed: text, meant: one})),
    })
    for (const one of meant) expect(recorded(one)).toMatch(/^2026-/)
  })

  it.each(['2026-11-01 00:59', '2026-11-01 02:00', '2026-11-01 01:30 -05', '2026-11-01', '2h ago', '2026-03-08 03:00'])(
    'takes %s',
    (text) => {
      expect(recorded(text)).toBe(parse(text, 'America/New_York'))
    },
  )
})

describe('parsePlannedTime', () => {
  const planned = (text: string): string =>
    new Date(parsePlannedTime(text, {now: NOW, timezone: 'America/Sao_Paulo'}) * 1000).toISOString()

  it.each([
    ['in 3d', '2026-12-01T15:00:00.000Z'],
    ['+90m', '2026-11-28T16:30:00.000Z'],
    ['3d', '2026-11-25T15:00:00.000Z'],
    ['tomorrow', '2026-11-29T03:00:00.000Z'],
    ['Tomorrow 18:00', '2026-11-29T21:00:00.000Z'],
    ['tomorrow at 18:00', '2026-11-29T21:00:00.000Z'],
    ['today 23:30 UTC', '2026-11-28T23:30:00.000Z'],
    ['yesterday', '2026-11-27T03:00:00.000Z'],
    ['2026-12-15', '2026-12-15T03:00:00.000Z'],
  ])('reads %s', (text, at) => {
    expect(planned(text)).toBe(at)
  })

  it.each([
    ['in 3 days', 'did you mean `in 3d`?'],
    ['next week', "write 'in 3d', 2h ago, 18:00, 'tomorrow 18:00', 'fri 18:00', 2026-12-15 or 2026-12-15T18:00"],
    ['tomorrow 25:00', "write 'in 3d'"],
    ['in', "write 'in 3d'"],
  ])('refuses %s, with what to write', (text, hint) => {
    expect(() => planned(text)).toThrow(hint)
  })
})
