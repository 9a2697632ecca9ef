import type {LoadedRule} from '../domain/alert/loaded-rule.js'

/** The alert rules that Prometheus has loaded. Errors: `unreachable`, `timedOut`, `badAnswer`. */
export interface LoadedRules {
  /** In the order of their groups. */
  readonly alerts: () => Promise<readonly LoadedRule[]>
}
