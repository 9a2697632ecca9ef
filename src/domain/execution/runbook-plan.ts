import type {ConditionReading} from './events.js'
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
  readonly items: readonly PlannedItem[]
  /** `resolved` as it is now. */
  readonly conditions: readonly ConditionReading[]
}
