import type {EvidenceProblem} from '../change/evidence-problem.js'
import type {DeliveryStatus} from '../notices/notice.js'
import type {ActVerdict} from '../verdict.js'
import type {Deed} from './deed.js'
import type {Detail} from './detail.js'
import type {Reason} from './reason.js'
import type {RunOutcome} from './run-outcome.js'
import type {ConditionState} from '../condition-state.js'

/** `notStarted`: nothing of it ran, whatever it was that stood in the way. */
export type BlockOutcome = 'ok' | 'failed' | 'unknown' | 'timedOut' | 'aborted' | 'notStarted'

export type GateAnswer = 'yes' | 'skip' | 'quit' | 'refused'

/** `--step`, before each block; `rest`: this one and all others without asking. */
export type StepAnswer = 'run' | 'skip' | 'quit' | 'rest'

/** What one condition of `resolved` was seen as, and why. */
export interface ConditionReading {
  readonly condition: string
  readonly state: ConditionState
  readonly detail: Detail
}

export type RunMode = 'full' | 'diagnose'

/** Which blocks a run is about, by id. */
export interface Selection {
  /** Empty: all. */
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly from: string | null
}

export interface RunStarted {
  readonly kind: 'run.started'
  readonly runId: string
  readonly runbook: string
  readonly title: string
  /** Of the runbook's text; a copy is kept beside the journal. */
  readonly hash: string
  readonly service: string
  readonly environment: string
  /** Absent where an older faci began the run. */
  readonly production?: boolean
  readonly project: string
  readonly operator: string
  readonly mode: RunMode
  readonly force: boolean
  readonly selection: Selection
  readonly inputs: Readonly<Record<string, string>>
  readonly secretInputs: readonly string[]
  readonly directory: string
  /** The id of the incident that it was run for. */
  readonly incident?: string
}

export interface BlockResult {
  readonly outcome: BlockOutcome
  readonly exitCode: number | null
  readonly durationSeconds: number
  /** The end of what it printed, or the query's answer; masked. */
  readonly output: string
  /** Why it did not succeed; null when it did. */
  readonly detail: Detail | null
  readonly captured: Readonly<Record<string, string>>
}

/** What happened in a run. `elapsedSeconds` is monotonic since its start: all timing decisions are made on it. */
export type RunEvent = {readonly elapsedSeconds: number} & (
  | RunStarted
  /** Goes on after it was interrupted, refused or killed, with the runbook of this hash; the time in between does not count. */
  | {readonly kind: 'run.resumed'; readonly operator: string; readonly host: string; readonly hash: string}
  /**
   * One look at `resolved`; `after` names the mitigation before it, null is the look before anything, `@rollback` the one after what
   * was done is undone.
   */
  | {
      readonly kind: 'look'
      readonly after: string | null
      readonly state: ConditionState
      readonly conditions: readonly ConditionReading[]
    }
  | {readonly kind: 'lease.taken'; readonly takenFrom: Detail | null}
  | {readonly kind: 'gate.asked'; readonly id: string; readonly hash: string}
  /** `how` it was answered, or why nobody could answer. */
  | {
      readonly kind: 'gate.answered'
      readonly id: string
      readonly hash: string
      readonly answer: GateAnswer
      readonly how: Reason
    }
  | {readonly kind: 'step.asked'; readonly id: string}
  | {readonly kind: 'step.answered'; readonly id: string; readonly answer: StepAnswer}
  | {
      readonly kind: 'evidence.kept'
      readonly id: string
      readonly files: readonly string[]
      readonly problems: readonly EvidenceProblem[]
    }
  | {readonly kind: 'block.started'; readonly id: string; readonly attempt: number}
  /** An attempt failed and there will be another one. */
  | ({readonly kind: 'block.retried'; readonly id: string; readonly attempt: number} & BlockResult)
  | {
      readonly kind: 'verify.polled'
      readonly id: string
      readonly state: ConditionState
      readonly detail: Detail | null
    }
  | ({readonly kind: 'block.finished'; readonly id: string} & BlockResult)
  | {readonly kind: 'block.skipped'; readonly id: string; readonly reason: Reason}
  | {
      readonly kind: 'notice.sent'
      readonly id: string
      readonly noticeId: string
      readonly channel: string
      readonly status: DeliveryStatus
      /** Why it is not delivered; journals of earlier versions do not say. */
      readonly why?: Detail
      readonly text: string
      /** It tells how the run ended. */
      readonly closing: boolean
    }
  | {readonly kind: 'task.asked'; readonly id: string}
  | {readonly kind: 'task.answered'; readonly id: string; readonly done: boolean}
  | {readonly kind: 'rollback.asked'; readonly ids: readonly string[]}
  | {readonly kind: 'rollback.decided'; readonly answer: 'rollback' | 'keep'; readonly how: Reason}
  /** A person ends the climb in order and wants what was done undone. */
  | {readonly kind: 'run.aborted'; readonly reason: Reason}
  | {readonly kind: 'run.interrupted'; readonly reason: Reason}
  /** What happens from here on may be missing on disk: nothing more is changed, and what was begun is brought to its end. */
  | {readonly kind: 'journal.lost'; readonly reason: Reason}
  | {
      readonly kind: 'run.finished'
      readonly outcome: RunOutcome
      readonly verdict: ActVerdict
      /** Why it ended like this; empty when it says itself. */
      readonly reason: readonly Reason[]
      readonly deeds: readonly Deed[]
      /** The mitigation after which `resolved` held; runs of before November 2026 do not have it. */
      readonly resolvedBy?: string | null
      /** When it was seen that the incident is over; null when it was not. */
      readonly resolvedAfterSeconds?: number | null
    }
)
