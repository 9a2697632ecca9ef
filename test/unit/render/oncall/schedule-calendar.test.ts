import fc from 'fast-check'
import ICAL from 'ical.js'
import {describe, expect, it} from 'vitest'
import type {Rota} from '../../../../src/domain/oncall/rota.js'
import {onCallAt} from '../../../../src/domain/oncall/shifts.js'
import {masker} from '../../../../src/domain/secrets/masker.js'
import {scheduleCalendar} from '../../../../src/render/oncall/schedule-calendar.js'
import {wordsFor} from '../../../../src/render/words/words.js'
import {listSchedule} from '../../../../src/usecases/oncall/list-schedule.js'
import {aLayer, aRota, wall} from '../../../support/builders/rota.js'

const SERVICE = 'loja, "web"; ação'
const HOUR = 3_600_000
const DAY = 24 * HOUR
const FROM = wall('2026-01-01T00:00')

/** As anybody may be called: commas, quotes, letters of several bytes, and more than fits a line of a calendar. */
const PEOPLE = ["O'Brien & Co, Ltd; \\n", 'Márcia 🚗', `José ${'da Silva '.repeat(12)}`.trim(), 'Ana']

const rotas = fc
  .record({
    timezone: fc.constantFrom(
      'America/Sao_Paulo',
      'America/Santiago',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'UTC',
    ),
    every: fc.record({count: fc.integer({min: 1, max: 3}), unit: fc.constantFrom('days', 'weeks')}),
    minutes: fc.integer({min: 0, max: 1439}),
    people: fc.shuffledSubarray(PEOPLE, {minLength: 1}),
    weekdays: fc.constantFrom(null, [0, 1, 2, 3, 4] as const),
    taken: fc.array(
      fc.record({hours: fc.nat(60 * 24), minutes: fc.integer({min: 1, max: 600}), person: fc.constantFrom(...PEOPLE)}),
      {maxLength: 3},
    ),
  })
  .map(({timezone, every, minutes, people, weekdays, taken}): Rota => {
    const anchor = FROM + minutes * 60_000
    return {
      ...aRota([aLayer({every: {...every}, anchor, people, restriction: {hours: null, weekdays}})]),
      timezone,
      people: PEOPLE.map((name) => ({name, email: null, slack: null, pagerduty: null})),
      overrides: taken.map(({hours, minutes: lasting, person}) => {
        const start = FROM + hours * HOUR
        return {person, start, end: start + lasting * 60_000, replaces: null}
      }),
    }
  })

interface Entry {
  readonly uid: string
  readonly start: number
  readonly end: number
  readonly summary: string
}

function entriesIn(calendar: string): readonly Entry[] {
  const events = new ICAL.Component(ICAL.parse(calendar) as unknown[]).getAllSubcomponents('vevent')
  return events.map((component) => {
    const {uid, summary, startDate, endDate} = new ICAL.Event(component)
    return {uid, summary, start: startDate.toJSDate().getTime(), end: endDate.toJSDate().getTime()}
  })
}

describe('the calendar of a rota', () => {
  it('read back says at each boundary, a second before it and after it, who is on call, and each entry is another one', () => {
    const words = wordsFor('pt-BR')
    fc.assert(
      fc.property(rotas, fc.nat(40), (rota, day) => {
        const asked = {start: FROM + day * DAY, end: FROM + (day + 30) * DAY}
        const {data} = listSchedule({service: SERVICE, rota, now: FROM, asked, person: null})
        const calendar = scheduleCalendar(data, words)
        // What is printed.
        expect(masker([]).mask(calendar)).toBe(calendar)
        expect(calendar.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
        const entries = entriesIn(calendar)
        expect(new Set(entries.map(({uid}) => uid)).size).toBe(entries.length)
        const near = entries.flatMap(({start, end}) => [start, end].flatMap((at) => [at - 1000, at, at + 1000]))
        for (const at of near.filter((one) => asked.start <= one && one < asked.end)) {
          const found = entries.filter(({start, end}) => start <= at && at < end).map(({summary}) => summary)
          const person = onCallAt(rota, at)?.person
          expect(found).toEqual(person === undefined ? [] : [words.oncall.summary(person, SERVICE)])
        }
      }),
      {numRuns: 25},
    )
  })
})
