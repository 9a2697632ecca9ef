import type {Refusal} from '../consent/refusal.js'
import type {ChangePlan} from './change-plan.js'
import type {KeptImage} from '../stack/kept-image.js'
import type {LeftBehind} from './left-behind.js'
import type {Readiness} from './readiness.js'

/** What a service came to. */
export interface ServiceOutcome extends Readiness {
  readonly service: string
  /** From the end of the Compose command. */
  readonly afterSeconds: number
  /** The last lines of its log, when it did not get there. */
  readonly log: readonly string[]
}

export interface ComposeOutcome {
  readonly ok: boolean
  readonly exitCode: number | null
  readonly durationSeconds: number
  readonly output: readonly string[]
}

/** A change of the Compose service from plan to proof. What was not reached is null or empty. */
export interface ChangeReport {
  readonly plan: ChangePlan
  readonly dryRun: boolean
  readonly refusal: Refusal | null
  /** Where it is journaled. */
  readonly runId: string | null
  /** Files of evidence, kept before containers were removed. */
  readonly evidence: readonly string[]
  /** What services ran until another image took its place; `up SERVICE --image previous` goes back to it. */
  readonly images: readonly KeptImage[]
  readonly compose: ComposeOutcome | null
  readonly services: readonly ServiceOutcome[]
  /** What Compose left when it did not come to its end. */
  readonly leftBehind: LeftBehind | null
  readonly durationSeconds: number
}
