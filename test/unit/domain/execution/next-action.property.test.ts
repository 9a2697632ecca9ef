import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {BlockOutcome} from '../../../../src/domain/execution/events.js'
import type {RunPlan} from '../../../../src/domain/execution/plan.js'
import type {StepItem} from '../../../../src/domain/runbook/runbook.js'
import type {Truth} from '../../../../src/domain/runbook/truth.js'
import {aDiagnosis, aMitigation, aNotice, aPlan, aTask, aVerify, RESOLVED} from '../../../support/runbook-builder.js'
import {type Simulated, simulate, type World} from '../../../support/simulate-run.js'

const shape = fc.array(fc.constantFrom('diagnose', 'mitigate', 'verify', 'notify', 'task', 'destroy'), {maxLength: 9})
const truth = fc.constantFrom<Truth>('true', 'false', 'unknown')
const outcome = fc.constantFrom<BlockOutcome>('ok', 'failed', 'timedOut', 'unknown')

function itemsOf(kinds: readonly string[]): readonly StepItem[] {
  let last: string | null = null
  return kinds.flatMap((kind, index): readonly StepItem[] => {
    const id = `b${String(index)}`
    if (kind === 'diagnose') return [aDiagnosis(id, {retries: index % 3})]
    if (kind === 'notify') return [aNotice(id, {when: index % 2 === 0 ? 'always' : 'started'})]
    if (kind === 'task') return [aTask(id)]
    if (kind === 'verify') return last === null ? [] : [aVerify(id, last)]
    last = id
    return [aMitigation(id, {retries: index % 2, body: kind === 'destroy' ? 'faci down' : 'true'})]
  })
}

const scenario = fc.record({
  kinds: shape,
  looks: fc.infiniteStream(truth),
  runs: fc.infiniteStream(outcome),
  gates: fc.infiniteStream(fc.constantFrom<'yes' | 'skip' | 'quit'>('yes', 'yes', 'skip', 'quit')),
  seconds: fc.infiniteStream(fc.nat({max: 40})),
  attended: fc.boolean(),
  yes: fc.boolean(),
  hold: fc.nat({max: 3}),
  diagnose: fc.boolean(),
  interruptAt: fc.option(fc.nat({max: 30}), {nil: -1}),
})

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never

function play(made: Scenario, force = false): {plan: RunPlan; run: Simulated} {
  const plan = aPlan(itemsOf(made.kinds), {
    mode: made.diagnose ? 'diagnose' : 'full',
    force,
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
    interruptAt: made.interruptAt,
  }
  return {plan, run: simulate(plan, world)}
}

function check(holds: (played: {plan: RunPlan; run: Simulated}) => void, force = false): void {
  fc.assert(
    fc.property(scenario, (made) => {
      holds(play(made, force))
    }),
    {numRuns: 500},
  )
}

describe('whatever the world does', () => {
  it('every run ends, and each item ends in exactly one event', () => {
    check(({plan, run}) => {
      const ended = run.events.flatMap((event) =>
        event.kind === 'block.finished' ||
        event.kind === 'block.skipped' ||
        event.kind === 'notice.sent' ||
        event.kind === 'task.answered'
          ? [event.id]
          : [],
      )
      const ids = plan.runbook.steps.flatMap(({items}) => items.map(({id}) => id))
      expect([...ended].sort()).toEqual([...ids].sort())
      expect(run.events.at(-1)?.kind).toBe('run.finished')
    })
  })

  it('no mitigation starts unless the last look was false', () => {
    check(({plan, run}) => {
      const mitigations = new Set(plan.flow.flatMap((node) => (node.kind === 'look' ? [node.of.id] : [])))
      let last: Truth | null = null
      let since: string | null = null
      for (const event of run.events) {
        if (event.kind === 'look') [last, since] = [event.state, null]
        if (event.kind !== 'block.started' || !mitigations.has(event.id)) continue
        expect(last).toBe('false')
        expect(since === null || since === event.id).toBe(true)
        since = event.id
      }
    })
  })

  it('mitigations start in the order of the file, each after its gate was answered yes', () => {
    check(({plan, run}) => {
      const order = plan.flow.flatMap((node) => (node.kind === 'look' ? [node.of.id] : []))
      const started = run.events.flatMap((event) =>
        event.kind === 'block.started' && order.includes(event.id) ? [event.id] : [],
      )
      const positions = started.map((id) => order.indexOf(id))
      expect(positions).toEqual([...positions].sort((a, b) => a - b))
      const approved = new Set(
        run.events.flatMap((event) => (event.kind === 'gate.answered' && event.answer === 'yes' ? [event.id] : [])),
      )
      expect(started.every((id) => approved.has(id))).toBe(true)
    })
  })

  it('a mitigation that removes containers starts only after its evidence was kept', () => {
    check(({plan, run}) => {
      const kept = new Set<string>()
      for (const event of run.events) {
        if (event.kind === 'evidence.kept') kept.add(event.id)
        if (event.kind !== 'block.started') continue
        const node = plan.flow.find((candidate) => candidate.kind === 'look' && candidate.of.id === event.id)
        if (node?.kind === 'look' && node.of.body === 'faci down') expect(kept.has(event.id)).toBe(true)
      }
    })
  })

  it('nothing is changed without the lease, in --diagnose, or after a person quit', () => {
    check(({plan, run}) => {
      const mitigations = new Set(plan.flow.flatMap((node) => (node.kind === 'look' ? [node.of.id] : [])))
      let leased = false
      let quit = false
      for (const event of run.events) {
        if (event.kind === 'lease.taken') leased = true
        if (event.kind === 'gate.answered' && event.answer === 'quit') quit = true
        if (event.kind === 'block.started' && mitigations.has(event.id))
          expect([leased, quit, plan.mode]).toEqual([true, false, 'full'])
      }
    })
  })

  it('never says ok or resolved unless the last look was true', () => {
    check(({plan, run}) => {
      const finished = run.events.at(-1)
      const last = run.events.findLast((event) => event.kind === 'look')
      if (plan.mode === 'full' && finished?.kind === 'run.finished' && finished.verdict === 'ok')
        expect(last?.kind === 'look' && last.state).toBe('true')
    })
  })

  it('ends with --force too', () => {
    check(({run}) => {
      expect(run.events.at(-1)?.kind).toBe('run.finished')
    }, true)
  })
})
