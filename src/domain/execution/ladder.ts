import type {MitigateBlock, Patience, VerifyBlock} from '../runbook/runbook.js'
import type {RunPlan} from './plan.js'
import {type Polling, poll} from './polling.js'
import {itemState, type RunState} from './run-state.js'

/** Where the run stands on its way to resolved. */
export type Ladder =
  /** `resolved` must be looked at before anything else. */
  | {readonly kind: 'looking'; readonly after: string | null; readonly waitSeconds: number}
  | {readonly kind: 'climbing'}
  /** `by` the mitigation that ran before; null when it was skipped and the incident ended by itself. */
  | {readonly kind: 'resolved'; readonly by: string | null}
  | {readonly kind: 'alreadyResolved'}
  | {readonly kind: 'stopped'; readonly outcome: 'unresolved' | 'unknown' | 'refused'; readonly reason: string}

const CLIMBING: Ladder = {kind: 'climbing'}

export function secondsLeft(plan: RunPlan, state: RunState): number {
  return plan.runbook.timeoutSeconds - (state.elapsedSeconds - state.waitedSeconds)
}

export function hasMitigations(plan: RunPlan): boolean {
  return plan.flow.some(({kind}) => kind === 'look')
}

function unseenReason(state: RunState): string {
  return `cannot see ${state.looks.at(-1)?.unseen ?? 'whether it is resolved'}`
}

/** A resumed run finds that the last mitigation helped; a new one that there is nothing to do. */
function helped(plan: RunPlan, state: RunState): Ladder {
  const by = state.startOrder.findLast((id) => plan.flow.some((node) => node.kind === 'look' && node.of.id === id))
  return by === undefined ? {kind: 'alreadyResolved'} : {kind: 'resolved', by}
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
  if (polled.state === 'true') return helped(plan, state)
  return {kind: 'stopped', outcome: 'unknown', reason: unseenReason(state)}
}

function verifiesOf(plan: RunPlan, mitigation: MitigateBlock): readonly VerifyBlock[] {
  return plan.flow
    .map((node) => (node.kind === 'block' ? node.block : null))
    .filter((block) => block?.role === 'verify' && block.of === mitigation.id) as readonly VerifyBlock[]
}

/** A mitigation worked when its command did and every verify after it. */
export function hasWorked(plan: RunPlan, state: RunState, mitigation: MitigateBlock): boolean {
  const unit = [mitigation, ...verifiesOf(plan, mitigation)]
  return unit.every(({id}) => itemState(state, id).ending === 'ok')
}

/** Polling starts when the mitigation and its verifies are over; a mitigation that a person skipped is looked at once. */
function pollAfter(plan: RunPlan, state: RunState, mitigation: MitigateBlock): Polling | null {
  const {resolved} = plan.runbook
  const own = itemState(state, mitigation.id)
  const unit = [own, ...verifiesOf(plan, mitigation).map(({id}) => itemState(state, id))]
  const ran = own.attempts > 0
  if (resolved === null || unit.some(({ending}) => ending === null) || (!ran && own.gate !== 'skip')) return null
  const patience = ran && secondsLeft(plan, state) > 0 ? resolved : {...resolved, withinSeconds: 0}
  const endedAt = Math.max(...unit.map((item) => item.endedAt))
  const looks = state.looks.filter(({after}) => after === mitigation.id)
  return (
    givenUp(looks, endedAt, patience) ??
    poll(
      looks.filter(({isOld}) => !isOld),
      Math.max(state.resumedAt, endedAt),
      patience,
    )
  )
}

/** A mitigation that had not helped before the run was resumed is not waited for again. */
function givenUp(looks: RunState['looks'], endedAt: number, patience: Patience): Polling | null {
  const old = looks.filter(({isOld}) => isOld)
  const polling = old.length === 0 ? null : poll(old, endedAt, patience)
  return polling?.done === true && polling.state !== 'true' ? polling : null
}

function rung(plan: RunPlan, state: RunState, mitigation: MitigateBlock): Ladder {
  const polling = pollAfter(plan, state, mitigation)
  if (polling === null) return CLIMBING
  if (!polling.done) return {kind: 'looking', after: mitigation.id, waitSeconds: polling.waitSeconds}
  if (polling.state === 'true')
    return {kind: 'resolved', by: itemState(state, mitigation.id).attempts > 0 ? mitigation.id : null}
  if (polling.state === 'unknown' && !plan.force)
    return {kind: 'stopped', outcome: 'unknown', reason: unseenReason(state)}
  if (mitigation.onFailure === 'stop' && !hasWorked(plan, state, mitigation))
    return {kind: 'stopped', outcome: 'unresolved', reason: `\`${mitigation.id}\` failed and says on_failure=stop`}
  return CLIMBING
}

/** Where a person, or nobody, said that it ends here. */
function gateStop(plan: RunPlan, state: RunState): Ladder {
  const quit = [...state.items].find(([, {step}]) => step === 'quit')
  if (quit !== undefined) return {kind: 'stopped', outcome: 'refused', reason: `quit before \`${quit[0]}\``}
  for (const node of plan.flow) {
    if (node.kind !== 'look') continue
    const {gate, gateHow} = itemState(state, node.of.id)
    if (gate === 'quit') return {kind: 'stopped', outcome: 'refused', reason: `quit at the gate of \`${node.of.id}\``}
    if (gate === 'refused') return {kind: 'stopped', outcome: 'refused', reason: gateHow}
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

/** Looks are due in the order of the mitigations; the first verdict that ends the climb holds. */
export function ladder(plan: RunPlan, state: RunState): Ladder {
  const start = entry(plan, state)
  if (isDecidedBy(start, state)) return start
  const now = rungs(plan, state)
  const {aborted} = state
  if (aborted !== null && now.kind !== 'resolved') return {kind: 'stopped', outcome: 'unresolved', reason: aborted}
  if (now.kind !== 'climbing') return now
  const stop = gateStop(plan, state)
  if (stop.kind !== 'climbing') return stop
  return secondsLeft(plan, state) <= 0
    ? {kind: 'stopped', outcome: 'unresolved', reason: 'the time of the run is over'}
    : CLIMBING
}
