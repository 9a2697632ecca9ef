import {DASHBOARD_NAMES, DASHBOARDS} from '../domain/dashboard/dashboards.js'
import {GOLDEN_SIGNALS} from '../domain/signals/golden-signals.js'
import type {DailyCheckDeps, DailyCheckInput} from '../usecases/check/run-daily-check.js'
import type {NotifyCheckDeps} from '../usecases/check/notify-check.js'
import type {Container} from './container-ports.js'
import {evaluationTime} from './evaluation-time.js'
import {noticeDeps} from './notice-wiring.js'
import {projectPlace} from './services-wiring.js'
import {signalScope} from './signal-scope.js'
import {signalTargets} from './signal-targets.js'
import {sloInput} from './slo-wiring.js'
import type {Terminal} from './terminal.js'

/** Nobody waits for it, and thirty days of samples take a server its time. */
const TIMEOUT_SECONDS = 30
const WINDOW_SECONDS = 300

export async function dailyCheckDeps(container: Container): Promise<DailyCheckDeps> {
  const [engine, stackModel, http, metrics, alerts, rules, clock] = await Promise.all([
    container.engine(),
    container.stackModel(),
    container.http(),
    container.metrics(TIMEOUT_SECONDS),
    container.alerts(),
    container.loadedRules(),
    container.clock(),
  ])
  const runbooks: DailyCheckDeps['runbooks'] = async () => (await container.library()).list()
  const {patterns} = container
  return {engine, stackModel, http, metrics, alerts, rules, clock, patterns, runbooks}
}

export async function dailyCheckInput(container: Container): Promise<DailyCheckInput> {
  const {config, healthEndpoints} = container
  const scope = signalScope(config, WINDOW_SECONDS)
  const {job} = scope
  return {
    service: config.service,
    environment: config.environment,
    production: config.production,
    ...projectPlace(container),
    endpoints: healthEndpoints,
    signals: {
      signals: GOLDEN_SIGNALS,
      scope,
      targets: signalTargets(config.targets),
      at: evaluationTime(await container.clock()),
    },
    slos: config.slos.length === 0 ? null : await sloInput(container, [], {at: undefined, prefersRecorded: true}),
    dashboards: DASHBOARD_NAMES.map((name) => DASHBOARDS[name]({job, rangeSeconds: null})),
  }
}

export async function notifyCheckDeps(
  container: Container,
  terminal: Terminal,
  show: (text: string) => void,
): Promise<NotifyCheckDeps> {
  const [deps, memory] = await Promise.all([noticeDeps(container, terminal, show, true), container.checkMemory()])
  return {...deps, memory}
}
