import {setImmediate} from 'node:timers/promises'
import type {JournaledEvent} from '../../domain/journal/journal-actions.js'
import {recentActions} from '../../usecases/status/recent-actions.js'
import type {Engine} from '../../ports/engine.js'
import type {StatusDeps, StatusInput} from '../../usecases/status/survey-status.js'
import {checkoutOf} from './checkout.js'
import type {App} from '../app/app-ports.js'
import {signalScope} from '../flags/signal-scope.js'
import {oncallNow} from './oncall-wiring.js'
import {signalTargets} from './signal-targets.js'

/** The same engine, already at its first listing of the project. */
function listAhead(engine: Engine, project: string): Engine {
  const begun = engine.containers(project)
  // Whoever asks for it sees the error.
  begun.catch(() => undefined)
  let ahead: typeof begun | null = begun
  return {
    ...engine,
    containers: (asked) => {
      const first = asked === project ? ahead : null
      ahead = null
      return first ?? engine.containers(asked)
    },
  }
}

/** The ports that `status` asks. The engine answers last, in two rounds: it is at work while the others are loaded. */
export async function statusDeps(app: App): Promise<StatusDeps> {
  const engine = listAhead(await app.engine(), (await app.place()).project)
  // Two turns of the event loop connect and send; what is loaded next would hold them up.
  await setImmediate()
  await setImmediate()
  const [stackModel, prober, metrics, alerts, rules, leases, outbox, incidents, clock, journal] = await Promise.all([
    app.stackModel(),
    app.prober(),
    app.metrics(),
    app.alerts(),
    app.loadedRules(),
    app.leases(),
    app.outbox(),
    app.incidents(),
    app.clock(),
    app.journal<JournaledEvent>(),
  ])
  return {
    ...{engine, stackModel, prober, metrics, alerts, rules, leases, outbox, incidents, clock},
    patterns: app.patterns,
    actions: () => recentActions(journal),
    oncall: oncallNow(app),
    unreadableRuns: journal.unreadable,
    runbooks: async () => (await app.library()).list(),
  }
}

export async function statusInput(
  {config, healthEndpoints, place}: App,
  services: readonly string[],
  windowSeconds: number,
): Promise<StatusInput> {
  const found = await place()
  const {project, directory} = found
  return {
    service: config.service,
    environment: config.environment,
    production: config.production,
    project,
    services,
    endpoints: healthEndpoints,
    checkout: checkoutOf(found),
    scope: signalScope(config, windowSeconds),
    directory,
    targets: signalTargets(config.targets),
    incidentRules: config.incidents,
  }
}
