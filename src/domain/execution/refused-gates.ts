import type {MitigateBlock} from '../runbook/runbook.js'
import type {RunOutcome} from '../journal/run-outcome.js'
import {decideGate} from '../consent/block-gate.js'
import type {RunPlan} from './plan.js'
import {itemState, type RunState} from './run-state.js'
import {leftOut} from './selection.js'

/** What ended like this had more to do: `resume` goes on with it. */
export function canGoOn(outcome: RunOutcome): boolean {
  return outcome === 'interrupted' || outcome === 'refused' || outcome === 'unknown'
}

/** The mitigations still to come whose gate nobody can open, with what was given; and those that were refused at theirs. */
export function refusedGates(plan: RunPlan, state: RunState): readonly MitigateBlock[] {
  if (plan.mode === 'diagnose') return []
  return plan.flow.flatMap((node) => {
    if (node.kind !== 'look' || leftOut(plan.runbook, plan.selection, node.of) !== null) return []
    const {gate, attempts, ending} = itemState(state, node.of.id)
    const isToCome = attempts === 0 && (ending === null || ending === 'skipped')
    const isRefused = gate === 'refused' || (isToCome && decideGate(node.of, plan.consent).kind === 'refuse')
    return isRefused ? [node.of] : []
  })
}
