import {type AlertReadings, needsRelabeling} from '../../domain/alerts/alert-board.js'
import type {LoadedRule} from '../../domain/alerts/loaded-rule.js'
import {type FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Alerts} from '../../ports/alerts.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import {type ExpressionDeps, withExpressions} from '../patterns/with-expressions.js'

export interface LookAtAlertsDeps extends ExpressionDeps {
  /** null when it is not configured. */
  readonly alerts: Alerts | null
  readonly rules: LoadedRules | null
}

export interface AlertsSeen {
  readonly hasAlertmanager: boolean
  readonly sent: AlertReadings['sent']
  readonly loaded: readonly LoadedRule[] | null
  readonly relabeling: AlertReadings['relabeling']
  /** Of a backend that cannot be asked: that of Alertmanager first. */
  readonly failures: readonly FaciError[]
}

interface Look<T> {
  readonly seen: T | null
  readonly failures: readonly FaciError[]
}

async function look<T>(work: () => Promise<T> | null): Promise<Look<T>> {
  try {
    return {seen: await work(), failures: []}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {seen: null, failures: [error]}
  }
}

async function askAlertmanager(alerts: Alerts): Promise<NonNullable<AlertReadings['sent']>> {
  const [active, silences] = await Promise.all([alerts.active(), alerts.silences()])
  return {active, silences}
}

/** Both at once; what one of them cannot tell is said, and hides nothing of the other. */
export async function lookAtAlerts({alerts, rules, patterns}: LookAtAlertsDeps): Promise<AlertsSeen> {
  const [sent, loaded] = await Promise.all([
    look(() => (alerts === null ? null : askAlertmanager(alerts))),
    look(() => (rules === null ? null : rules.alerts())),
  ])
  const seen = {hasAlertmanager: alerts !== null, sent: sent.seen, loaded: loaded.seen}
  const readings: AlertReadings = {...seen, rules: loaded.seen, relabeling: null, failures: []}
  const isNeeded = await withExpressions({patterns}, (expressions) => needsRelabeling(readings, expressions))
  // A server that does not tell is no failure: what cannot be traced without is said of each alert.
  const {seen: relabeling} = await look(() => (rules === null || !isNeeded ? null : rules.relabeling()))
  return {...seen, relabeling, failures: [...sent.failures, ...loaded.failures]}
}
