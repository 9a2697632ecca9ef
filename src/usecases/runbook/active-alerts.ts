import {alertBoard, shownOf} from '../../domain/alerts/alert-board.js'
import type {Alert} from '../../domain/alerts/alert.js'
import type {AlertDoubt} from '../../domain/alerts/doubt.js'
import {lookAtAlerts, type LookAtAlertsDeps} from '../alerts/look-at-alerts.js'
import {withExpressions} from '../patterns/with-expressions.js'

export interface ActiveAlertsDeps extends LookAtAlertsDeps {
  readonly doubtText: (doubt: AlertDoubt) => string
}

export interface ActiveAlerts {
  /** Firing or silenced, whether Alertmanager has it or Prometheus alone; not what is only pending. */
  readonly active: readonly Alert[]
  /** Why not all of them can be seen. */
  readonly problem: string | null
}

/** As `faci alerts list` sees them. Not being able to see the alerts is an answer here: a runbook can be run without. */
export async function activeAlerts(deps: ActiveAlertsDeps): Promise<ActiveAlerts> {
  if (deps.alerts === null && deps.rules === null)
    return {active: [], problem: 'faci.yml has no `alertmanager` and no `prometheus` section'}
  const {loaded, failures, ...seen} = await lookAtAlerts(deps)
  const readings = {...seen, rules: loaded, failures: failures.map(({message}) => message)}
  const board = shownOf(await withExpressions(deps, (expressions) => alertBoard(readings, expressions)))
  const problem = board.doubts.length === 0 ? null : board.doubts.map(deps.doubtText).join('; ')
  return {active: board.alerts.filter(({state}) => state !== 'pending'), problem}
}
