import type {NoticeReason} from '../notices/undelivered.js'
import type {EvidenceProblem} from '../change/evidence-problem.js'
import type {DeliveryStatus} from '../notices/notice.js'
import type {ProbeReason} from '../stack/reason.js'
import type {CaptureProblem} from './capture-problem.js'
import type {FillProblem} from './fill-problem.js'

/** Details that say themselves. */
export type BareDetail = 'healthy' | 'noData' | 'noEndpoint' | 'noPrometheus' | 'notANumber'

/**
 * What a block, a condition, a notice or a lock came to, or why: decided as data, worded in `render/words`. What others wrote is a text
 * within it: `error` an error's message, which is English, `printed` what a program wrote, `told` a sentence of a journal of before
 * December 2026.
 */
export type Detail =
  | EvidenceProblem
  | CaptureProblem
  | FillProblem
  /** Of an endpoint. */
  | ProbeReason
  | {readonly why: BareDetail}
  | {readonly why: 'error' | 'printed' | 'told'; readonly text: string}
  /** A script; `exitCode` is null where a signal ended it, `said` the last line that it wrote to stderr. */
  | {
      readonly why: 'exited'
      readonly exitCode: number | null
      readonly said: string
      readonly problem: CaptureProblem | null
    }
  | {readonly why: 'ranOutOfTime' | 'cutShort'; readonly problem: CaptureProblem | null}
  /** Nothing of the block ran. */
  | {readonly why: 'notStarted'; readonly problem: CaptureProblem}
  | {readonly why: 'notFilled'; readonly problems: readonly FillProblem[]}
  /** `got` and `expected` as they can be read: `HTTP 503` and `2xx`, `0.3` and `< 0.1`. */
  | {readonly why: 'measured'; readonly got: string; readonly expected: string}
  | {readonly why: 'noNumberPrinted'; readonly expected: string}
  | {readonly why: 'unreliable'; readonly warning: string}
  | {readonly why: 'severalSamples'; readonly samples: number; readonly labels: readonly string[]}
  /** `reason`: why, as far as the channel and the outbox tell. */
  | {
      readonly why: 'undelivered'
      readonly status: Exclude<DeliveryStatus, 'delivered'>
      readonly reason: NoticeReason | null
    }
  /** A lock, from a holder that is gone: whose it was, what for, and why it may be taken. */
  | {readonly why: 'takenOver'; readonly from: string; readonly purpose: string; readonly grounds: TakeoverGrounds}

/** Why the lock of a holder that is gone may be taken: a person typed it or said yes when asked, or it was this run's own. */
export type TakeoverGrounds =
  | {readonly why: 'typedReason'; readonly text: string}
  | {readonly why: 'confirmed'}
  | {readonly why: 'ownLock'; readonly runId: string}
