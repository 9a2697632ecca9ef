import type {RuleId} from './lint/rules.js'

/** Something wrong in a runbook. Lines and columns count from 1, in the file as written. */
export interface Problem {
  readonly rule: RuleId
  readonly line: number
  readonly column: number
  readonly message: string
  readonly suggestion: string | null
}
