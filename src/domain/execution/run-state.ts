import type {Truth} from '../runbook/truth.js'
import {shortCondition} from './short-condition.js'
import type {BlockOutcome, GateAnswer, RunEvent} from './events.js'
import type {Reading} from './polling.js'

/** How far one block, notice or task has come. */
export interface ItemState {
  readonly gate: GateAnswer | null
  /** How the gate was answered, or why nobody could. */
  readonly gateHow: string
  readonly evidenceKept: boolean
  /** Attempts that were started. */
  readonly attempts: number
  /** When the last attempt failed that will be repeated. */
  readonly retriedAt: number | null
  readonly polls: readonly (Reading & {readonly detail: string})[]
  /** Set once, by the one event that ends it. */
  readonly ending: BlockOutcome | 'skipped' | 'sent' | 'undelivered' | 'answered' | null
  readonly endedAt: number
}

interface Look extends Reading {
  readonly after: string | null
  /** The conditions that could not be seen, with the reason. */
  readonly unseen: string
}

export interface RunState {
  readonly elapsedSeconds: number
  /** Spent waiting for a person: the run's timeout stands still. */
  readonly waitedSeconds: number
  readonly items: ReadonlyMap<string, ItemState>
  readonly looks: readonly Look[]
  readonly leaseTaken: boolean
  readonly interrupted: string | null
  readonly finished: boolean
  readonly captures: Readonly<Record<string, string>>
}

const UNTOUCHED: ItemState = {
  gate: null,
  gateHow: '',
  evidenceKept: false,
  attempts: 0,
  retriedAt: null,
  polls: [],
  ending: null,
  endedAt: 0,
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
  interrupted: string | null
  finished: boolean
  captures: Record<string, string>
}

function change(draft: Draft, id: string, changes: Partial<ItemState>): void {
  draft.items.set(id, {...(draft.items.get(id) ?? UNTOUCHED), ...changes})
}

function answered(draft: Draft, at: number): void {
  if (draft.askedAt >= 0) draft.waitedSeconds += at - draft.askedAt
  draft.askedAt = -1
}

function unseenIn(event: Extract<RunEvent, {kind: 'look'}>): string {
  const unseen = event.conditions.filter(({state}) => state === 'unknown')
  return unseen.map(({condition, detail}) => `${shortCondition(condition)} (${detail})`).join('; ')
}

type Applied = Readonly<{[K in RunEvent['kind']]: (draft: Draft, event: Extract<RunEvent, {kind: K}>) => void}>

const APPLY: Applied = {
  'run.started': () => undefined,
  look: (draft, event) => {
    const {after, state, elapsedSeconds} = event
    draft.looks.push({after, state, elapsedSeconds, unseen: unseenIn(event)})
  },
  'lease.taken': (draft) => {
    draft.leaseTaken = true
  },
  'gate.asked': (draft, {elapsedSeconds}) => {
    draft.askedAt = elapsedSeconds
  },
  'gate.answered': (draft, {id, answer, how, elapsedSeconds}) => {
    answered(draft, elapsedSeconds)
    change(draft, id, {gate: answer, gateHow: how, endedAt: elapsedSeconds})
  },
  'evidence.kept': (draft, {id}) => {
    change(draft, id, {evidenceKept: true})
  },
  'block.started': (draft, {id, attempt}) => {
    change(draft, id, {attempts: attempt, retriedAt: null})
  },
  'block.retried': (draft, {id, elapsedSeconds}) => {
    change(draft, id, {retriedAt: elapsedSeconds})
  },
  'verify.polled': (draft, {id, state, detail, elapsedSeconds}) => {
    const polls = [...(draft.items.get(id)?.polls ?? []), {state, detail, elapsedSeconds}]
    change(draft, id, {polls})
  },
  'block.finished': (draft, {id, outcome, captured, elapsedSeconds}) => {
    change(draft, id, {ending: outcome, endedAt: elapsedSeconds})
    Object.assign(draft.captures, captured)
  },
  'block.skipped': (draft, {id, elapsedSeconds}) => {
    change(draft, id, {ending: 'skipped', endedAt: elapsedSeconds})
  },
  'notice.sent': (draft, {id, status, elapsedSeconds}) => {
    change(draft, id, {ending: status === 'delivered' ? 'sent' : 'undelivered', endedAt: elapsedSeconds})
  },
  'task.asked': (draft, {elapsedSeconds}) => {
    draft.askedAt = elapsedSeconds
  },
  'task.answered': (draft, {id, elapsedSeconds}) => {
    answered(draft, elapsedSeconds)
    change(draft, id, {ending: 'answered', endedAt: elapsedSeconds})
  },
  'run.interrupted': (draft, {reason}) => {
    draft.interrupted = reason
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
    interrupted: null,
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
export function lastSeen(state: RunState): Truth | null {
  return state.looks.at(-1)?.state ?? null
}
