import {describe, expect, it} from 'vitest'
import type {Selection} from '../../../../src/domain/journal/events.js'
import {leftOut, unknownId} from '../../../../src/domain/execution/selection.js'
import {aDiagnosis, aMitigation, aPlan, aRollback, aTask, aVerify} from '../../../support/runbook-builder.js'
import {simulate, told} from '../../../support/simulate-run.js'

const ITEMS = [
  aDiagnosis('look'),
  aMitigation('restart'),
  aVerify('check', 'restart'),
  aRollback('undo', 'restart'),
  aMitigation('scale'),
  aTask('call'),
]
const NONE = {only: [], skip: [], from: null}

function chosen(selection: Partial<Selection>) {
  const {runbook} = aPlan(ITEMS)
  return ITEMS.filter((item) => leftOut(runbook, {...NONE, ...selection}, item) === null).map(({id}) => id)
}

describe('a selection', () => {
  it('takes all when nothing is said', () => {
    expect(chosen({})).toEqual(ITEMS.map(({id}) => id))
  })

  it('--only takes a mitigation with its verify and its rollback', () => {
    expect(chosen({only: ['restart']})).toEqual(['restart', 'check', 'undo'])
    expect(chosen({only: ['look', 'scale']})).toEqual(['look', 'scale'])
  })

  it('--skip leaves out a mitigation with what belongs to it', () => {
    expect(chosen({skip: ['restart']})).toEqual(['look', 'scale', 'call'])
    expect(chosen({skip: ['check']})).toEqual(['look', 'restart', 'undo', 'scale', 'call'])
  })

  it('--from begins at a block', () => {
    expect(chosen({from: 'scale'})).toEqual(['scale', 'call'])
  })

  it('names an id that is not there, and the one that was meant', () => {
    expect(unknownId(aPlan(ITEMS).runbook, {...NONE, skip: ['restrt']})).toEqual({id: 'restrt', near: 'restart'})
    expect(unknownId(aPlan(ITEMS).runbook, {...NONE, only: ['restart']})).toBeNull()
  })

  it('is recorded with its reason for every item left out', () => {
    const run = simulate(aPlan(ITEMS, {selection: {...NONE, only: ['scale']}}), {})
    expect(told(run).filter((line) => line.startsWith('skip'))).toEqual([
      'skip look: --only scale',
      'skip restart: --only scale',
      'skip check: --only scale',
      'skip call: --only scale',
      'skip undo: `restart` did not run',
    ])
  })

  it('takes no lock when nothing is left that could change something', () => {
    expect(told(simulate(aPlan(ITEMS, {selection: {...NONE, only: ['look']}}), {}))).not.toContain('lease')
  })
})

describe('--step', () => {
  const stepping = {step: true, consent: {attended: true, yes: true}} as const

  it('asks before every block', () => {
    const run = simulate(aPlan(ITEMS, stepping), {look: (after) => (after === 'scale' ? 'true' : 'false')})
    expect(told(run).filter((line) => line.startsWith('askStep'))).toEqual([
      'askStep look',
      'askStep restart',
      'askStep check',
      'askStep scale',
    ])
  })

  it('skip, quit and all-from-here do what they say', () => {
    const skipped = told(simulate(aPlan(ITEMS, stepping), {step: (id) => (id === 'restart' ? 'skip' : 'run')}))
    expect(skipped).toContain('skip restart: the operator said so')
    expect(skipped).toContain('run scale')
    const quit = told(simulate(aPlan(ITEMS, stepping), {step: (id) => (id === 'restart' ? 'quit' : 'run')}))
    expect(quit).not.toContain('run restart')
    expect(quit.at(-1)).toBe('finish refused refused')
    const rest = told(simulate(aPlan(ITEMS, stepping), {step: () => 'rest'}))
    expect(rest.filter((line) => line.startsWith('askStep'))).toEqual(['askStep look'])
  })

  it('does not ask twice where a gate has just been answered', () => {
    const run = simulate(aPlan(ITEMS, {step: true, consent: {attended: true, yes: false}}), {})
    expect(told(run).filter((line) => line.endsWith(' restart'))).toEqual(['run restart'])
  })
})
