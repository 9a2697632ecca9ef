import fc from 'fast-check'
import type {BlockOutcome, StepAnswer} from '../../src/domain/journal/events.js'
import type {RollbackPolicy, RunPlan} from '../../src/domain/execution/plan.js'
import type {StepItem} from '../../src/domain/runbook/runbook.js'
import type {ConditionState} from '../../src/domain/condition-state.js'
import {aDiagnosis, aMitigation, aNotice, aPlan, aRollback, aTask, aVerify, RESOLVED} from './runbook-builder.js'
import {type Simulated, simulate, type World} from './simulate-run.js'

/** A runbook of any shape, and a world that answers anything, in which people and disks fail at any moment. */
const shape = fc.array(fc.constantFrom('diagnose', 'mitigate', 'verify', 'notify', 'task', 'destroy', 'rollback'), {
  maxLength: 11,
})
const truth = fc.constantFrom<ConditionState>('true', 'false', 'unknown')
const outcome = fc.constantFrom<BlockOutcome>('ok', 'failed', 'timedOut', 'unknown', 'notStarted')

const WHEN = ['started', 'always', 'resolved', 'started', 'unresolved'] as const

function itemsOf(kinds: readonly string[]): readonly StepItem[] {
  let last: string | null = null
  let undone = false
  const attached = (kind: string, id: string, index: number): readonly StepItem[] => {
    if (last === null) return []
    if (kind === 'verify') return [aVerify(id, last)]
    if (undone) return []
    undone = true
    return [aRollback(id, last, {retries: index % 2})]
  }
  return kinds.flatMap((kind, index): readonly StepItem[] => {
    const id = `b${String(index)}`
    if (kind === 'diagnose') return [aDiagnosis(id, {retries: index % 3})]
    if (kind === 'notify') return [aNotice(id, {when: WHEN[index % WHEN.length] ?? 'always'})]
    if (kind === 'task') return [aTask(id)]
    if (kind === 'verify' || kind === 'rollback') return attached(kind, id, index)
    last = id
    undone = false
    return [aMitigation(id, {retries: index % 2, body: kind === 'destroy' ? 'faci down' : 'true'})]
  })
}

export const scenario = fc.record({
  kinds: shape,
  looks: fc.infiniteStream(truth),
  runs: fc.infiniteStream(outcome),
  gates: fc.infiniteStream(fc.constantFrom<'yes' | 'skip' | 'quit'>('yes', 'yes', 'skip', 'quit')),
  seconds: fc.infiniteStream(fc.nat({max: 40})),
  attended: fc.boolean(),
  yes: fc.boolean(),
  hold: fc.nat({max: 3}),
  diagnose: fc.boolean(),
  rollback: fc.constantFrom<RollbackPolicy>('ask', 'always', 'never'),
  undo: fc.boolean(),
  steps: fc.infiniteStream(fc.constantFrom<StepAnswer>('run', 'run', 'run', 'skip', 'quit', 'rest')),
  step: fc.boolean(),
  abortAt: fc.option(fc.nat({max: 30}), {nil: -1}),
  resumes: fc.nat({max: 2}),
  interruptAt: fc.option(fc.nat({max: 30}), {nil: -1}),
  journalLostAt: fc.option(fc.nat({max: 30}), {nil: -1, freq: 2}),
  delivered: fc.boolean(),
  interruptedEarly: fc.boolean(),
})

export type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never

export function play(made: Scenario, force = false): {plan: RunPlan; run: Simulated} {
  const plan = aPlan(itemsOf(made.kinds), {
    mode: made.diagnose ? 'diagnose' : 'full',
    force,
    step: made.step,
    rollback: made.rollback,
    consent: {attended: made.attended, yes: made.yes},
    runbook: {timeoutSeconds: 200, resolved: {...RESOLVED, holdSeconds: made.hold}},
  })
  const take = <T>(stream: fc.Stream<T>): T => stream.next().value as T
  const world: World = {
    look: () => take(made.looks),
    verify: () => take(made.looks),
    run: () => take(made.runs),
    gate: () => take(made.gates),
    seconds: () => take(made.seconds),
    step: () => take(made.steps),
    rollback: () => (made.undo ? 'rollback' : 'keep'),
    interruptAt: made.interruptAt,
    abortAt: made.abortAt,
    journalLostAt: made.journalLostAt,
    delivered: made.delivered,
    interruptedEarly: made.interruptedEarly,
    resumes: made.resumes,
  }
  return {plan, run: simulate(plan, world)}
}
