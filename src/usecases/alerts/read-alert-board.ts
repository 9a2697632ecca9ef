import {type AlertBoard, alertBoard, firingOn} from '../../domain/alerts/alert-board.js'
import type {Alerts} from '../../ports/alerts.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import {lookAtAlerts} from './look-at-alerts.js'
import {type ExpressionDeps, withExpressions} from '../patterns/with-expressions.js'

export interface AlertBoardDeps extends ExpressionDeps {
  /** null: Alertmanager is not configured; what fires is what Prometheus finds. */
  readonly alerts: Alerts | null
  /** null: Prometheus is not configured, and not counted. */
  readonly rules: LoadedRules | null
}

/**
 * What fires, asked of Alertmanager and of Prometheus at once: one of them alone does not know. Errors: that of Alertmanager, or where it is
 * not configured of Prometheus, unless Prometheus has something firing all the same.
 */
export async function readAlertBoard(deps: AlertBoardDeps): Promise<AlertBoard> {
  const {loaded, failures, ...seen} = await lookAtAlerts(deps)
  const readings = {...seen, rules: loaded, failures: failures.map(({message}) => message)}
  const board = await withExpressions(deps, (expressions) => alertBoard(readings, expressions))
  const [failure] = failures
  if (seen.sent === null && failure !== undefined && firingOn(board).length === 0) throw failure
  return board
}

/** As `readAlertBoard`; null where nothing can fire: no Alertmanager is configured, and there is no Prometheus, or it has no alert rules. */
export async function readAlertBoardIfAny(deps: AlertBoardDeps): Promise<AlertBoard | null> {
  const {alerts, rules} = deps
  if (alerts === null && rules === null) return null
  const board = await readAlertBoard(deps)
  return alerts === null && board.doubts.some(({why}) => why === 'noRules') ? null : board
}
