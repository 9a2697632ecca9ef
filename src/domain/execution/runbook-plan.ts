import type {UsedFile} from './consent-ground.js'
import type {ConditionReading} from '../journal/events.js'
import type {Reason} from '../journal/reason.js'
import type {PlannedItem} from './run-report.js'

/** What a run would do, and where: `--dry-run`. */
export interface RunbookPlan {
  readonly runbook: string
  readonly title: string
  readonly hash: string
  readonly environment: string
  readonly production: boolean
  readonly project: string
  readonly inputs: Readonly<Record<string, string>>
  readonly secretInputs: readonly string[]
  /** The files of `uses:`, as they are now. */
  readonly uses: readonly UsedFile[]
  /** What was typed, without `--dry-run`. */
  readonly command: string
  readonly items: readonly PlannedItem[]
  /** Why nothing would be changed; null when something may be. */
  readonly nothing: Reason | null
  /** Why this command would be refused, now or at a gate, and what would be accepted; `accept`: null when no command would. */
  readonly refusal: {readonly reason: Reason; readonly accept: string | null} | null
  /** `resolved` as it is now. */
  readonly conditions: readonly ConditionReading[]
}
