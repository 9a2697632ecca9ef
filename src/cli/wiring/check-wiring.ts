import {DASHBOARD_NAMES, DASHBOARDS} from '../../domain/dashboard/dashboards.js'
import {GOLDEN_SIGNALS} from '../../domain/signals/golden-signals.js'
import type {DailyCheckDeps, DailyCheckInput} from '../../usecases/check/run-daily-check.js'
import type {NotifyCheckDeps} from '../../usecases/check/notify-check.js'
import {keepMissingFigures} from '../../usecases/postmortem/keep-missing-figures.js'
import {isReadOnly} from '../process/read-only.js'
import {gaugesOf} from './impact-wiring.js'
import type {App} from '../app/app-ports.js'
import {evaluationTime} from '../flags/evaluation-time.js'
import {noticeDeps} from './notice-wiring.js'
import {oncallNow} from './oncall-wiring.js'
import {projectPlace} from './services-wiring.js'
import {signalScope} from '../flags/signal-scope.js'
import {signalTargets} from './signal-targets.js'
import {sloInput} from './slo-wiring.js'
import type {Terminal} from '../process/terminal.js'

/** Nobody waits for it, and thirty days of samples take a server its time. */
const TIMEOUT_SECONDS = 30
const WINDOW_SECONDS = 300

export async function dailyCheckDeps(app: App): Promise<DailyCheckDeps> {
  const [engine, stackModel, prober, metrics, alerts, rules, clock, incidents] = await Promise.all([
    app.engine(),
    app.stackModel(),
    app.prober(),
    app.metrics(TIMEOUT_SECONDS),
    app.alerts(),
    app.loadedRules(),
    app.clock(),
    app.incidents(),
  ])
  const runbooks: DailyCheckDeps['runbooks'] = async () => (await app.library()).list()
  const {patterns} = app
  const ports = {engine, stackModel, prober, metrics, alerts, rules, clock, patterns, incidents}
  return {...ports, runbooks, oncall: oncallNow(app)}
}

export async function dailyCheckInput(app: App): Promise<DailyCheckInput> {
  const {config, healthEndpoints} = app
  const scope = signalScope(config, WINDOW_SECONDS)
  const {job} = scope
  return {
    service: config.service,
    environment: config.environment,
    production: config.production,
    ...(await projectPlace(app)),
    endpoints: healthEndpoints,
    signals: {
      signals: GOLDEN_SIGNALS,
      scope,
      targets: signalTargets(config.targets),
      at: evaluationTime(await app.clock()),
    },
    slos: config.slos.length === 0 ? null : await sloInput(app, [], {at: undefined, prefersRecorded: true}),
    updates: config.incidents.updates,
    dashboards: DASHBOARD_NAMES.map((name) => DASHBOARDS[name]({job, rangeSeconds: null})),
  }
}

export async function notifyCheckDeps(
  app: App,
  terminal: Terminal,
  show: (text: string) => void,
): Promise<NotifyCheckDeps> {
  const [deps, memory] = await Promise.all([noticeDeps(app, terminal, show, true), app.lastNotifiedFindings()])
  return {...deps, memory}
}

/** Of incidents that nobody could measure when they were resolved. */
export async function keepFigures(app: App): Promise<void> {
  if (app.config.prometheus === null || isReadOnly(process.env)) return
  const [incidents, clock] = await Promise.all([app.incidents(), app.clock()])
  await keepMissingFigures({incidents, clock, gauges: () => gaugesOf(app)})
}
