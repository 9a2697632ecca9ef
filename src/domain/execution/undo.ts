import type {Reason} from '../journal/reason.js'
import {removesContainers} from '../runbook/removes-containers.js'
import type {RollbackBlock} from '../runbook/runbook.js'
import type {Action} from './action.js'
import type {Ladder} from './ladder.js'
import type {RunPlan} from './plan.js'
import {AFTER_ROLLBACK, armedRollbacks, decideRollback, pollAfterRollback} from './rollback.js'
import {itemState, type RunState} from './run-state.js'

/** A rollback has its own time, not the run's: that may well be over. */
function attempt(state: RunState, block: RollbackBlock): Action {
  const {attempts, retriedAt, evidenceKept} = itemState(state, block.id)
  const destroys = block.language === 'sh' && removesContainers(block.body)
  if (destroys && !evidenceKept && attempts === 0) return {kind: 'keepEvidence', block}
  const next = retriedAt === null ? Math.max(1, attempts) : attempts + 1
  return {
    kind: 'run',
    block,
    attempt: next,
    final: next > block.retries,
    waitSeconds: retriedAt === null ? 0 : block.backoffSeconds * 2 ** (next - 2),
    timeoutSeconds: block.timeoutSeconds,
  }
}

function skipFirst(blocks: readonly RollbackBlock[], state: RunState, reason: Reason): Action | null {
  const open = blocks.find(({id}) => itemState(state, id).ending === null)
  return open === undefined ? null : {kind: 'skip', id: open.id, reason}
}

/** One after the other, whatever becomes of each; then `resolved` is looked at. */
function rollBack(plan: RunPlan, state: RunState): Action | null {
  const armed = armedRollbacks(plan, state)
  const next = armed.find(({id}) => itemState(state, id).ending === null)
  if (next !== undefined) return attempt(state, next)
  const polling = pollAfterRollback(plan, state)
  if (polling?.done === false) return {kind: 'look', after: AFTER_ROLLBACK, waitSeconds: polling.waitSeconds}
  return null
}

/** What the end of the climb asks for: the armed rollbacks in reverse start order, or the reason why not. */
export function undo(plan: RunPlan, state: RunState, now: Ladder): Action | null {
  const armed = armedRollbacks(plan, state)
  const unarmed = plan.rollbacks.filter((block) => !armed.includes(block))
  for (const block of unarmed)
    if (itemState(state, block.id).ending === null)
      return {kind: 'skip', id: block.id, reason: {why: 'didNotRun', id: block.of}}
  const decision = decideRollback(plan, state, now)
  switch (decision.kind) {
    case 'none':
      return skipFirst(armed, state, decision.reason)
    case 'ask':
      return {kind: 'askRollback', blocks: armed}
    case 'decide':
      return {kind: 'decideRollback', answer: decision.answer, how: decision.how}
    case 'rollback':
      return rollBack(plan, state)
  }
}
