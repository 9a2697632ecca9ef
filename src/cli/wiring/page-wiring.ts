import {findPage} from '../../usecases/incidents/find-page.js'
import type {OpenDeps} from '../../usecases/incidents/open-incident.js'
import type {App} from '../app/app-ports.js'
import {once} from '../app/once.js'
import type {Terminal} from '../process/terminal.js'
import {tellDeps} from './incident-wiring.js'

/** The same, with alerts that Alertmanager is asked for once: one that hangs holds up an incident for one deadline, not for each question. */
export function withAlertsOnce(app: App): App {
  const alerts = once(async () => {
    const port = await app.alerts()
    return port === null ? null : {...port, active: once(port.active)}
  })
  return {...app, alerts}
}

function pageOf(app: App): OpenDeps['pageOf'] {
  const shared = app.config.channels.find(({sharesPages}) => sharesPages !== undefined)?.sharesPages
  if (shared === undefined) return null
  return async (alerts) => {
    const routing = await app.alertRouting()
    if (routing === null) return {by: 'faci', why: 'unanswered'}
    return findPage({routing, patterns: app.patterns}, {alerts, ...shared})
  }
}

/** Asked by now, and waited for by whoever needs it. */
function ahead<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

interface OpenFlags {
  readonly json: boolean
  readonly quiet: boolean
  /** Names of its alerts. */
  readonly alerts: readonly string[]
}

/** What opens an incident of these alerts; Alertmanager is asked all at once, from here on. */
export async function openDeps(given: App, terminal: Terminal, {alerts, ...flags}: OpenFlags): Promise<OpenDeps> {
  const app = withAlertsOnce(given)
  const page = alerts.length === 0 ? undefined : pageOf(app)?.(alerts)
  const asked = page === undefined ? null : ahead(page)
  const deps = await tellDeps(app, terminal, flags)
  if (asked !== null && deps.eyes.alerts !== null) void ahead(deps.eyes.alerts())
  return {...deps, pageOf: asked === null ? pageOf(app) : () => asked}
}
