import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {absencesBetween} from '../../../../src/domain/oncall/absences.js'
import type {RecurringAbsence, WrittenMoment} from '../../../../src/domain/oncall/rota.js'
import {atWallClock, zoneOffset} from '../../../../src/domain/time/zone-offset.js'
import {ruleOccurrences} from '../../../../src/formats/ics/rule-occurrences.js'
import {aRota, wall} from '../../../support/builders/rota.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const at = (text: string, zone: string | null = null): WrittenMoment => ({wall: wall(text), zone, plusMs: 0})

function weekly(over: Partial<RecurringAbsence> = {}, rule = 'FREQ=WEEKLY'): RecurringAbsence {
  const from = over.from ?? at('2026-03-01T22:00', 'America/New_York')
  return {
    ...{person: 'Ana', reason: 'gym', file: 'ana.ics', from, lasts: {wallMs: 4 * HOUR_MS, plusMs: 0}},
    ...{begins: (start, end) => ruleOccurrences(rule, from.wall)?.(start, end) ?? null},
    ...{until: null, more: [], except: []},
    ...over,
  }
}

/** `03-02T03:00/07:00`, in UTC. */
function away(absence: RecurringAbsence, from: string, to: string, timezone = 'UTC'): readonly string[] {
  const asked = {start: Date.parse(`${from}Z`), end: Date.parse(`${to}Z`)}
  const {absences} = absencesBetween(aRota(undefined, {timezone, recurring: [absence]}), asked)
  const text = (time: number): string => new Date(time).toISOString()
  return absences.map(({start, end}) => `${text(start).slice(5, 16)}/${text(end).slice(11, 16)}`).sort()
}

describe('an absence that comes again', () => {
  it('is by the clock of its own zone, before and after clocks change', () => {
    const found = away(weekly(), '2026-03-01T00:00', '2026-03-20T00:00')
    expect(found).toEqual(['03-02T03:00/07:00', '03-09T02:00/06:00', '03-16T02:00/06:00'])
  })

  it('that lasts across a change of clocks ends by the clock too', () => {
    const night = weekly({from: at('2026-03-01T00:00', 'America/New_York')})
    expect(away(night, '2026-03-08T00:00', '2026-03-09T00:00')).toEqual(['03-08T05:00/08:00'])
    const passing = weekly({...night, lasts: {wallMs: 0, plusMs: 4 * HOUR_MS}})
    expect(away(passing, '2026-03-08T00:00', '2026-03-09T00:00')).toEqual(['03-08T05:00/09:00'])
  })

  it('of whole days is by the clock of the rota', () => {
    const day = weekly({from: at('2026-03-04T00:00'), lasts: {wallMs: DAY_MS, plusMs: 0}})
    expect(away(day, '2026-03-10T00:00', '2026-03-12T00:00', 'America/Sao_Paulo')).toEqual(['03-11T03:00/03:00'])
  })

  it('counts where it began before, and is not there where it ended or begins', () => {
    expect(away(weekly(), '2026-03-09T03:00', '2026-03-09T03:01')).toEqual(['03-09T02:00/06:00'])
    expect(away(weekly(), '2026-03-09T06:00', '2026-03-16T02:00')).toEqual([])
  })

  it('comes no more after its end, which is part of it, and not where it is left out, in whatever zone that is said', () => {
    const ended = weekly({until: at('2026-03-09T02:00', 'UTC'), except: [at('2026-03-02T03:00', 'UTC')]})
    expect(away(ended, '2026-03-01T00:00', '2026-04-01T00:00')).toEqual(['03-09T02:00/06:00'])
  })

  it('comes at other times that are listed, each in its own zone', () => {
    const more = weekly({begins: () => [], more: [at('2026-03-20T09:00', 'UTC'), at('2026-03-21T09:00')]})
    expect(away(more, '2026-03-01T00:00', '2026-04-01T00:00', 'America/Sao_Paulo')).toEqual([
      ...['03-20T09:00/13:00', '03-21T12:00/16:00'],
    ])
  })

  it('whose rule cannot be carried out is told', () => {
    const rota = aRota(undefined, {recurring: [weekly({begins: () => null})]})
    const {absences, unread} = absencesBetween(rota, {start: 0, end: DAY_MS})
    expect([absences, unread]).toEqual([[], [{person: 'Ana', file: 'ana.ics', what: 'gym', why: 'recurring'}]])
  })

  const zone = fc.constantFrom(
    'America/New_York',
    'America/Santiago',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'UTC',
  )
  const frequency = fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')

  it('is where a paper calendar has it, in any zone', () => {
    const next: Readonly<Record<string, (first: Date, n: number) => number>> = {
      DAILY: (first, n) => first.getTime() + n * DAY_MS,
      WEEKLY: (first, n) => first.getTime() + n * 7 * DAY_MS,
      MONTHLY: (first, n) => new Date(first).setUTCMonth(first.getUTCMonth() + n),
      YEARLY: (first, n) => new Date(first).setUTCFullYear(first.getUTCFullYear() + n),
    }
    fc.assert(
      fc.property(zone, frequency, fc.nat(27), fc.nat(95), fc.nat(900), (timezone, every, day, quarter, offset) => {
        const first = wall('2026-01-01T00:00') + day * DAY_MS + quarter * 900_000
        const clock = zoneOffset(timezone)
        const start = Date.parse('2026-01-01T00:00Z') + offset * DAY_MS
        const asked = {start, end: start + 60 * DAY_MS}
        const absence = weekly({from: {wall: first, zone: timezone, plusMs: 0}}, `FREQ=${every}`)
        const {absences} = absencesBetween(aRota(undefined, {recurring: [absence]}), asked)
        const walls = Array.from({length: 1200}, (_, n) => next[every]?.(new Date(first), n) ?? 0)
        // What clocks skip is for `wall-clock.ts` to say; it is tested there.
        const shown = (time: number): boolean => time + clock(time) === walls[nearest(walls, time + clock(time))]
        const expected = walls.map((time) => atWallClock(clock, time)).filter((time) => shown(time))
        const inside = expected.filter((time) => time >= asked.start && time < asked.end)
        const found = absences.map((one) => one.start).filter((time) => time >= asked.start && shown(time))
        expect(found).toEqual(inside)
      }),
      {numRuns: 60},
    )
  })
})

function nearest(sorted: readonly number[], value: number): number {
  const index = sorted.findIndex((one) => one >= value)
  return index === -1 ? sorted.length - 1 : index
}
