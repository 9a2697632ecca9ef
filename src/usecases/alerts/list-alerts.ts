import type {Alert} from '../../domain/alert/alert.js'
import {isWatchdog} from '../../domain/alert/severity.js'
import type {AlertList} from '../../domain/alert/alert-list.js'
import type {Result} from '../../domain/result.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Clock} from '../../ports/clock.js'

/** Active alerts, most severe first. Something firing is `degraded`; silenced and inhibited ones do not count. */
export async function listAlerts(
  {alerts, clock}: {readonly alerts: Alerts; readonly clock: Clock},
  {all}: {readonly all: boolean},
): Promise<Result<AlertList>> {
  const active: readonly Alert[] = await alerts.active()
  const shown = all ? active : active.filter((alert) => !isWatchdog(alert))
  const firing = shown.some((alert) => alert.state === 'firing' && !isWatchdog(alert))
  return {verdict: firing ? 'degraded' : 'healthy', data: {at: clock.now().toISOString(), alerts: shown}}
}
