import type {GateReason} from '../consent/gate-reason.js'
import type {Detail, TakeoverGrounds} from './detail.js'
import type {RunOutcome} from './run-outcome.js'

/** Reasons that say themselves. */
export type BareWhy =
  | 'alreadyResolved'
  | 'interrupted'
  | 'noEnd'
  | 'noOneToAsk'
  | 'noTerminal'
  | 'noTimeToRetry'
  | 'notNeeded'
  | 'nothingDone'
  | 'nothingToUndo'
  | 'onlyDiagnosis'
  | 'operatorKept'
  | 'operatorQuit'
  | 'operatorRolledBack'
  | 'operatorSaidSo'
  | 'operatorSkippedAtGate'
  | 'resolvedItself'
  | 'rollbackFailed'
  | 'rollbackUnsaid'
  | 'rolledBackHealthy'
  | 'rolledBackUnhealthy'
  | 'rolledBackUnseen'
  | 'stillRunning'
  | 'timeIsOver'
  | 'unseenIsNotUndone'
  | 'usesChanged'
  | 'usesChangedMeanwhile'
  | 'wasBeingRolledBack'

/** Reasons that are about one block. */
export type BlockWhy =
  'didNotRun' | 'failed' | 'quitAtGate' | 'quitBefore' | 'resolvedBy' | 'stopsAsDoubtful' | 'stopsAsFailed'

/**
 * Why something was done or left, or ended as it did: decided as data, worded in `render/words`. */
export type Reason =
  | GateReason
  | Detail
  | TakeoverGrounds
  | {readonly why: BareWhy}
  | {readonly why: BlockWhy; readonly id: string}
  | {readonly why: 'notDue'; readonly when: string; readonly outcome: RunOutcome}
  | {readonly why: 'notTyped'; readonly word: string; readonly id: string}
  | {readonly why: 'unseen'; readonly conditions: readonly {readonly condition: string; readonly detail: Detail}[]}

export type Why = Reason['why']
