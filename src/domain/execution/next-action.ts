import type {
  Block,
  ClimbBlock,
  DiagnoseBlock,
  MitigateBlock,
  NotifyBlock,
  PersonTask,
  VerifyBlock,
} from '../runbook/runbook.js'
import {removesContainers} from '../runbook/removes-containers.js'
import type {Action} from './action.js'
import {type Conclusion, concludeRun} from './conclusion.js'
import type {RunEvent} from '../journal/events.js'
import type {Reason} from '../journal/reason.js'
import {decideGate} from '../consent/block-gate.js'
import type {ItemState} from './item-state.js'
import {hasMitigations, type Ladder, ladder, secondsLeft} from './ladder.js'
import {lastWord, wasAnnounced} from './last-word.js'
import type {RunPlan} from './plan.js'
import {poll} from './polling.js'
import {itemState, reduceRun, type RunState} from './run-state.js'
import {leftOut} from './selection.js'
import {undo} from './undo.js'

function skip(id: string, reason: Reason): Action {
  return {kind: 'skip', id, reason}
}

function runAttempt(plan: RunPlan, state: RunState, block: DiagnoseBlock | MitigateBlock): Action {
  const {attempts, retriedAt} = itemState(state, block.id)
  const attempt = retriedAt === null ? Math.max(1, attempts) : attempts + 1
  const backoff = retriedAt === null ? 0 : block.backoffSeconds * 2 ** (attempt - 2)
  const left = secondsLeft(plan, state) - backoff
  if (left <= 0) return skip(block.id, {why: 'noTimeToRetry'})
  return {
    kind: 'run',
    block,
    attempt,
    final: attempt > block.retries,
    waitSeconds: backoff,
    timeoutSeconds: Math.min(block.timeoutSeconds, left),
  }
}

function resolvedReason(by: string | null): Reason {
  return by === null ? {why: 'resolvedItself'} : {why: 'resolvedBy', id: by}
}

function decideMitigation(plan: RunPlan, state: RunState, now: Ladder, block: MitigateBlock): Action {
  if (plan.mode === 'diagnose') return skip(block.id, {why: 'onlyDiagnosis'})
  if (now.kind === 'alreadyResolved') return skip(block.id, {why: 'alreadyResolved'})
  if (now.kind === 'resolved') return skip(block.id, resolvedReason(now.by))
  const {gate, evidenceKept, attempts} = itemState(state, block.id)
  if (gate === null) return {kind: 'gate', block, decision: decideGate(block, plan.consent)}
  if (gate !== 'yes') return skip(block.id, {why: 'operatorSkippedAtGate'})
  const destroys = block.language === 'sh' && removesContainers(block.body)
  if (destroys && !evidenceKept && attempts === 0) return {kind: 'keepEvidence', block}
  return runAttempt(plan, state, block)
}

function decideVerify(plan: RunPlan, state: RunState, block: VerifyBlock): Action {
  const mitigation = itemState(state, block.of)
  if (mitigation.ending === 'skipped') return skip(block.id, {why: 'didNotRun', id: block.of})
  if (mitigation.ending !== 'ok') return skip(block.id, {why: 'failed', id: block.of})
  const {polls} = itemState(state, block.id)
  const since = Math.max(mitigation.endedAt, state.resumedAt)
  const polling = poll(polls, since, block)
  const durationSeconds = state.elapsedSeconds - since
  if (!polling.done) {
    const timeoutSeconds = Math.min(block.timeoutSeconds, secondsLeft(plan, state))
    return {kind: 'verify', block, waitSeconds: polling.waitSeconds, timeoutSeconds}
  }
  const outcome = polling.state === 'true' ? 'ok' : polling.state === 'false' ? 'failed' : 'unknown'
  return {kind: 'endVerify', block, outcome, detail: polls.at(-1)?.detail ?? null, durationSeconds}
}

function decideBlock(plan: RunPlan, state: RunState, now: Ladder, block: ClimbBlock): Action {
  switch (block.role) {
    case 'diagnose':
      return runAttempt(plan, state, block)
    case 'mitigate':
      return decideMitigation(plan, state, now, block)
    case 'verify':
      return decideVerify(plan, state, block)
  }
}

function decideTask(plan: RunPlan, now: Ladder, task: PersonTask, last: boolean): Action {
  if (plan.mode === 'diagnose') return skip(task.id, {why: 'onlyDiagnosis'})
  if (now.kind === 'alreadyResolved') return skip(task.id, {why: 'alreadyResolved'})
  return plan.consent.attended ? {kind: 'askTask', task, last} : skip(task.id, {why: 'noOneToAsk'})
}

/** Who cannot see needs the diagnosis most, and it only reads; nothing else is done on what cannot be seen. */
function runsBlind(now: Ladder, item: ClimbBlock | PersonTask): boolean {
  return now.kind === 'stopped' && now.outcome === 'unknown' && 'role' in item && item.role === 'diagnose'
}

/** The steps in order; after the climb has stopped what is left is skipped, with the reason. */
function inTheSteps(plan: RunPlan, state: RunState, now: Ladder): Action | null {
  for (const node of plan.flow) {
    if (node.kind === 'look') continue
    const item = node.kind === 'block' ? node.block : node.task
    const {id} = item
    if (itemState(state, id).ending !== null) continue
    const left = leftOut(plan.runbook, plan.selection, item)
    if (left !== null) return skip(id, left)
    if (now.kind === 'stopped' && !runsBlind(now, item)) return skip(id, now.reason)
    if (secondsLeft(plan, state) <= 0) return skip(id, {why: 'timeIsOver'})
    return node.kind === 'block' ? decideBlock(plan, state, now, node.block) : decideTask(plan, now, node.task, false)
  }
  return null
}

/** Only a run that can change something takes the lease; one whose first gate nobody can open will not. */
function willChange(plan: RunPlan): boolean {
  const {runbook, selection} = plan
  const first = plan.flow.find((node) => node.kind === 'look' && leftOut(runbook, selection, node.of) === null)
  return plan.mode === 'full' && first?.kind === 'look' && decideGate(first.of, plan.consent).kind !== 'refuse'
}

/** People are told of runs that act, and of complete ones that have nothing to change. */
function speaks(plan: RunPlan, state: RunState): boolean {
  return state.hasActed || (plan.mode === 'full' && !hasMitigations(plan))
}

/** The lease, then the word to people that somebody is on it. */
function opening(plan: RunPlan, state: RunState, now: Ladder): Action | null {
  if (now.kind !== 'climbing') return null
  if (!state.leaseTaken && willChange(plan)) return {kind: 'takeLease'}
  if (!speaks(plan, state)) return null
  const block = plan.notices.find(({id, when}) => when === 'started' && itemState(state, id).ending === null)
  return block === undefined ? null : {kind: 'notify', block, conclusion: null}
}

function isDue({when}: NotifyBlock, {outcome}: Conclusion): boolean {
  const isOver = outcome === 'resolved' || outcome === 'rolledBack' || outcome === 'alreadyResolved'
  if (when === 'resolved') return isOver
  if (when === 'unresolved') return !isOver && outcome !== 'diagnosed'
  return when === 'always'
}

/** Why a notice is not sent at the end; null when it is. */
function withheld(plan: RunPlan, state: RunState, now: Ladder, block: NotifyBlock, ended: Conclusion): Reason | null {
  const left = leftOut(plan.runbook, plan.selection, block)
  if (left !== null) return left
  if (now.kind === 'alreadyResolved' && !wasAnnounced(plan, state)) return {why: 'alreadyResolved'}
  if (!speaks(plan, state)) return {why: 'nothingDone'}
  return isDue(block, ended) ? null : {why: 'notDue', when: block.when, outcome: ended.outcome}
}

function closing(plan: RunPlan, state: RunState, now: Ladder): Action {
  const conclusion = concludeRun(plan, state, now)
  const block = plan.notices.find(({id}) => itemState(state, id).ending === null)
  if (block !== undefined) {
    const reason = withheld(plan, state, now, block, conclusion)
    return reason === null ? {kind: 'notify', block, conclusion} : skip(block.id, reason)
  }
  const last = lastWord(plan, state)
  if (last !== null) return {kind: 'notify', block: last, conclusion}
  const task = plan.lastTasks.find(({id}) => itemState(state, id).ending === null)
  if (task === undefined) return {kind: 'finish', conclusion}
  const stopped = now.kind === 'stopped' ? now.reason : state.interrupted
  const left = leftOut(plan.runbook, plan.selection, task) ?? stopped
  return left === null ? decideTask(plan, now, task, true) : skip(task.id, left)
}

/** Nothing new begins: what is open is left, what was asked for beforehand is undone, and people are told. */
function afterInterruption(plan: RunPlan, state: RunState, reason: Reason): Action {
  const now = ladder(plan, state)
  // Whoever goes on without the lock does nothing, and has nothing to tell.
  if (state.isResumed && !state.leaseTaken) return {kind: 'finish', conclusion: concludeRun(plan, state, now)}
  const items = plan.flow.flatMap((node): readonly (ClimbBlock | PersonTask)[] =>
    node.kind === 'block' ? [node.block] : node.kind === 'task' ? [node.task] : [],
  )
  const open = items.find(({id}) => itemState(state, id).ending === null)
  const isNeeded = open?.role !== 'mitigate' || now.kind !== 'resolved'
  if (open !== undefined) return skip(open.id, isNeeded ? reason : resolvedReason(now.by))
  const unattended = {...plan, consent: {...plan.consent, attended: false}}
  return undo(unattended, state, now) ?? closing(unattended, state, now)
}

/**
 * The engine: a pure function of the plan and of what has happened. Diagnose never stops; mitigations climb until `resolved`
 * is seen to hold; nothing is mitigated on what cannot be seen; everything ends in exactly one result or one written reason.
 */
export function nextAction(plan: RunPlan, events: readonly RunEvent[]): Action {
  const state = reduceRun(events)
  return stepped(plan, state, afterWhatHappened(plan, state))
}

function afterWhatHappened(plan: RunPlan, state: RunState): Action {
  if (state.finished) return {kind: 'done'}
  if (state.interrupted !== null) return afterInterruption(plan, state, state.interrupted)
  // Whoever still is at it holds the lock: nobody goes on with a run that has not ended.
  if (state.isResumed && !state.leaseTaken) return {kind: 'takeLease'}
  const now = ladder(plan, state)
  if (now.kind === 'looking') return {kind: 'look', after: now.after, waitSeconds: now.waitSeconds}
  return (
    opening(plan, state, now) ?? inTheSteps(plan, state, now) ?? undo(plan, state, now) ?? closing(plan, state, now)
  )
}

function isStep(action: Action): action is Extract<Action, {kind: 'run' | 'verify' | 'notify'}> {
  return action.kind === 'run' || action.kind === 'verify' || action.kind === 'notify'
}

/** A person has seen this block, and agreed to it. */
function wasAskedFor(
  {rollback}: RunPlan,
  {role}: Block,
  {gate, gateHow}: Pick<ItemState, 'gate' | 'gateHow'>,
): boolean {
  return role === 'rollback' ? rollback === 'ask' : gate === 'yes' && gateHow?.why === 'typed'
}

/** With `--step` a person is asked before each block; a gate, or the question whether to roll back, is asking enough. */
function stepped(plan: RunPlan, state: RunState, action: Action): Action {
  const isAsking = plan.step && state.confirmEachStep && state.interrupted === null
  if (!isAsking || !isStep(action)) return action
  const {block} = action
  const {step, gate, gateHow} = itemState(state, block.id)
  if (step === 'skip' || step === 'quit') return skip(block.id, {why: 'operatorSaidSo'})
  if (step !== null || wasAskedFor(plan, block, {gate, gateHow})) return action
  return {kind: 'askStep', block}
}
