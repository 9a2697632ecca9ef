import {type AlertBoard, alertBoard, firingOn} from '../../domain/alerts/alert-board.js'
import type {Alerts} from '../../ports/alerts.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import {lookAtAlerts} from './look-at-alerts.js'
import {type ExpressionDeps, withExpressions} from '../patterns/with-expressions.js'

export interface AlertBoardDeps extends ExpressionDeps {
  readonly alerts: Alerts
  /** null: Prometheus is not configured, and not counted. */
  readonly rules: LoadedRules | null
}

/**
 * What fires, asked of Alertmanager and of Prometheus at once: one of them alone does not know. Errors: that of Alertmanager, unless Prometheus
 * has something firing all the same.
 */
export async function readAlertBoard(deps: AlertBoardDeps): Promise<AlertBoard> {
  const {sent, loaded, relabeling, failures} = await lookAtAlerts(deps)
  const readings = {sent, rules: loaded, relabeling, failures: failures.map(({message}) => message)}
  const board = await withExpressions(deps, (expressions) => alertBoard(readings, expressions))
  const [failure] = failures
  if (sent === null && failure !== undefined && firingOn(board).length === 0) throw failure
  return board
}
