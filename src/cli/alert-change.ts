import {shownDocument} from '../domain/text/shown-document.js'
import type {Style} from '../render/text/style.js'
import type {AlertChangeInput} from '../usecases/alerts/enter-alert-change.js'
import type {ConsentFlags} from './change-flags.js'
import type {Container} from './container-ports.js'
import {requirePort} from './require-port.js'
import {runMembership} from './run-membership.js'
import {toScreen} from './screen.js'
import type {Terminal} from './terminal.js'

/** The ports of what changes Alertmanager. */
export async function alertChangeDeps(container: Container) {
  const [alerts, alertRules, clock, leases, prompt] = await Promise.all([
    container.alerts(),
    container.alertRules(),
    container.clock(),
    container.leases(),
    container.prompt(),
  ])
  const {patterns} = container
  return {alerts: requirePort(alerts, 'alertmanager'), alertRules, clock, leases, prompt, patterns}
}

export function alertChangeInput({config}: Container, flags: ConsentFlags): Omit<AlertChangeInput, 'signal'> {
  const {environment, production, compose} = config
  const {yes, confirm = null} = flags
  const where = {environment, production, project: compose.project}
  return {...where, yes, confirm, dryRun: flags['dry-run'], ...runMembership(process.env)}
}

/** Shows a plan on stderr before the question; under `--json` the answer holds it. */
export function planOnStderr<P>(
  {masker}: Container,
  {stderrStyle}: Terminal,
  json: boolean,
  render: (plan: P, style: Style) => string,
): (plan: P) => Promise<void> {
  return (plan) => {
    if (!json) toScreen('stderr', `${render(shownDocument(plan, masker.mask), stderrStyle)}\n\n`, masker.mask)
    return Promise.resolve()
  }
}
