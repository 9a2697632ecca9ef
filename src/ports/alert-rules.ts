import type {AlertRule} from '../domain/alerts/alert-rule.js'
import type {RuleFile, UnreadRules} from '../domain/alerts/lint/rule-file.js'

/** The rule files that Prometheus loads, as they are on disk. What cannot be read hides nothing else. */
export interface AlertRules {
  /** The alerts that they define, in their order. */
  readonly alerts: () => Promise<{readonly alerts: readonly AlertRule[]; readonly unread: readonly UnreadRules[]}>
  /** All rules in full, in their order, with what their expressions say. Errors: `configInvalid` when nothing is where it should be. */
  readonly rules: () => Promise<readonly RuleFile[]>
}
