import type {MitigateBlock, Patience, VerifyBlock} from '../runbook/runbook.js'
import type {Reason} from '../journal/reason.js'
import type {RunPlan} from './plan.js'
import {type Polling, poll} from './polling.js'
import {hasRun, type ItemState} from './item-state.js'
import {tellings} from './last-word.js'
import {itemState, lastSeen, type RunState} from './run-state.js'

/** Where the run stands on its way to resolved. */
export type Ladder =
  /** `resolved` must be looked at before anything else. */
  | {readonly kind: 'looking'; readonly after: string | null; readonly waitSeconds: number}
  | {readonly kind: 'climbing'}
  /** `by` the mitigation that ran before; null when it was skipped or undone, and the incident ended by itself. */
  | {readonly kind: 'resolved'; readonly by: string | null}
  | {readonly kind: 'alreadyResolved'}
  | {
      readonly kind: 'stopped'
      readonly outcome: 'unresolved' | 'unknown' | 'refused' | 'interrupted'
      readonly reason: Reason
    }

const CLIMBING: Ladder = {kind: 'climbing'}

export function secondsLeft(plan: RunPlan, state: RunState): number {
  return plan.runbook.timeoutSeconds - (state.elapsedSeconds - state.waitedSeconds)
}

export function hasMitigations(plan: RunPlan): boolean {
  return plan.flow.some(({kind}) => kind === 'look')
}

function unseenReason(state: RunState): Reason {
  return {why: 'unseen', conditions: state.looks.at(-1)?.unseen ?? []}
}

function isUndone({rollbacks}: RunPlan, state: RunState, id: string): boolean {
  const own = rollbacks.filter(({of}) => of === id).map((rollback) => itemState(state, rollback.id))
  return own.some(({attempts, ending}) => attempts > 0 && ending === 'ok')
}

/**
 * What a look means that finds it resolved without a mitigation right before it: a resumed run finds that the last one helped which was
 * not undone; a new one that there is nothing to do.
 */
export function foundResolved(plan: RunPlan, state: RunState): Extract<Ladder, {kind: 'resolved' | 'alreadyResolved'}> {
  const isMitigation = (id: string): boolean => plan.flow.some((node) => node.kind === 'look' && node.of.id === id)
  const ran = state.startOrder.filter((id) => isMitigation(id) && hasRun(itemState(state, id)))
  if (ran.length === 0) return {kind: 'alreadyResolved'}
  return {kind: 'resolved', by: ran.findLast((id) => !isUndone(plan, state, id)) ?? null}
}

/** The look before anything: for `hold`, not `within`; once only when nothing will follow from it. */
function entry(plan: RunPlan, state: RunState): Ladder {
  const {resolved} = plan.runbook
  if (resolved === null) return CLIMBING
  const diagnosing = plan.mode === 'diagnose'
  const patience = {...resolved, withinSeconds: 0, holdSeconds: diagnosing ? 0 : resolved.holdSeconds}
  const polled = poll(
    state.looks.filter(({after}) => after === null),
    0,
    patience,
  )
  if (!polled.done) return {kind: 'looking', after: null, waitSeconds: polled.waitSeconds}
  if (plan.force || diagnosing || polled.state === 'false') return CLIMBING
  if (polled.state === 'true') return foundResolved(plan, state)
  return {kind: 'stopped', outcome: 'unknown', reason: unseenReason(state)}
}

function verifiesOf(plan: RunPlan, mitigation: MitigateBlock): readonly VerifyBlock[] {
  return plan.flow
    .map((node) => (node.kind === 'block' ? node.block : null))
    .filter((block) => block?.role === 'verify' && block.of === mitigation.id) as readonly VerifyBlock[]
}

/** A mitigation worked when its command did and every verify after it. */
function hasWorked(plan: RunPlan, state: RunState, mitigation: MitigateBlock): boolean {
  const unit = [mitigation, ...verifiesOf(plan, mitigation)]
  return unit.every(({id}) => itemState(state, id).ending === 'ok')
}

/** A command or a verify that said no: there is nothing to wait for. One that ran out of time may still have done its work. */
function hasFailed(unit: readonly ItemState[]): boolean {
  return unit.some(({ending, retriedAt}) => {
    const isGivenUp = ending === 'skipped' && retriedAt !== null
    return isGivenUp || ending === 'failed' || ending === 'notStarted'
  })
}

/** The mitigation or a verify of it said no; one that was skipped, or that nobody could see, said nothing. */
export function unitFailed(plan: RunPlan, state: RunState, mitigation: MitigateBlock): boolean {
  return hasFailed([mitigation, ...verifiesOf(plan, mitigation)].map(({id}) => itemState(state, id)))
}

/** Attempts of before the run was resumed are none of its: what is skipped now has nothing to be looked at for. */
function hasBegun({attempts, ending, retriedAt}: ItemState): boolean {
  return attempts > 0 && (ending !== 'skipped' || retriedAt !== null)
}

/** Polling starts when the mitigation and its verifies are over; what failed, or was skipped by a person, is looked at once. */
export function pollAfter(plan: RunPlan, state: RunState, mitigation: MitigateBlock): Polling | null {
  const {resolved} = plan.runbook
  const own = itemState(state, mitigation.id)
  const unit = [own, ...verifiesOf(plan, mitigation).map(({id}) => itemState(state, id))]
  const ran = hasBegun(own)
  if (resolved === null || unit.some(({ending}) => ending === null) || (!ran && own.gate !== 'skip')) return null
  const isWaitedFor = ran && !hasFailed(unit) && secondsLeft(plan, state) > 0
  const patience = isWaitedFor ? resolved : {...resolved, withinSeconds: 0}
  // That a verify is skipped is no end of anything: written down again by a resumed run, it would open what was decided.
  const endedAt = Math.max(own.endedAt, ...unit.filter(({attempts}) => attempts > 0).map((item) => item.endedAt))
  const looks = state.looks.filter(({after}) => after === mitigation.id)
  const fresh = looks.filter(({isOld}) => !isOld)
  // Once it is looked at again that decides, however little time is left by now.
  const before = fresh.length === 0 ? givenUp(looks, endedAt, patience) : null
  return before ?? poll(fresh, Math.max(state.resumedAt, endedAt), patience)
}

/** A mitigation that had not helped before the run was resumed is not waited for again. */
function givenUp(looks: RunState['looks'], endedAt: number, patience: Patience): Polling | null {
  const old = looks.filter(({isOld}) => isOld)
  const polling = old.length === 0 ? null : poll(old, endedAt, patience)
  return polling?.done === true && polling.state !== 'true' ? polling : null
}

function stopReason(plan: RunPlan, state: RunState, mitigation: MitigateBlock): Reason {
  return {why: unitFailed(plan, state, mitigation) ? 'stopsAsFailed' : 'stopsAsDoubtful', id: mitigation.id}
}

function rung(plan: RunPlan, state: RunState, mitigation: MitigateBlock): Ladder {
  const polling = pollAfter(plan, state, mitigation)
  if (polling === null) return CLIMBING
  if (!polling.done) return {kind: 'looking', after: mitigation.id, waitSeconds: polling.waitSeconds}
  if (polling.state === 'true')
    return {kind: 'resolved', by: hasRun(itemState(state, mitigation.id)) ? mitigation.id : null}
  if (polling.state === 'unknown' && !plan.force)
    return {kind: 'stopped', outcome: 'unknown', reason: unseenReason(state)}
  if (mitigation.onFailure === 'stop' && !hasWorked(plan, state, mitigation))
    return {kind: 'stopped', outcome: 'unresolved', reason: stopReason(plan, state, mitigation)}
  return CLIMBING
}

/** Where a person, or nobody, said that it ends here. */
function gateStop(plan: RunPlan, state: RunState): Ladder {
  // Who does not want to tell people how it ended does not change that.
  const isTelling = (id: string): boolean =>
    tellings(plan).some((notice) => notice.id === id && notice.when !== 'started')
  const quit = [...state.items].find(([id, {step}]) => step === 'quit' && !isTelling(id))
  if (quit !== undefined) return {kind: 'stopped', outcome: 'refused', reason: {why: 'quitBefore', id: quit[0]}}
  for (const node of plan.flow) {
    if (node.kind !== 'look') continue
    const {gate, gateHow} = itemState(state, node.of.id)
    if (gate === 'quit') return {kind: 'stopped', outcome: 'refused', reason: {why: 'quitAtGate', id: node.of.id}}
    if (gate === 'refused' && gateHow !== null) return {kind: 'stopped', outcome: 'refused', reason: gateHow}
  }
  return CLIMBING
}

function rungs(plan: RunPlan, state: RunState): Ladder {
  for (const node of plan.flow) {
    if (node.kind !== 'look') continue
    const now = rung(plan, state, node.of)
    if (now.kind !== 'climbing') return now
  }
  return CLIMBING
}

/** What was seen when the run began, or went on, ends it; not once a person has ended it. */
function isDecidedBy(start: Ladder, {aborted, isResumed}: RunState): boolean {
  if (start.kind === 'climbing') return false
  return aborted === null || start.kind === 'resolved' || (start.kind === 'looking' && isResumed)
}

/** Of a run that a person ends between two looks: true, but not yet for `hold`, is neither resolved nor seen not to be. */
function outcomeUnheld({runbook}: RunPlan, state: RunState): 'unresolved' | 'unknown' {
  return runbook.resolved === null || lastSeen(state) === 'false' ? 'unresolved' : 'unknown'
}

/** Looks are due in the order of the mitigations; the first verdict that ends the climb holds. */
function climb(plan: RunPlan, state: RunState): Ladder {
  const start = entry(plan, state)
  if (isDecidedBy(start, state)) return start
  const now = rungs(plan, state)
  const {aborted} = state
  if (aborted !== null && now.kind !== 'resolved')
    return {kind: 'stopped', outcome: outcomeUnheld(plan, state), reason: aborted}
  if (now.kind !== 'climbing') return now
  return endedOtherwise(plan, state)
}

function isClimbOver(plan: RunPlan, state: RunState): boolean {
  return plan.flow.every((node) => node.kind !== 'block' || itemState(state, node.block.id).ending !== null)
}

/** What ends a climb that no look has ended: a person, a lost journal, the time of the run. */
function endedOtherwise(plan: RunPlan, state: RunState): Ladder {
  const stop = gateStop(plan, state)
  if (stop.kind !== 'climbing') return stop
  const seen = lastSeen(state)
  const {journalLost} = state
  if (journalLost !== null && !(seen === 'true' && isClimbOver(plan, state)))
    return {kind: 'stopped', outcome: seen === 'false' ? 'unresolved' : 'unknown', reason: journalLost}
  // Whatever takes its time after the climb, such as telling people, does not change how it ended.
  if (secondsLeft(plan, state) > 0 || seen === 'true') return CLIMBING
  const outcome = seen === 'unknown' ? 'unknown' : 'unresolved'
  return {kind: 'stopped', outcome, reason: {why: 'timeIsOver'}}
}

/** Whether the interruption cut off anything that decides how the run ends: a block, a look, a rollback; not notices or tasks. */
function isCutShort(plan: RunPlan, state: RunState, now: Ladder): boolean {
  const isCut = (id: string): boolean => itemState(state, id).ending === null || state.cut.includes(id)
  const undoing = state.rollback?.answer === 'rollback' ? plan.rollbacks : []
  return (
    now.kind === 'looking' ||
    plan.flow.some((node) => node.kind === 'block' && isCut(node.block.id)) ||
    undoing.some(({id}) => isCut(id))
  )
}

/** Where the run stands. What was over before somebody interrupted it stays what it was. */
export function ladder(plan: RunPlan, state: RunState): Ladder {
  const now = climb(plan, state)
  const {interrupted} = state
  if (interrupted === null || now.kind === 'resolved' || !isCutShort(plan, state, now)) return now
  return {kind: 'stopped', outcome: 'interrupted', reason: interrupted}
}
