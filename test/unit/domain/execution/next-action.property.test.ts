import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import type {RunPlan} from '../../../../src/domain/execution/plan.js'
import {reduceRun} from '../../../../src/domain/execution/run-state.js'
import type {ConditionState} from '../../../../src/domain/condition-state.js'
import {play, scenario} from '../../../support/random-run.js'
import type {Simulated} from '../../../support/simulate-run.js'

function check(holds: (played: {plan: RunPlan; run: Simulated}) => void, force = false): void {
  fc.assert(
    fc.property(scenario, (made) => {
      holds(play(made, force))
    }),
    {numRuns: 200},
  )
}

/** What happened between two resumptions. */
function partsOf(events: readonly RunEvent[]): readonly (readonly RunEvent[])[] {
  const parts: RunEvent[][] = [[]]
  for (const event of events) {
    if (event.kind === 'run.resumed') parts.push([])
    parts.at(-1)?.push(event)
  }
  return parts
}

describe('whatever the world does', () => {
  it('every run ends, and each item ends in exactly one event since it last went on', () => {
    check(({plan, run}) => {
      const open = run.events.slice(run.events.findLastIndex(({kind}) => kind === 'run.resumed') + 1)
      const before = new Map(reduceRun(run.events.slice(0, run.events.length - open.length)).items)
      const ended = open.flatMap((event) =>
        event.kind === 'block.finished' ||
        event.kind === 'block.skipped' ||
        event.kind === 'notice.sent' ||
        event.kind === 'task.answered'
          ? [event.id]
          : [],
      )
      const isIdle = open.length < run.events.length && !open.some(({kind}) => kind === 'lease.taken')
      const ids = isIdle
        ? []
        : plan.runbook.steps
            .flatMap(({items}) => items.map(({id}) => id))
            .filter((id) => (before.get(id)?.ending ?? null) === null)
      const [own, last] = [ended.filter((id) => !id.includes('@')), ended.filter((id) => id.includes('@'))]
      expect([...own].sort()).toEqual([...ids].sort())
      // Nobody is told twice how it ended.
      expect(last.length).toBeLessThanOrEqual(1)
      expect(run.events.at(-1)?.kind).toBe('run.finished')
    })
  })

  it('no mitigation starts unless the last look was false', () => {
    check(({plan, run}) => {
      const mitigations = new Set(plan.flow.flatMap((node) => (node.kind === 'look' ? [node.of.id] : [])))
      let last: ConditionState | null = null
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
      const startedIn = (events: readonly RunEvent[]): readonly string[] =>
        events.flatMap((event) => (event.kind === 'block.started' && order.includes(event.id) ? [event.id] : []))
      for (const part of partsOf(run.events)) {
        const positions = startedIn(part).map((id) => order.indexOf(id))
        expect(positions).toEqual([...positions].sort((a, b) => a - b))
      }
      const approved = new Set(
        run.events.flatMap((event) => (event.kind === 'gate.answered' && event.answer === 'yes' ? [event.id] : [])),
      )
      expect(startedIn(run.events).every((id) => approved.has(id))).toBe(true)
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
      const rollbacks = new Set(plan.rollbacks.map(({id}) => id))
      let leased = false
      let quit = false
      for (const event of run.events) {
        if (event.kind === 'run.resumed') [leased, quit] = [false, false]
        if (event.kind === 'lease.taken') leased = true
        if (event.kind === 'gate.answered' && event.answer === 'quit') quit = true
        if (event.kind === 'block.started' && mitigations.has(event.id))
          expect([leased, quit, plan.mode]).toEqual([true, false, 'full'])
        if (event.kind === 'block.started' && rollbacks.has(event.id))
          expect([leased, plan.mode]).toEqual([true, 'full'])
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

  it('rollbacks run in reverse start order, after the last mitigation, only for what was started, never once it is resolved', () => {
    check(({plan, run}) => {
      const undoes = new Map(plan.rollbacks.map(({id, of}) => [id, of]))
      const mitigations = new Set(plan.flow.flatMap((node) => (node.kind === 'look' ? [node.of.id] : [])))
      for (const part of partsOf(run.events)) {
        const rolling = part.findIndex((event) => event.kind === 'block.started' && undoes.has(event.id))
        if (rolling === -1) continue
        const after = part.slice(rolling)
        expect(after.some((event) => event.kind === 'block.started' && mitigations.has(event.id))).toBe(false)
        const order = reduceRun(run.events).startOrder
        const undone = after.flatMap((event) =>
          event.kind === 'block.started' && undoes.has(event.id) ? [order.indexOf(undoes.get(event.id) ?? '')] : [],
        )
        expect(undone.includes(-1)).toBe(false)
        expect(undone).toEqual([...undone].sort((a, b) => b - a))
        if (part.some(({kind}) => kind === 'run.aborted' || kind === 'run.interrupted')) continue
        const last = part.slice(0, rolling).findLast((event) => event.kind === 'look')
        expect(last?.kind === 'look' && last.state === 'true' && last.after !== null).toBe(false)
      }
    })
  })

  it('nothing is undone unless that was said: beforehand, at the question, or at the Ctrl-C menu', () => {
    check(({plan, run}) => {
      const undoes = new Set(plan.rollbacks.map(({id}) => id))
      let isSaid = false
      for (const event of run.events) {
        if (event.kind === 'rollback.decided') isSaid = event.answer === 'rollback'
        if (event.kind === 'run.aborted') isSaid = true
        if (event.kind === 'block.started' && undoes.has(event.id)) expect(isSaid).toBe(true)
      }
    })
  })

  it('7 is only said after a look that was true, 8 only after a rollback that did not work', () => {
    check(({plan, run}) => {
      const finished = run.events.at(-1)
      if (finished?.kind !== 'run.finished') return
      const state = reduceRun(run.events)
      if (finished.verdict === 'rolledBack')
        expect(state.looks.at(-1)).toMatchObject({after: '@rollback', state: 'true'})
      const failed = plan.rollbacks.some(
        ({id}) => ![null, 'ok', 'skipped'].includes(state.items.get(id)?.ending ?? null),
      )
      if (finished.verdict === 'rollbackFailed') expect(failed).toBe(true)
    })
  })

  it('ends with --force too', () => {
    check(({run}) => {
      expect(run.events.at(-1)?.kind).toBe('run.finished')
    }, true)
  })
})
