import type {AlertRule} from '../domain/alert/alert-rule.js'

/** The rule files that Prometheus loads, as they are on disk. */
export interface AlertRules {
  /** The alerts that they define, in their order. Errors: `configInvalid` when one is missing or is no rule file. */
  readonly read: () => Promise<readonly AlertRule[]>
}
