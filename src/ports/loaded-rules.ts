import type {LoadedRule} from '../domain/alerts/loaded-rule.js'
import type {Relabeling} from '../domain/alerts/relabel.js'

/** The alert rules that Prometheus has loaded. Errors: `unreachable`, `timedOut`, `badAnswer`. */
export interface LoadedRules {
  /** In the order of their groups. */
  readonly alerts: () => Promise<readonly LoadedRule[]>
  /** What becomes of the labels of an alert on the way to Alertmanager; `badAnswer` also of a server that does not tell. */
  readonly relabeling: () => Promise<Relabeling>
}
