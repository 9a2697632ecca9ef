import type {BlockDeed, Deed} from '../journal/deed.js'
import {type MitigateBlock, mitigationsOf} from '../runbook/runbook.js'
import type {Conclusion} from './conclusion.js'
import {hasRun} from './item-state.js'
import {pollAfter, unitFailed} from './ladder.js'
import type {RunPlan} from './plan.js'
import {itemState, type RunState} from './run-state.js'

/** What is known of a mitigation of which something ran, and that did not resolve it. */
function effect(plan: RunPlan, state: RunState, mitigation: MitigateBlock): BlockDeed {
  const {ending} = itemState(state, mitigation.id)
  if (ending === null || ending === 'aborted') return 'cutOff'
  if (unitFailed(plan, state, mitigation)) return 'failed'
  if (plan.runbook.resolved === null) return 'carriedOut'
  const polling = pollAfter(plan, state, mitigation)
  if (polling?.done !== true) return 'notAwaited'
  return polling.state === 'false' ? 'didNotHelp' : polling.state === 'unknown' ? 'unseen' : 'carriedOut'
}

function deedOf(
  plan: RunPlan,
  state: RunState,
  mitigation: MitigateBlock,
  {resolvedBy, resolvedAfterSeconds}: Conclusion,
): Deed | null {
  const {id} = mitigation
  const item = itemState(state, id)
  if (id === resolvedBy && hasRun(item))
    return {did: 'resolvedIt', id, afterSeconds: resolvedAfterSeconds ?? state.elapsedSeconds}
  if (item.gate === 'skip') return {did: 'skipped', id}
  if (hasRun(item)) return {did: effect(plan, state, mitigation), id}
  return item.ending === 'notStarted' ? {did: 'notStarted', id} : null
}

/** What was done, honestly: what each mitigation came to, then each rollback. */
export function deedsOf(plan: RunPlan, state: RunState, conclusion: Conclusion): readonly Deed[] {
  const mitigations = mitigationsOf(plan.runbook)
  const done = mitigations.flatMap((one) => deedOf(plan, state, one, conclusion) ?? [])
  const changed = mitigations.some(({id}) => hasRun(itemState(state, id)))
  const undone = plan.rollbacks.flatMap(({id, of}): readonly Deed[] => {
    const {attempts, ending} = itemState(state, id)
    return attempts === 0 ? [] : [{did: ending === 'ok' ? 'undone' : 'notUndone', id: of}]
  })
  return [...done, ...undone, ...(changed ? [] : [{did: 'nothing'} as const])]
}
