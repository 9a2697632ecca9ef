import type {ChangeReason, LeftOver, ReadinessReason} from './reason.js'

/** What is said of a change and what came of it, in one language. */
export interface ChangeWords {
  readonly readiness: (reason: ReadinessReason) => string
  readonly leftOver: (left: LeftOver) => string
  readonly ended: (reason: ChangeReason) => string
}
