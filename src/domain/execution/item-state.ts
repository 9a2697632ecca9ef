import type {BlockOutcome, GateAnswer, StepAnswer} from '../journal/events.js'
import type {Detail} from '../journal/detail.js'
import type {Reason} from '../journal/reason.js'
import type {Reading} from './polling.js'

/** How far one block, notice or task has come. */
export interface ItemState {
  readonly gate: GateAnswer | null
  /** How the gate was answered, or why nobody could. */
  readonly gateHow: Reason | null
  readonly step: StepAnswer | null
  readonly evidenceKept: boolean
  /** It was started before the run was resumed, and how that ended is not known. */
  readonly unknown: boolean
  /** Attempts that were started. */
  readonly attempts: number
  /** How often it was started, also before the run was resumed: attempts are counted anew. */
  readonly starts: number
  /** Starts of which nothing ran. */
  readonly notStarted: number
  /** When the last attempt failed that will be repeated. */
  readonly retriedAt: number | null
  readonly polls: readonly (Reading & {readonly detail: Detail | null})[]
  /** Set once, by the one event that ends it. */
  readonly ending: BlockOutcome | 'skipped' | 'sent' | 'undelivered' | 'answered' | null
  /** A notice that told how the run ended. */
  readonly closing: boolean
  readonly endedAt: number
}

export const UNTOUCHED: ItemState = {
  gate: null,
  gateHow: null,
  step: null,
  evidenceKept: false,
  unknown: false,
  attempts: 0,
  starts: 0,
  notStarted: 0,
  retriedAt: null,
  polls: [],
  ending: null,
  closing: false,
  endedAt: 0,
}

/** Something of it ran. */
export function hasRun({starts, notStarted}: ItemState): boolean {
  return starts > notStarted
}

/** What a resumed run has to come to again: what was left out, refused, or has no known end. */
export function reopened(item: ItemState): ItemState {
  const {attempts, ending, closing} = item
  if (ending === 'notStarted' || (ending === 'skipped' && hasRun(item)))
    return {...UNTOUCHED, attempts, starts: item.starts, notStarted: item.notStarted}
  const isUnknown = (attempts > 0 && ending === null) || ending === 'aborted'
  if (isUnknown) return {...item, gate: null, step: null, polls: [], retriedAt: null, ending: null, unknown: true}
  if (ending === 'skipped' || ending === null || closing) return UNTOUCHED
  return item
}
