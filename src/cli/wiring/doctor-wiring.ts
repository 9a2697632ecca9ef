import {findSecret, shortSecrets} from '../../config/secrets.js'
import {shownReference} from '../../domain/secrets/secret-reference.js'
import type {Channel} from '../../ports/channel.js'
import type {ChannelSetup} from '../../usecases/doctor/examine-notices.js'
import type {SetupDeps, SetupInput} from '../../usecases/doctor/examine-setup.js'
import type {App} from '../app/app-ports.js'
import {oncallNow} from './oncall-wiring.js'
import {projectPlace} from './services-wiring.js'

const SCOPE_WINDOW_SECONDS = 300

/** The channel's own reading of faci.yml. */
function sharesPages({config}: App): SetupInput['sharesPages'] {
  return config.channels.find((channel) => channel.sharesPages !== undefined)?.sharesPages ?? null
}

/** The ports that `doctor` asks, all at once. */
export async function setupDeps(app: App): Promise<SetupDeps> {
  const [notifiers, journal, keeper] = await Promise.all([
    app.notifiers(() => Promise.resolve()),
    app.journal(),
    app.storeKeeper(),
  ])
  const [engine, stackModel, clock, compose, prober, metrics, alerts, library, outbox, shell] = await Promise.all([
    app.engine(),
    app.stackModel(),
    app.clock(),
    app.compose(),
    app.prober(),
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
    prober,
    metrics,
    alerts,
    library,
    runbooks,
    outbox,
    shell,
    notifiers,
    journal,
    keeper,
    routing: sharesPages(app) === null ? null : await app.alertRouting(),
    oncall: oncallNow(app),
  }
}

function channelSetup({name, address, secrets}: Channel): ChannelSetup {
  const missing = secrets.find((reference) => findSecret(reference, process.env) === null)
  return {
    ...{name, address},
    secrets: secrets.map(shownReference),
    missing: missing ?? null,
  }
}

export async function setupInput(app: App): Promise<SetupInput> {
  const {config, healthEndpoints} = app
  return {
    configFile: config.file,
    environment: config.environment,
    production: config.production,
    ...(await projectPlace(app)),
    endpoints: healthEndpoints,
    scope: {job: config.prometheus?.job ?? null, windowSeconds: SCOPE_WINDOW_SECONDS},
    channels: config.channels.map(channelSetup),
    channelSetups: app.channelSetups,
    sharesPages: sharesPages(app),
    shortSecrets: shortSecrets(config, process.env),
    unsharedStore: await app.unsharedStore(),
    storeDirectory: config.storeDirectory,
  }
}
