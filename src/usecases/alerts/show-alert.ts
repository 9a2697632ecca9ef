import {
  type AlertFindings,
  type AlertView,
  knownAlerts,
  verdictOfView,
  viewAlert,
} from '../../domain/alert/alert-view.js'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {closest} from '../../domain/text/did-you-mean.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Clock} from '../../ports/clock.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'

export interface ShowAlertDeps {
  /** null when it is not configured; one of the two is. */
  readonly alerts: Alerts | null
  readonly rules: LoadedRules | null
  readonly clock: Clock
}

interface Look<T> {
  readonly seen: T
  readonly failure: FaciError | null
}

async function look<T>(work: () => Promise<T>, nothing: T): Promise<Look<T>> {
  try {
    return {seen: await work(), failure: null}
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return {seen: nothing, failure: error}
  }
}

type Sent = Omit<AlertFindings, 'rules'>

async function askAlertmanager(alerts: Alerts | null): Promise<Sent> {
  if (alerts === null) return {active: [], silences: []}
  const [active, silences] = await Promise.all([alerts.active(), alerts.silences()])
  return {active, silences}
}

function unknownName(name: string, known: readonly string[]): FaciError {
  const near = closest(name, known)
  return new FaciError('notFound', `no rule defines an alert ${name}, and none of that name is active`, {
    suggestions: [near === null ? `there are: ${known.join(', ') || 'none'}` : `faci alerts show ${near}`],
  })
}

/**
 * One alert in full: what Prometheus finds and what Alertmanager does with it. What one of them cannot tell is said. Errors: `notFound`;
 * that of a backend when the other does not know the name.
 */
export async function showAlert(
  {alerts, rules, clock}: ShowAlertDeps,
  {name}: {readonly name: string},
): Promise<Result<AlertView>> {
  const [sent, loaded] = await Promise.all([
    look(() => askAlertmanager(alerts), {active: [], silences: []}),
    look(async () => (rules === null ? [] : rules.alerts()), []),
  ])
  const findings: AlertFindings = {...sent.seen, rules: loaded.seen}
  const known = knownAlerts(findings)
  const failures = [sent.failure, loaded.failure].filter((failure) => failure !== null)
  if (!known.includes(name)) throw failures[0] ?? unknownName(name, known)
  const at = clock.now().toISOString()
  const view = viewAlert(name, findings, {at, problems: failures.map(({message}) => message)})
  return {verdict: verdictOfView(view), data: view}
}
