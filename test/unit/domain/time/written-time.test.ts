import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {screenTimes} from '../../../../src/domain/time/screen-times.js'
import {parsePlannedTime, parseWrittenTime} from '../../../../src/domain/time/written-time.js'

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
    expect(() => parse('yesterday')).toThrow(
      'invalid time "yesterday": write 15m, 2h ago, 2026-11-23, 2026-11-23T06:00 or 2026-11-23T06:00:00Z',
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
    ['next week', "write 'in 3d', 2h ago, tomorrow, 'tomorrow 18:00', 2026-12-15 or 2026-12-15T18:00"],
    ['tomorrow 25:00', "write 'in 3d'"],
    ['in', "write 'in 3d'"],
  ])('refuses %s, with what to write', (text, hint) => {
    expect(() => planned(text)).toThrow(hint)
  })
})
