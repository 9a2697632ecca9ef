import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {rehearse, type Seen} from '../../../../src/domain/execution/rehearse.js'
import type {RunPlan} from '../../../../src/domain/execution/plan.js'
import type {ConditionState} from '../../../../src/domain/condition-state.js'
import {aDiagnosis, aMitigation, aNotice, aPlan, aRollback, aTask, aVerify} from '../../../support/runbook-builder.js'
import {RUN} from '../../../../src/render/words/en/run.js'

const ITEMS = [
  aDiagnosis('look'),
  aMitigation('restart'),
  aVerify('works', 'restart'),
  aRollback('undo', 'restart'),
  aMitigation('recreate', {confirm: 'always'}),
  aDiagnosis('errors'),
  aNotice('begun', {when: 'started'}),
  aNotice('over', {when: 'resolved'}),
  aTask('call'),
]

function seen(state: ConditionState): Seen {
  return {
    state,
    conditions: [{condition: 'health api', state, detail: {why: 'httpStatus', status: 503, says: null}}],
  }
}

function skippedOf(over: Parameters<typeof aPlan>[1], state: ConditionState = 'false') {
  const {skipped, nothing} = rehearse(aPlan(ITEMS, over), [], seen(state))
  return {
    skipped: Object.fromEntries([...skipped].map(([id, reason]) => [id, RUN.reason(reason)])),
    nothing: nothing === null ? null : RUN.reason(nothing),
  }
}

const ATTENDED = {consent: {attended: true}, rollback: 'ask'} as const
const ALL = {only: [], skip: [], from: null} as const

describe('what a run would come to', () => {
  it('is everything, when a person can be asked and it is not resolved', () => {
    expect(skippedOf(ATTENDED)).toEqual({skipped: {}, nothing: null})
  })

  it('is only the diagnosis when it is resolved already: nothing would be changed', () => {
    const {skipped, nothing} = skippedOf(ATTENDED, 'true')
    expect(nothing).toBe('already resolved before the run')
    expect(Object.keys(skipped)).not.toContain('look')
    expect(skipped).toMatchObject({restart: nothing, recreate: nothing, call: nothing})
    expect(Object.keys(skipped)).toContain('begun')
    expect(skippedOf({...ATTENDED, force: true}, 'true').nothing).toBeNull()
  })

  it('is nothing but looking when it cannot be seen', () => {
    expect(skippedOf(ATTENDED, 'unknown').nothing).toMatch(/^cannot see health api/)
  })

  it.each([
    ['--skip', {selection: {...ALL, skip: ['restart']}}, ['restart', 'undo', 'works'], '--skip restart'],
    ['--from', {selection: {...ALL, from: 'recreate'}}, ['look', 'restart', 'undo', 'works'], '--from recreate'],
    ['--diagnose', {mode: 'diagnose'}, ['begun', 'call', 'over', 'recreate', 'restart', 'undo', 'works'], 'only the'],
  ] as const)('leaves out what %s leaves out, with the reason', (_, over, ids, reason) => {
    const {skipped} = skippedOf({...ATTENDED, ...over})
    expect(Object.keys(skipped).sort()).toEqual(ids)
    expect(skipped['restart']).toContain(reason)
  })

  it('a gate that nobody can open is come to, what is behind it is not, unless what is before it helps', () => {
    const {skipped, nothing} = skippedOf({consent: {attended: false, yes: true}})
    expect(nothing).toBeNull()
    expect(Object.keys(skipped)).not.toContain('recreate')
    expect(Object.keys(skipped)).not.toContain('errors')
  })

  it('ends, whatever the plan and whatever is seen', () => {
    const plan = fc.record({
      state: fc.constantFrom<ConditionState>('true', 'false', 'unknown'),
      attended: fc.boolean(),
      yes: fc.boolean(),
      force: fc.boolean(),
      step: fc.boolean(),
      mode: fc.constantFrom<RunPlan['mode']>('full', 'diagnose'),
      rollback: fc.constantFrom<RunPlan['rollback']>('ask', 'always', 'never'),
      items: fc.shuffledSubarray(ITEMS.filter(({role}) => role !== 'rollback' && role !== 'verify')),
    })
    fc.assert(
      fc.property(plan, ({state, attended, yes, items, ...over}) => {
        const {skipped} = rehearse(aPlan(items, {...over, consent: {attended, yes}}), [], seen(state))
        expect(items.map(({id}) => id)).toEqual(expect.arrayContaining([...skipped.keys()]))
      }),
    )
  })
})
