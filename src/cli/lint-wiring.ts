import type {RunEvent} from '../domain/execution/events.js'
import type {LintDeps, LintInput} from '../usecases/runbook/lint-runbooks.js'
import type {LintLiveDeps} from '../usecases/runbook/lint-live.js'
import type {Container} from './container-ports.js'
import {FaciError} from '../domain/errors.js'
import {usedReader} from './container/read-used.js'

async function liveDeps(container: Container): Promise<LintLiveDeps> {
  const [compose, metrics, http, shell, journal, clock] = await Promise.all([
    container.compose(),
    container.metrics(),
    container.http(),
    container.shell(),
    container.journal<RunEvent>(),
    container.clock(),
  ])
  return {compose, metrics, http, shell, journal, clock}
}

/** The ports that linting asks; the running system only with `live`. */
export async function lintDeps(container: Container, {live}: {readonly live: boolean}): Promise<LintDeps> {
  const [library, shell, alertRules] = await Promise.all([
    container.library(),
    container.shell(),
    container.alertRules(),
  ])
  const {patterns, config} = container
  const read = usedReader(config.trust)
  const readUsed: LintDeps['readUsed'] = (file) =>
    read(config.directory, file).catch((error: unknown) => {
      if (error instanceof FaciError && error.code === 'runbookInvalid') return null
      throw error
    })
  return {library, shell, patterns, alertRules, readUsed, live: live ? await liveDeps(container) : null}
}

export function lintInput({config, healthEndpoints}: Container, names: readonly string[]): LintInput {
  const channels = Object.entries(config.notices).filter(([, channel]) => channel !== null)
  return {
    names,
    channels: [...channels.map(([name]) => name), 'terminal'],
    health: Object.fromEntries(healthEndpoints.map(({name, url}) => [name, url])),
    directory: process.cwd(),
  }
}
