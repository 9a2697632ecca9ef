import type {Alert} from '../../domain/alerts/alert.js'
import {verdictOfBoard} from '../../domain/alerts/alert-board.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import {isAlertOf} from '../../domain/status/causes.js'
import type {StatusReport} from '../../domain/status/status.js'
import type {StateVerdict} from '../../domain/verdict.js'

type Warn = (warning: string) => void

/** The alerts, and beside them what keeps some quiet and why more may fire. */
export type AlertsPart = Pick<StatusReport, 'alerts' | 'silences' | 'alertDoubts'>

/** When services were named, only what is about them; what else fires is counted, so that nothing is hidden. */
export function alertsOf(part: AlertsPart, services: readonly string[], warn: Warn): AlertsPart {
  const {alerts, silences, alertDoubts: doubts} = part
  if (alerts.kind !== 'read' || services.length === 0) return part
  const value = alerts.value.filter((alert) => isAlertOf(alert, services))
  const isFiring = ({state}: Alert): boolean => state === 'firing'
  const others = alerts.value.filter(isFiring).length - value.filter(isFiring).length
  if (others > 0) warn(`${others} other ${others === 1 ? 'alert is' : 'alerts are'} firing: faci alerts list`)
  return {...part, alerts: {kind: 'read', value, verdict: verdictOfBoard({alerts: value, silences, doubts})}}
}

/** Only what is wrong needs a runbook, and a folder that cannot be read hides nothing. */
export async function runbooksFor(
  list: () => Promise<readonly RunbookSummary[]>,
  verdict: StateVerdict,
): Promise<readonly RunbookSummary[]> {
  if (verdict === 'healthy' || verdict === 'unknown') return []
  try {
    return await list()
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return []
  }
}

/** The services whose own entry of `health:` answers as healthy. */
export async function answeringServices(health: Promise<StatusReport['health']>): Promise<ReadonlySet<string>> {
  const read = await health
  const endpoints = read.kind === 'read' ? read.value : []
  return new Set(endpoints.filter(({verdict}) => verdict === 'healthy').map(({name}) => name))
}
