import type {ActVerdict} from '../verdict.js'
import type {ChangePlan} from './change-plan.js'
import type {ComposeOutcome, ServiceOutcome} from './change-report.js'
import type {KeptImage, ReleasedImage} from '../stack/kept-image.js'
import type {EvidenceProblem} from './evidence-problem.js'
import type {LeftBehind} from './left-behind.js'
import type {ChangeReason} from './reason.js'

/** What the journal says of one change. */
export type ChangeEvent =
  | {readonly kind: 'change.planned'; readonly plan: ChangePlan}
  | {readonly kind: 'change.approved'; readonly how: string}
  | {readonly kind: 'lock.takenOver'; readonly from: string; readonly reason: string}
  | {readonly kind: 'evidence.kept'; readonly files: readonly string[]; readonly problems: readonly EvidenceProblem[]}
  | {readonly kind: 'image.kept'; readonly image: KeptImage}
  /** What the services of a `down` ran until then. */
  | {readonly kind: 'images.released'; readonly project: string; readonly images: readonly ReleasedImage[]}
  | {readonly kind: 'change.started'; readonly command: readonly string[]}
  | {readonly kind: 'change.finished'; readonly outcome: ComposeOutcome}
  | {
      readonly kind: 'change.ended'
      readonly verdict: ActVerdict
      readonly reason: ChangeReason | null
      readonly services: readonly ServiceOutcome[]
      /** Absent where an older faci wrote it. */
      readonly leftBehind?: LeftBehind | null
    }
