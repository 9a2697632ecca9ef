import type {ConditionState} from '../condition-state.js'
import {shortCondition} from './short-condition.js'
import type {BlockOutcome, RunEvent} from '../journal/events.js'
import type {Reason} from '../journal/reason.js'
import {type ItemState, reopened, UNTOUCHED} from './item-state.js'
import type {Reading} from './polling.js'

type Unseen = Extract<Reason, {why: 'unseen'}>['conditions']

interface Look extends Reading {
  readonly after: string | null
  /** The conditions that could not be seen. */
  readonly unseen: Unseen
  /** Made before the run was resumed: it says nothing of now. */
  readonly isOld: boolean
}

export interface RunState {
  readonly elapsedSeconds: number
  /** Spent waiting for a person: the run's timeout stands still. */
  readonly waitedSeconds: number
  readonly items: ReadonlyMap<string, ItemState>
  readonly looks: readonly Look[]
  readonly leaseTaken: boolean
  /** It acted, now or before it was resumed. */
  readonly hasActed: boolean
  /** Blocks in the order in which they were first started. */
  readonly startOrder: readonly string[]
  /** `--step`: a person said that nothing more need be asked. */
  readonly confirmEachStep: boolean
  readonly rollback: {readonly answer: 'rollback' | 'keep'; readonly how: Reason} | null
  /** Why the climb was ended in order. */
  readonly aborted: Reason | null
  readonly isResumed: boolean
  /** When it last went on; 0 when it never stopped. */
  readonly resumedAt: number
  readonly interrupted: Reason | null
  /** What was brought to its end only because the run was interrupted. */
  readonly cut: readonly string[]
  /** Why what happens is no longer written down. */
  readonly journalLost: Reason | null
  readonly finished: boolean
  readonly captures: Readonly<Record<string, string>>
}

export function itemState(state: RunState, id: string): ItemState {
  return state.items.get(id) ?? UNTOUCHED
}

interface Draft {
  elapsedSeconds: number
  waitedSeconds: number
  askedAt: number
  items: Map<string, ItemState>
  looks: Look[]
  leaseTaken: boolean
  hasActed: boolean
  startOrder: string[]
  confirmEachStep: boolean
  rollback: RunState['rollback']
  aborted: Reason | null
  isResumed: boolean
  resumedAt: number
  interrupted: Reason | null
  cut: string[]
  journalLost: Reason | null
  finished: boolean
  captures: Record<string, string>
}

function change(draft: Draft, id: string, changes: Partial<ItemState>): void {
  draft.items.set(id, {...(draft.items.get(id) ?? UNTOUCHED), ...changes})
}

/** The one event that ends an item. */
function end(draft: Draft, id: string, changes: Partial<ItemState>): void {
  if (draft.interrupted !== null) draft.cut.push(id)
  change(draft, id, changes)
}

/** A question that is asked again waits since the first time. */
function asked(draft: Draft, at: number): void {
  if (draft.askedAt < 0) draft.askedAt = at
}

function answered(draft: Draft, at: number): void {
  if (draft.askedAt >= 0) draft.waitedSeconds += at - draft.askedAt
  draft.askedAt = -1
}

function unseenIn({conditions}: Extract<RunEvent, {kind: 'look'}>): Unseen {
  const unseen = conditions.filter(({state}) => state === 'unknown')
  return unseen.map(({condition, detail}) => ({condition: shortCondition(condition), detail}))
}

function resume(draft: Draft, elapsedSeconds: number): void {
  const wasUndoing = !draft.finished && draft.rollback?.answer === 'rollback'
  draft.items = new Map([...draft.items].map(([id, item]) => [id, reopened(item)]))
  draft.looks = draft.looks.filter(({after}) => after !== null).map((look) => ({...look, isOld: true}))
  if (draft.finished) draft.aborted = null
  else if (wasUndoing) draft.aborted ??= {why: 'wasBeingRolledBack'}
  Object.assign(draft, {rollback: null, leaseTaken: false, interrupted: null, finished: false, confirmEachStep: true})
  Object.assign(draft, {cut: [], journalLost: null})
  Object.assign(draft, {isResumed: true, resumedAt: elapsedSeconds, waitedSeconds: elapsedSeconds, askedAt: -1})
}

function failedStarts({items}: Draft, id: string, outcome: BlockOutcome): number {
  const before = items.get(id)?.notStarted ?? 0
  return outcome === 'notStarted' ? before + 1 : before
}

type Applied = Readonly<{[K in RunEvent['kind']]: (draft: Draft, event: Extract<RunEvent, {kind: K}>) => void}>

const APPLY: Applied = {
  'run.started': () => undefined,
  'run.resumed': (draft, {elapsedSeconds}) => {
    resume(draft, elapsedSeconds)
  },
  look: (draft, event) => {
    const {after, state, elapsedSeconds} = event
    draft.looks.push({after, state, elapsedSeconds, unseen: unseenIn(event), isOld: false})
  },
  'lease.taken': (draft) => {
    draft.leaseTaken = true
    draft.hasActed = true
  },
  'gate.asked': (draft, {elapsedSeconds}) => {
    asked(draft, elapsedSeconds)
  },
  'gate.answered': (draft, {id, answer, how, elapsedSeconds}) => {
    answered(draft, elapsedSeconds)
    change(draft, id, {gate: answer, gateHow: how, endedAt: elapsedSeconds})
  },
  'step.asked': (draft, {elapsedSeconds}) => {
    asked(draft, elapsedSeconds)
  },
  'step.answered': (draft, {id, answer, elapsedSeconds}) => {
    answered(draft, elapsedSeconds)
    if (answer === 'rest') draft.confirmEachStep = false
    change(draft, id, {step: answer})
  },
  'evidence.kept': (draft, {id}) => {
    change(draft, id, {evidenceKept: true})
  },
  'block.started': (draft, {id, attempt}) => {
    if (!draft.startOrder.includes(id)) draft.startOrder.push(id)
    change(draft, id, {attempts: attempt, starts: (draft.items.get(id)?.starts ?? 0) + 1, retriedAt: null})
  },
  'block.retried': (draft, {id, outcome, elapsedSeconds}) => {
    change(draft, id, {retriedAt: elapsedSeconds, notStarted: failedStarts(draft, id, outcome)})
  },
  'verify.polled': (draft, {id, state, detail, elapsedSeconds}) => {
    const polls = [...(draft.items.get(id)?.polls ?? []), {state, detail, elapsedSeconds}]
    change(draft, id, {polls})
  },
  'block.finished': (draft, {id, outcome, captured, elapsedSeconds}) => {
    end(draft, id, {ending: outcome, endedAt: elapsedSeconds, notStarted: failedStarts(draft, id, outcome)})
    Object.assign(draft.captures, captured)
  },
  'block.skipped': (draft, {id, elapsedSeconds}) => {
    end(draft, id, {ending: 'skipped', endedAt: elapsedSeconds})
  },
  'notice.sent': (draft, {id, status, closing, elapsedSeconds}) => {
    change(draft, id, {ending: status === 'delivered' ? 'sent' : 'undelivered', closing, endedAt: elapsedSeconds})
  },
  'task.asked': (draft, {elapsedSeconds}) => {
    asked(draft, elapsedSeconds)
  },
  'task.answered': (draft, {id, elapsedSeconds}) => {
    answered(draft, elapsedSeconds)
    change(draft, id, {ending: 'answered', endedAt: elapsedSeconds})
  },
  'rollback.asked': (draft, {elapsedSeconds}) => {
    asked(draft, elapsedSeconds)
  },
  'rollback.decided': (draft, {answer, how, elapsedSeconds}) => {
    answered(draft, elapsedSeconds)
    draft.rollback = {answer, how}
  },
  'run.aborted': (draft, {reason}) => {
    draft.aborted = reason
    draft.rollback = {answer: 'rollback', how: reason}
  },
  'run.interrupted': (draft, {reason}) => {
    draft.interrupted = reason
  },
  'journal.lost': (draft, {reason}) => {
    draft.journalLost ??= reason
  },
  'run.finished': (draft) => {
    draft.finished = true
  },
}

/** State is what the events say, nothing else. */
export function reduceRun(events: readonly RunEvent[]): RunState {
  const draft: Draft = {
    elapsedSeconds: 0,
    waitedSeconds: 0,
    askedAt: -1,
    items: new Map(),
    looks: [],
    leaseTaken: false,
    hasActed: false,
    startOrder: [],
    confirmEachStep: true,
    rollback: null,
    aborted: null,
    isResumed: false,
    resumedAt: 0,
    interrupted: null,
    cut: [],
    journalLost: null,
    finished: false,
    captures: {},
  }
  for (const event of events) {
    draft.elapsedSeconds = Math.max(draft.elapsedSeconds, event.elapsedSeconds)
    const apply = APPLY[event.kind] as (draft: Draft, event: RunEvent) => void
    apply(draft, event)
  }
  return draft
}

/** The state of `resolved` as it was last seen. */
export function lastSeen(state: RunState): ConditionState | null {
  return state.looks.at(-1)?.state ?? null
}
