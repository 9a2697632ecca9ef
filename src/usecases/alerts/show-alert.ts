import {
  type AlertFindings,
  type AlertView,
  knownAlerts,
  verdictOfView,
  viewAlert,
} from '../../domain/alerts/alert-view.js'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {choices, closest} from '../../domain/text/did-you-mean.js'
import type {Clock} from '../../ports/clock.js'
import {lookAtAlerts, type LookAtAlertsDeps} from './look-at-alerts.js'
import {withExpressions} from '../patterns/with-expressions.js'
import {command} from '../../domain/text/shell-command.js'

/** One of the two is configured. */
export interface ShowAlertDeps extends LookAtAlertsDeps {
  readonly clock: Clock
}

function unknownName(name: string, known: readonly string[]): FaciError {
  const near = closest(name, known)
  return new FaciError('notFound', `no rule defines an alert ${name}, and none of that name is active`, {
    suggestions: [near === null ? choices('there are', known) : command`faci alerts show ${near}`],
  })
}

/**
 * One alert in full: what Prometheus finds and what Alertmanager does with it. What one of them cannot tell is said. Errors: `notFound`;
 * that of a backend when the other does not know the name.
 */
export async function showAlert(
  {clock, ...backends}: ShowAlertDeps,
  {name}: {readonly name: string},
): Promise<Result<AlertView>> {
  const {sent, loaded, relabeling, failures} = await lookAtAlerts(backends)
  const findings: AlertFindings = {...(sent ?? {active: [], silences: []}), rules: loaded ?? [], relabeling}
  const known = knownAlerts(findings)
  if (!known.includes(name)) throw failures[0] ?? unknownName(name, known)
  const at = clock.now().toISOString()
  const about = {at, problems: failures.map(({message}) => message)}
  const view = await withExpressions(backends, (expressions) => viewAlert(name, findings, about, expressions))
  return {verdict: verdictOfView(view), data: view}
}
