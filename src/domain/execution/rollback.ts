import type {RollbackBlock} from '../runbook/runbook.js'
import type {Reason} from '../journal/reason.js'
import type {Ladder} from './ladder.js'
import type {RunPlan} from './plan.js'
import {type Polling, poll} from './polling.js'
import {hasRun} from './item-state.js'
import {itemState, lastSeen, type RunState} from './run-state.js'

/** The look after the rollbacks, in place of a mitigation's id, which cannot begin like this. */
export const AFTER_ROLLBACK = '@rollback'

/** Nobody said what becomes of the rollbacks, and nobody can be asked. */
export function isRollbackUnsaid({rollback, rollbacks, consent, step, mode}: RunPlan): boolean {
  return rollback === 'ask' && !consent.attended && !step && mode !== 'diagnose' && rollbacks.length > 0
}

/** The rollbacks of what was started, the last started first. A mitigation arms its rollback before it does anything; one that could not be started did nothing. */
export function armedRollbacks(plan: RunPlan, state: RunState): readonly RollbackBlock[] {
  const started = (block: RollbackBlock): number => state.startOrder.indexOf(block.of)
  const isArmed = (block: RollbackBlock): boolean => started(block) !== -1 && hasRun(itemState(state, block.of))
  return plan.rollbacks.filter(isArmed).sort((a, b) => started(b) - started(a))
}

/** Whether what was done is to be undone, and why (not); `ask`: a person decides. */
export type RollbackDecision =
  | {readonly kind: 'none'; readonly reason: Reason}
  | {readonly kind: 'decide'; readonly answer: 'rollback' | 'keep'; readonly how: Reason}
  | {readonly kind: 'ask'}
  | {readonly kind: 'rollback'}

function isOver(now: Ladder, state: RunState): boolean {
  return (
    now.kind === 'resolved' || now.kind === 'alreadyResolved' || (now.kind !== 'stopped' && lastSeen(state) === 'true')
  )
}

/** Nothing is undone on what cannot be seen, unless a person says so: it may well have helped. */
function undecided(plan: RunPlan, now: Ladder): RollbackDecision {
  const {rollback: policy, consent} = plan
  if (policy === 'ask' && consent.attended) return {kind: 'ask'}
  if (policy === 'ask') return {kind: 'decide', answer: 'keep', how: {why: 'noTerminal'}}
  if (policy === 'never') return {kind: 'decide', answer: 'keep', how: {why: 'flag', flag: '--rollback never'}}
  if (now.kind === 'stopped' && now.outcome === 'unknown')
    return {kind: 'decide', answer: 'keep', how: {why: 'unseenIsNotUndone'}}
  return {kind: 'decide', answer: 'rollback', how: {why: 'flag', flag: '--rollback always'}}
}

export function decideRollback(plan: RunPlan, state: RunState, now: Ladder): RollbackDecision {
  if (armedRollbacks(plan, state).length === 0) return {kind: 'none', reason: {why: 'nothingToUndo'}}
  if (isOver(now, state)) return {kind: 'none', reason: {why: 'notNeeded'}}
  const decided = state.rollback
  if (decided === null) return undecided(plan, now)
  return decided.answer === 'rollback' ? {kind: 'rollback'} : {kind: 'none', reason: decided.how}
}

/** The look after everything is undone: as patient as after a mitigation. null: there is nothing to look at. */
export function pollAfterRollback(plan: RunPlan, state: RunState): Polling | null {
  const {resolved} = plan.runbook
  const ran = plan.rollbacks.map(({id}) => itemState(state, id)).filter(({attempts}) => attempts > 0)
  if (resolved === null || ran.length === 0) return null
  const since = Math.max(state.resumedAt, ...ran.map(({endedAt}) => endedAt))
  return poll(
    state.looks.filter(({after, isOld}) => after === AFTER_ROLLBACK && !isOld),
    since,
    resolved,
  )
}

export type RollbackResult = 'failed' | 'healthy' | 'unhealthy' | 'unseen'

/** What the rollbacks came to; null when none was wanted. One that a person skipped at its step is none. */
export function rollbackResult(plan: RunPlan, state: RunState): RollbackResult | null {
  const endings = armedRollbacks(plan, state).map(({id}) => itemState(state, id).ending)
  const wanted = state.rollback?.answer === 'rollback' ? endings.filter((ending) => ending !== 'skipped') : []
  if (wanted.length === 0) return null
  if (wanted.some((ending) => ending !== 'ok')) return 'failed'
  const polled = pollAfterRollback(plan, state)
  if (polled?.done !== true || polled.state === 'unknown') return 'unseen'
  return polled.state === 'true' ? 'healthy' : 'unhealthy'
}
