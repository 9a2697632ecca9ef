import type {Block, DiagnoseBlock, MitigateBlock, PersonTask, RollbackBlock, VerifyBlock} from '../runbook/runbook.js'
import type {Conclusion} from './conclusion.js'
import type {PlannedNotice} from './plan.js'
import type {Detail} from '../journal/detail.js'
import type {BlockOutcome} from '../journal/events.js'
import type {Reason} from '../journal/reason.js'
import type {GateDecision} from '../consent/block-gate.js'

/** Run by attempts; a verify is polled. */
export type RunnableBlock = DiagnoseBlock | MitigateBlock | RollbackBlock

/** What to do next. Each is performed once and answered by events; then the question is asked again. */
export type Action =
  | {readonly kind: 'look'; readonly after: string | null; readonly waitSeconds: number}
  | {readonly kind: 'takeLease'}
  | {readonly kind: 'gate'; readonly block: MitigateBlock; readonly decision: GateDecision}
  /** `--step`: whether the block is to be run. */
  | {readonly kind: 'askStep'; readonly block: Block}
  | {readonly kind: 'keepEvidence'; readonly block: MitigateBlock | RollbackBlock}
  /** `final`: a failure of this attempt ends the block. */
  | {
      readonly kind: 'run'
      readonly block: RunnableBlock
      readonly attempt: number
      readonly final: boolean
      readonly waitSeconds: number
      readonly timeoutSeconds: number
    }
  | {
      readonly kind: 'verify'
      readonly block: VerifyBlock
      readonly waitSeconds: number
      readonly timeoutSeconds: number
    }
  | {
      readonly kind: 'endVerify'
      readonly block: VerifyBlock
      readonly outcome: BlockOutcome
      readonly detail: Detail | null
      readonly durationSeconds: number
    }
  /** Whether what was done is undone: a person is asked, or it was said beforehand. */
  | {readonly kind: 'askRollback'; readonly blocks: readonly RollbackBlock[]}
  | {readonly kind: 'decideRollback'; readonly answer: 'rollback' | 'keep'; readonly how: Reason}
  | {readonly kind: 'skip'; readonly id: string; readonly reason: Reason}
  /** `last`: nothing will be changed any more. */
  | {readonly kind: 'askTask'; readonly task: PersonTask; readonly last: boolean}
  | {readonly kind: 'notify'; readonly block: PlannedNotice; readonly conclusion: Conclusion | null}
  | {readonly kind: 'finish'; readonly conclusion: Conclusion}
  | {readonly kind: 'done'}
