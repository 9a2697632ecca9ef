import type {ConditionState} from '../condition-state.js'
import type {Action} from './action.js'
import type {ConditionReading, RunEvent} from '../journal/events.js'
import type {Reason} from '../journal/reason.js'
import {TYPED} from '../consent/block-gate.js'
import {nextAction} from './next-action.js'
import type {RunPlan} from './plan.js'

/** `resolved` as it is now. */
export interface Seen {
  readonly state: ConditionState
  readonly conditions: readonly ConditionReading[]
}

type Event = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'elapsedSeconds'> : never) : never

/** An engine that never ends is a bug; a rehearsal ends all the same. */
const MOST_ACTIONS = 10_000

const DONE = {outcome: 'ok', exitCode: 0, durationSeconds: 0, output: '', detail: null, captured: {}} as const
const SENT = {noticeId: '', channel: '', status: 'delivered', text: ''} as const

type Answers = Readonly<{[K in Action['kind']]: (action: Extract<Action, {kind: K}>) => readonly Event[]}>

/** Every block works; `helps` is the mitigation after which `resolved` holds. */
function answersFor(seen: Seen, helps: string | null): Answers {
  const look = (after: string | null): Seen => {
    if (after === null) return seen
    return {state: after === helps ? 'true' : 'false', conditions: []}
  }
  const decided = (answer: 'rollback' | 'keep', how: Reason): readonly Event[] => [
    {kind: 'rollback.decided', answer, how},
  ]
  return {
    look: ({after}) => [{kind: 'look', after, ...look(after)}],
    takeLease: () => [{kind: 'lease.taken', takenFrom: null}],
    gate: ({block: {id}, decision}) => {
      const refused = decision.kind === 'refuse'
      const how = decision.kind === 'open' ? decision.how : refused ? decision.reason : TYPED
      return [{kind: 'gate.answered', id, hash: '', answer: refused ? 'refused' : 'yes', how}]
    },
    askStep: ({block: {id}}) => [{kind: 'step.answered', id, answer: 'run'}],
    askRollback: () => decided('rollback', {why: 'operatorSaidSo'}),
    decideRollback: ({answer, how}) => decided(answer, how),
    keepEvidence: ({block: {id}}) => [{kind: 'evidence.kept', id, files: [], problems: []}],
    run: ({block: {id}, attempt}) => [
      {kind: 'block.started', id, attempt},
      {kind: 'block.finished', id, ...DONE},
    ],
    verify: ({block: {id}}) => [{kind: 'block.finished', id, ...DONE}],
    endVerify: ({block: {id}}) => [{kind: 'block.finished', id, ...DONE}],
    skip: ({id, reason}) => [{kind: 'block.skipped', id, reason}],
    askTask: ({task: {id}}) => [{kind: 'task.answered', id, done: true}],
    notify: ({block: {id}, conclusion}) => [{kind: 'notice.sent', id, ...SENT, closing: conclusion !== null}],
    finish: ({conclusion: {outcome, verdict, reason}}) => [{kind: 'run.finished', outcome, verdict, reason, deeds: []}],
    done: () => [],
  }
}

/** Why each item is skipped that is not come to, in the one course that events can take. */
function playOnce(
  plan: RunPlan,
  past: readonly RunEvent[],
  seen: Seen,
  helps: string | null,
): ReadonlyMap<string, Reason> {
  const answers = answersFor(seen, helps)
  const events = [...past]
  const skipped = new Map<string, Reason>()
  // A block that is stopped at its gate is come to.
  const gated = new Set<string>()
  let elapsedSeconds = past.at(-1)?.elapsedSeconds ?? 0
  for (let count = 0; count < MOST_ACTIONS; count += 1) {
    const action = nextAction(plan, events)
    if (action.kind === 'done') return skipped
    if (action.kind === 'gate') gated.add(action.block.id)
    if (action.kind === 'skip' && !gated.has(action.id)) skipped.set(action.id, action.reason)
    const answer = answers[action.kind] as (action: Action) => readonly Event[]
    // A look that has to be repeated is repeated once everything it waits for is over.
    if (action.kind === 'look' && action.waitSeconds > 0) elapsedSeconds += patienceOf(plan)
    events.push(...answer(action).map((event) => ({...event, elapsedSeconds})))
  }
  throw new Error(`the rehearsal of ${plan.runbook.name} does not end`)
}

function patienceOf({runbook: {resolved}}: RunPlan): number {
  return resolved === null ? 0 : Math.max(resolved.withinSeconds, resolved.holdSeconds)
}

export interface Rehearsal {
  /** Why an item is not come to, whichever mitigation helps, if one does. */
  readonly skipped: ReadonlyMap<string, Reason>
  /** Why no mitigation is come to; null when one is, or is stopped at its gate only. */
  readonly nothing: Reason | null
}

/** What a run would come to, as the engine itself decides it from what `resolved` is now. Pure; time does not run out. */
export function rehearse(plan: RunPlan, past: readonly RunEvent[], seen: Seen): Rehearsal {
  const timeless = {...plan, runbook: {...plan.runbook, timeoutSeconds: Number.POSITIVE_INFINITY}}
  const mitigations = plan.flow.flatMap((node) => (node.kind === 'look' ? [node.of.id] : []))
  const unhelped = playOnce(timeless, past, seen, null)
  const helped = mitigations.map((id) => playOnce(timeless, past, seen, id))
  const skipped = new Map([...unhelped].filter(([id]) => helped.every((course) => course.has(id))))
  const [first = ''] = mitigations
  const isIdle = mitigations.length > 0 && mitigations.every((id) => skipped.has(id))
  return {skipped, nothing: isIdle ? (skipped.get(first) ?? null) : null}
}
