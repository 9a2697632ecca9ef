import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type ClaimedStep, escalationDue} from '../../../../src/domain/escalation/escalation-due.js'
import type {EscalationStep, Rota} from '../../../../src/domain/oncall/rota.js'
import {aLayer, aRota} from '../../../support/builders/rota.js'

const START = Date.parse('2026-01-06T12:00:00Z')
const MINUTE = 60_000
const ROUND = {number: 0, startedAt: START}
const STEPS: readonly EscalationStep[] = [
  {notify: {kind: 'current'}, withinSeconds: 300},
  {notify: {kind: 'next'}, withinSeconds: 600},
  {notify: {kind: 'everyone'}, withinSeconds: 300},
]
const ROTA = aRota([aLayer({people: ['Ana', 'Bia', 'Caio']})], {escalation: STEPS})
const paged = (step: number, minute: number): ClaimedStep => ({step, at: START + minute * MINUTE, why: 'paged'})
const due = (minute: number, claims: readonly ClaimedStep[] = [], rota: Rota = ROTA) =>
  escalationDue(rota, ROUND, claims, START + minute * MINUTE)

describe('the steps of an escalation', () => {
  it('begin at once with whoever is on call', () => {
    expect(due(0)).toEqual({
      ...{send: {step: 0, people: ['Ana']}, skipped: []},
      next: {step: 1, people: ['Bia'], dueAt: START + 5 * MINUTE},
    })
  })

  it('wait for as long as people have', () => {
    expect(due(4.9, [paged(0, 0)])).toMatchObject({send: null, skipped: [], next: {step: 1}})
    expect(due(5, [paged(0, 0)]).send).toEqual({step: 1, people: ['Bia']})
    expect(due(14.9, [paged(0, 0), paged(1, 5)]).send).toBeNull()
    expect(due(15, [paged(0, 0), paged(1, 5)])).toEqual({
      ...{send: {step: 2, people: ['Ana', 'Bia', 'Caio']}, skipped: [], next: null},
    })
    expect(due(60, [paged(0, 0), paged(1, 5), paged(2, 15)])).toEqual({send: null, skipped: [], next: null})
  })

  it('give people their time from when they were paged, not from when they were to be', () => {
    expect(due(8, [paged(0, 4)]).send).toBeNull()
    expect(due(9, [paged(0, 4)]).send?.step).toBe(1)
  })

  it('after an hour without a call are sent once: the latest, and the others are skipped', () => {
    expect(due(60)).toMatchObject({
      send: {step: 2},
      skipped: [
        {step: 0, why: 'late'},
        {step: 1, why: 'late'},
      ],
    })
  })

  it('go on at once where nobody is on call, and say so', () => {
    const rota = {...ROTA, layers: [aLayer({people: ['Bia'], anchor: Date.parse('2026-01-12T09:00Z')})]}
    expect(due(0, [], rota)).toMatchObject({send: {step: 1, people: ['Bia']}, skipped: [{step: 0, why: 'nobody'}]})
  })

  it('tell the channel where no step has anybody', () => {
    const rota = {...ROTA, layers: [], escalation: STEPS.slice(0, 2)}
    expect(due(0, [], rota)).toEqual({send: {step: 1, people: []}, skipped: [{step: 0, why: 'nobody'}], next: null})
  })

  it('go on, once, when the clock was put back by more than clocks differ', () => {
    expect(due(-60, [paged(0, 0)]).send?.step).toBe(1)
    expect(due(-60, [paged(0, 0), paged(1, -60)]).send).toBeNull()
    expect(due(-0.5, [paged(0, 0)]).send).toBeNull()
  })

  it('whatever the ticks and the clock: each once, never backwards, everybody in the end', () => {
    const target = fc.constantFrom<EscalationStep['notify']>({kind: 'current'}, {kind: 'next'}, {kind: 'everyone'})
    const steps = fc.array(fc.record({notify: target, withinSeconds: fc.integer({min: 0, max: 900})}), {
      ...{minLength: 1, maxLength: 5},
    })
    const ticks = fc.array(fc.integer({min: -90, max: 120}), {maxLength: 40})
    fc.assert(
      fc.property(steps, ticks, (escalation, jumps) => {
        const rota = {...ROTA, escalation}
        const claims: ClaimedStep[] = []
        let minute = 0
        const tick = (): number => {
          const {send, skipped} = due(minute, claims, rota)
          const anew = [...skipped.map(({step}) => step), ...(send === null ? [] : [send.step])].sort((a, b) => a - b)
          const before = claims.length
          anew.forEach((step, index) => expect(step).toBe(before + index))
          claims.push(
            ...anew.map((step) => ({...paged(step, minute), why: send?.step === step ? 'paged' : 'late'}) as const),
          )
          return send === null ? 0 : 1
        }
        for (const jump of [0, ...jumps]) {
          minute += jump / 10
          expect(tick()).toBeLessThanOrEqual(1)
        }
        minute += 10_000
        tick()
        expect(claims.map(({step}) => step)).toEqual(escalation.map((_, step) => step))
        expect(due(minute + 10_000, claims, rota)).toEqual({send: null, skipped: [], next: null})
      }),
      {numRuns: 80},
    )
  })
})
