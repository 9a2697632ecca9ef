import {shownDocument} from '../../domain/text/shown-document.js'
import type {Style} from '../../render/text/style.js'
import type {AlertChangeInput} from '../../usecases/alerts/enter-alert-change.js'
import type {ConsentFlags} from '../flags/change-flags.js'
import type {App} from '../app/app-ports.js'
import {requirePort} from '../app/require-port.js'
import {runMembership} from '../wiring/run-membership.js'
import {toScreen} from '../process/screen.js'
import type {Terminal} from '../process/terminal.js'

/** The ports of what changes Alertmanager. */
export async function alertChangeDeps(app: App) {
  const [alerts, alertRules, clock, leases, prompt] = await Promise.all([
    app.alerts(),
    app.alertRules(),
    app.clock(),
    app.leases(),
    app.prompt(),
  ])
  const {patterns} = app
  return {alerts: requirePort(alerts, 'alertmanager'), alertRules, clock, leases, prompt, patterns}
}

export async function alertChangeInput(app: App, flags: ConsentFlags): Promise<Omit<AlertChangeInput, 'signal'>> {
  const {environment, production} = app.config
  const {project} = await app.place()
  const {yes, confirm = null} = flags
  const where = {environment, production, project}
  return {...where, yes, confirm, dryRun: flags['dry-run'], ...runMembership(process.env)}
}

/** Shows a plan on stderr before the question; under `--json` the answer holds it. */
export function planOnStderr<P>(
  {masker}: App,
  {stderrStyle}: Terminal,
  json: boolean,
  render: (plan: P, style: Style) => string,
): (plan: P) => Promise<void> {
  return (plan) => {
    if (!json) toScreen('stderr', `${render(shownDocument(plan, masker.mask), stderrStyle)}\n\n`, masker.mask)
    return Promise.resolve()
  }
}
