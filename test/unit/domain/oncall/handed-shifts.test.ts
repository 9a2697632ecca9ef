import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {
  handedTo,
  isOnCallThroughout,
  nextTurn,
  overridesFor,
  piecesOf,
} from '../../../../src/domain/oncall/handed-shifts.js'
import type {Rota} from '../../../../src/domain/oncall/rota.js'
import {changesByPerson, shiftChanges} from '../../../../src/domain/oncall/shift-changes.js'
import {onCallAt} from '../../../../src/domain/oncall/shifts.js'
import {aLayer, anOverride, aRota} from '../../../support/builders/rota.js'

const at = (text: string): number => Date.parse(text)
const with_ = (rota: Rota, overrides: Rota['overrides']): Rota => ({
  ...rota,
  overrides: [...rota.overrides, ...overrides],
})
const HOUR = 3_600_000

describe('a shift that is taken', () => {
  it('is theirs, also where the rota replaces them at that time', () => {
    const rota = aRota([aLayer()], {overrides: [anOverride('Bia', '2026-01-12T00:00Z', '2026-01-20T00:00Z', 'Ana')]})
    const piece = {person: 'Ana', start: at('2026-01-13T03:00Z'), end: at('2026-01-13T05:00Z')}
    const taken = with_(rota, overridesFor(rota, [piece]))
    expect(isOnCallThroughout(rota, piece)).toBe(false)
    expect(isOnCallThroughout(taken, piece)).toBe(true)
    expect(onCallAt(taken, piece.end)?.person).toBe('Bia')
  })

  it('is theirs whatever was decided before, and nobody else is touched outside of it', () => {
    const hour = fc.integer({min: 0, max: 24 * 40})
    const span = fc.tuple(hour, fc.integer({min: 1, max: 100}))
    const person = fc.constantFrom('Ana', 'Bia', 'Caio')
    const override = fc.record({person, span, replaces: fc.option(person, {nil: null})})
    const start = at('2026-01-05T00:00Z')
    fc.assert(
      fc.property(fc.array(override, {maxLength: 6}), person, span, (decided, who, [from, hours]) => {
        const overrides = decided.map(({person: one, span: [first, lasts], replaces}) => ({
          ...{person: one, replaces, start: start + first * HOUR, end: start + (first + lasts) * HOUR},
        }))
        const rota = aRota([aLayer({people: ['Ana', 'Bia', 'Caio']})], {overrides})
        const piece = {person: who, start: start + from * HOUR, end: start + (from + hours) * HOUR}
        const taken = with_(rota, overridesFor(rota, [piece]))
        expect(isOnCallThroughout(taken, piece)).toBe(true)
        const around = {start: start - 24 * HOUR, end: start + 24 * 50 * HOUR}
        for (const change of shiftChanges(rota, taken, around)) {
          expect(change.start).toBeGreaterThanOrEqual(piece.start)
          expect(change.end).toBeLessThanOrEqual(piece.end)
          expect(change.after).toBe(who)
        }
      }),
      {numRuns: 60},
    )
  })
})

describe('what is swapped', () => {
  const rota = aRota()

  it('is what is left of the current turn, and all of the next one of the other', () => {
    const now = at('2026-01-06T12:00Z')
    expect(nextTurn(rota, 'Ana', now)).toEqual([{person: 'Ana', start: now, end: at('2026-01-12T09:00Z')}])
    expect(nextTurn(rota, 'Bia', now)).toEqual([
      {person: 'Bia', start: at('2026-01-12T09:00Z'), end: at('2026-01-19T09:00Z')},
    ])
    expect(nextTurn(rota, 'Davi', now)).toEqual([])
  })

  it('is every piece of a turn that hours cut', () => {
    const desk = {hours: [{start: 540, end: 1080}], weekdays: [0, 1, 2, 3, 4] as const}
    const pieces = nextTurn(aRota([aLayer({restriction: desk})]), 'Bia', at('2026-01-06T12:00Z'))
    expect(pieces.map(({start}) => new Date(start).toISOString().slice(0, 13))).toEqual([
      ...['2026-01-12T09', '2026-01-13T09', '2026-01-14T09', '2026-01-15T09', '2026-01-16T09'],
    ])
  })

  it('leaves both with as much as before when the turns are whole', () => {
    const now = at('2026-01-05T09:00Z')
    const pieces = [...handedTo(nextTurn(rota, 'Ana', now), 'Bia'), ...handedTo(nextTurn(rota, 'Bia', now), 'Ana')]
    const swapped = with_(rota, overridesFor(rota, pieces))
    const changes = shiftChanges(rota, swapped, {start: now, end: now + 28 * 24 * HOUR})
    expect(changes.map(({before, after}) => [before, after])).toEqual([
      ['Ana', 'Bia'],
      ['Bia', 'Ana'],
    ])
    for (const {gained, lost} of changesByPerson(changes)) expect(gained).toBe(lost)
  })

  it('of an interval is all that the person has in it, cut to it', () => {
    const asked = {start: at('2026-01-09T00:00Z'), end: at('2026-01-21T00:00Z')}
    expect(piecesOf(rota, 'Ana', asked)).toEqual([
      {person: 'Ana', start: asked.start, end: at('2026-01-12T09:00Z')},
      {person: 'Ana', start: at('2026-01-19T09:00Z'), end: asked.end},
    ])
  })
})

describe('changes of a rota', () => {
  it('say from when to when, and who instead of whom', () => {
    const [before, after] = [aRota(), aRota([aLayer({people: ['Ana', 'Caio']})])]
    const asked = {start: at('2026-01-05T09:00Z'), end: at('2026-02-02T09:00Z')}
    expect(shiftChanges(before, after, asked)).toEqual([
      {start: at('2026-01-12T09:00Z'), end: at('2026-01-19T09:00Z'), before: 'Bia', after: 'Caio'},
      {start: at('2026-01-26T09:00Z'), end: at('2026-02-02T09:00Z'), before: 'Bia', after: 'Caio'},
    ])
  })

  it('are none between a rota and itself, and mention nobody who has gone as nobody', () => {
    const rota = aRota()
    const asked = {start: at('2026-01-01T00:00Z'), end: at('2026-01-12T09:00Z')}
    expect(shiftChanges(rota, rota, asked)).toEqual([])
    expect(shiftChanges(aRota([]), rota, asked)).toEqual([
      {start: at('2026-01-05T09:00Z'), end: at('2026-01-12T09:00Z'), before: null, after: 'Ana'},
    ])
  })
})
