import {findSecret, shortSecrets, shownReference} from '../../config/secrets.js'
import type {NoticeSetup} from '../../usecases/doctor/examine-notices.js'
import type {SetupDeps, SetupInput} from '../../usecases/doctor/examine-setup.js'
import type {App} from '../app/app-ports.js'
import {projectPlace} from './services-wiring.js'

const SCOPE_WINDOW_SECONDS = 300

/** The ports that `doctor` asks, all at once. */
export async function setupDeps(app: App): Promise<SetupDeps> {
  const [notifiers, journal] = await Promise.all([app.notifiers(() => undefined), app.journal()])
  const [engine, stackModel, clock, compose, http, metrics, alerts, library, outbox, shell] = await Promise.all([
    app.engine(),
    app.stackModel(),
    app.clock(),
    app.compose(),
    app.http(),
    app.metrics(),
    app.alerts(),
    app.library(),
    app.outbox(),
    app.shell(),
  ])
  const {list: runbooks} = library
  return {
    engine,
    stackModel,
    clock,
    compose,
    http,
    metrics,
    alerts,
    library,
    runbooks,
    outbox,
    shell,
    notifiers,
    journal,
  }
}

function noticeSetup({config}: App): NoticeSetup {
  const {slack} = config.notices
  if (slack === null) return {channel: null, secret: null, secretFound: false}
  const reference = slack.token ?? slack.webhook
  if (reference === null) return {channel: 'slack', secret: null, secretFound: false}
  const channel = slack.channel === null ? 'slack webhook' : `slack ${slack.channel}`
  return {channel, secret: shownReference(reference), secretFound: findSecret(reference, process.env) !== null}
}

export function setupInput(app: App): SetupInput {
  const {config, healthEndpoints} = app
  return {
    configFile: config.file,
    environment: config.environment,
    production: config.production,
    ...projectPlace(app),
    endpoints: healthEndpoints,
    scope: {job: config.prometheus?.job ?? null, windowSeconds: SCOPE_WINDOW_SECONDS},
    notices: noticeSetup(app),
    shortSecrets: shortSecrets(config, process.env),
  }
}
