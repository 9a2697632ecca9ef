import {findSecret, shortSecrets, shownReference} from '../config/secrets.js'
import type {NoticeSetup} from '../usecases/setup/examine-notices.js'
import type {SetupDeps, SetupInput} from '../usecases/setup/examine-setup.js'
import type {Container} from './container-ports.js'
import {projectPlace} from './services-wiring.js'

const SCOPE_WINDOW_SECONDS = 300

/** The ports that `doctor` asks, all at once. */
export async function setupDeps(container: Container): Promise<SetupDeps> {
  const [notifiers, journal] = await Promise.all([container.notifiers(() => undefined), container.journal()])
  const [engine, stackModel, clock, compose, http, metrics, alerts, library, outbox, shell] = await Promise.all([
    container.engine(),
    container.stackModel(),
    container.clock(),
    container.compose(),
    container.http(),
    container.metrics(),
    container.alerts(),
    container.library(),
    container.outbox(),
    container.shell(),
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

function noticeSetup({config}: Container): NoticeSetup {
  const {slack} = config.notices
  if (slack === null) return {channel: null, secret: null, secretFound: false}
  const reference = slack.token ?? slack.webhook
  if (reference === null) return {channel: 'slack', secret: null, secretFound: false}
  const channel = slack.channel === null ? 'slack webhook' : `slack ${slack.channel}`
  return {channel, secret: shownReference(reference), secretFound: findSecret(reference, process.env) !== null}
}

export function setupInput(container: Container): SetupInput {
  const {config, healthEndpoints} = container
  return {
    configFile: config.file,
    environment: config.environment,
    production: config.production,
    ...projectPlace(container),
    endpoints: healthEndpoints,
    scope: {job: config.prometheus?.job ?? null, windowSeconds: SCOPE_WINDOW_SECONDS},
    notices: noticeSetup(container),
    shortSecrets: shortSecrets(config, process.env),
  }
}
