import type {AlertRule} from '../domain/alerts/alert-rule.js'
import type {DefinedRule} from '../domain/alerts/defined-rule.js'

/** The rule files that Prometheus loads, as they are on disk. */
export interface AlertRules {
  /** The alerts that they define, in their order. Errors: `configInvalid` when one is missing or is no rule file. */
  readonly alerts: () => Promise<readonly AlertRule[]>
  /** All rules in full, in their order, with what their expressions say. Errors as `alerts`. */
  readonly rules: () => Promise<readonly DefinedRule[]>
}
