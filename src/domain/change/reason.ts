import type {Container} from '../stack/container.js'
import type {ContainerReason, ProbeReason} from '../stack/reason.js'

/** What was expected of a service, and is so. */
export type WellWhy = 'finished' | 'healthy' | 'removed' | 'running' | 'stopped'

/** What is seen of a service that is waited for. */
export type SeenReason =
  | {readonly why: WellWhy}
  | {readonly why: 'container'; readonly container: string; readonly reason: ContainerReason}
  | {readonly why: 'keepsRestarting'; readonly container: string; readonly restartCount: number}
  /** With exit code 0. Whether that is a good end of it: it is not, or cannot be told. */
  | {readonly why: 'endedThoughNoJob' | 'endedPerhapsAJob'; readonly containers: readonly string[]}
  | {readonly why: 'probe'; readonly reason: ProbeReason}
  | {
      readonly why: 'stillThere'
      readonly left: readonly {readonly container: string; readonly state: Container['state']}[]
    }
  | {readonly why: 'tooFewRunning'; readonly running: number; readonly wanted: number}

/**
 * Why a service has come to what was expected of it, or not yet, or never will: worded in `render/words`. `message` is an error's, which
 * is English; `told` is a sentence of a journal of before December 2026.
 */
export type ReadinessReason =
  | SeenReason
  /** `before`: what was seen last. */
  | {readonly why: 'unseen'; readonly message: string; readonly before: SeenReason | null}
  | {readonly why: 'told'; readonly text: string}

/** Something that a change which did not come to its end has left. `message` and `told` as above. */
export type LeftOver =
  | {readonly why: 'neverStarted'; readonly container: string}
  | {readonly why: 'noContainer'; readonly service: string}
  | {readonly why: 'notRunning'; readonly container: string; readonly state: Container['state']}
  | {readonly why: 'replicaGone'; readonly service: string; readonly replica: number}
  | {
      readonly why: 'unfinishedReplacement'
      readonly service: string
      readonly container: string
      readonly state: Container['state']
    }
  | {readonly why: 'unseen'; readonly message: string}
  | {readonly why: 'told'; readonly text: string}

/** Why a change ended otherwise than it should. `error`: an error's message, which is English; `told` as above. */
export type ChangeReason =
  | {readonly why: 'composeFailed' | 'interrupted' | 'notInTime'}
  | {readonly why: 'notSeen'; readonly services: readonly string[]}
  | {readonly why: 'error' | 'told'; readonly text: string}
