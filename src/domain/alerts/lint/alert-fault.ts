import type {TypeProblem} from '../../promql/type-problems.js'

/**
 * What a check found wrong with a rule. A new one is a row of `ALERT_CHECKS`, a member here, its check, and its words in
 * `render/words/en/lint/alerts.ts`, which do not compile without.
 */
export type AlertFault =
  /** `selector`: what may vanish. */
  | {readonly rule: 'absent'; readonly selector: string}
  | {readonly rule: 'counter'; readonly name: string}
  | {readonly rule: 'description' | 'for' | 'severity' | 'summary'; readonly name: string}
  /** `first`: where it is defined already. */
  | {readonly rule: 'duplicate'; readonly name: string; readonly first: {readonly file: string; readonly line: number}}
  | {readonly rule: 'metric'; readonly name: string}
  /** `near`: what was not understood; empty at the end of the expression. */
  | {readonly rule: 'promql'; readonly near: string}
  | {readonly rule: 'ratio'}
  /** `near`: a runbook that may be for it. */
  | {readonly rule: 'runbook'; readonly name: string; readonly near: string | null}
  | {
      readonly rule: 'runbook-unknown'
      readonly name: string
      readonly near: string | null
      readonly known: readonly string[]
    }
  | {readonly rule: 'topk'; readonly name: string}
  | ({readonly rule: 'type'} & TypeProblem)
