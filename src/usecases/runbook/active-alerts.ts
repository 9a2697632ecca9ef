import type {Alert} from '../../domain/alert/alert.js'
import {FaciError} from '../../domain/errors.js'
import type {Alerts} from '../../ports/alerts.js'

export interface ActiveAlerts {
  readonly active: readonly Alert[]
  /** Why they cannot be seen. */
  readonly problem: string | null
}

/** Not being able to see the alerts is an answer here: a runbook can be run without. */
export async function activeAlerts(alerts: Alerts | null): Promise<ActiveAlerts> {
  if (alerts === null) return {active: [], problem: 'faci.yml has no alertmanager'}
  try {
    return {active: await alerts.active(), problem: null}
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return {active: [], problem: error.message}
  }
}
