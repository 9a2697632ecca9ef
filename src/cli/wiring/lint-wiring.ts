import type {RunEvent} from '../../domain/journal/events.js'
import type {LintDeps, LintInput} from '../../usecases/runbook/lint-runbooks.js'
import type {LintLiveDeps} from '../../usecases/runbook/lint-live.js'
import type {App} from '../app/app-ports.js'
import {TERMINAL} from '../../domain/notices/channels.js'
import {FaciError} from '../../domain/errors.js'
import {usedReader} from '../app/read-used.js'

async function liveDeps(app: App): Promise<LintLiveDeps> {
  const [compose, metrics, http, shell, journal, clock] = await Promise.all([
    app.compose(),
    app.metrics(),
    app.http(),
    app.shell(),
    app.journal<RunEvent>(),
    app.clock(),
  ])
  return {compose, metrics, http, shell, journal, clock}
}

/** The ports that linting asks; the running system only with `live`. */
export async function lintDeps(app: App, {live}: {readonly live: boolean}): Promise<LintDeps> {
  const [library, shell, alertRules] = await Promise.all([app.library(), app.shell(), app.alertRules()])
  const {patterns, config} = app
  const read = usedReader(config.trust)
  const readUsed: LintDeps['readUsed'] = (file) =>
    read(config.directory, file).catch((error: unknown) => {
      if (error instanceof FaciError && error.code === 'runbookInvalid') return null
      throw error
    })
  return {library, shell, patterns, alertRules, readUsed, live: live ? await liveDeps(app) : null}
}

export function lintInput({config, channelSetups, healthEndpoints}: App, names: readonly string[]): LintInput {
  return {
    names,
    channels: [...config.channels.map(({name}) => name), TERMINAL],
    setups: channelSetups,
    health: Object.fromEntries(healthEndpoints.map(({name, url}) => [name, url])),
    directory: process.cwd(),
  }
}
