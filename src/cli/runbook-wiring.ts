import {findSecret} from '../config/secrets.js'
import type {RunEvent} from '../domain/execution/events.js'
import {sendNotice} from '../usecases/notices/send-notice.js'
import type {PrepareInput, RunDeps, RunPlace} from '../usecases/runbook/run-context.js'
import type {PlanRunbookDeps} from '../usecases/runbook/plan-runbook.js'
import type {Container} from './container.js'
import {noticeDeps} from './notice-wiring.js'
import {parseInputs} from './runbook-flags.js'
import type {Terminal} from './terminal.js'

/** The ports that planning a run asks. */
export async function planDeps(container: Container): Promise<PlanRunbookDeps> {
  const [library, shell, prompt, http, metrics, compose] = await Promise.all([
    container.library(),
    container.shell(),
    container.prompt(),
    container.http(),
    container.metrics(),
    container.compose(),
  ])
  const readValue: RunDeps['readValue'] = (source) => Promise.resolve(findSecret(source, process.env))
  return {library, shell, prompt, http, metrics, compose, masker: container.masker, readValue}
}

/** The ports that a run acts through. */
export async function runDeps(container: Container, terminal: Terminal): Promise<RunDeps> {
  const [plan, clock, ids, engine, logs, journal, leases, progress] = await Promise.all([
    planDeps(container),
    container.clock(),
    container.ids(),
    container.engine(),
    container.logs(),
    container.journal<RunEvent>(),
    container.leases(),
    container.progress(),
  ])
  // A notice that is only shown has its turn after the task that shows it.
  const notices = await noticeDeps(container, terminal, progress.say)
  const notify: RunDeps['notify'] = (notice) => sendNotice(notices, notice)
  return {...plan, clock, ids, engine, logs, journal, leases, progress, notify}
}

async function runPlace({config, healthEndpoints, operator}: Container): Promise<RunPlace> {
  const {name, host} = await operator()
  return {
    service: config.service,
    environment: config.environment,
    project: config.compose.project,
    configFile: config.file,
    directory: config.directory,
    locale: config.locale,
    operator: name,
    host,
    endpoints: healthEndpoints,
  }
}

export interface RunFlags {
  readonly input: readonly string[] | undefined
  readonly diagnose: boolean
  readonly force: boolean
  readonly yes: boolean
  readonly approve: readonly string[] | undefined
  readonly confirm: string | undefined
}

/** Inside a block the inputs of the run are environment variables: they hide nothing. */
function environmentNames(environment: NodeJS.ProcessEnv): ReadonlySet<string> {
  return new Set((environment['FACI_RUN_ID'] ?? '') === '' ? Object.keys(environment) : [])
}

export async function prepareInput(container: Container, name: string, flags: RunFlags): Promise<PrepareInput> {
  return {
    name,
    place: await runPlace(container),
    inputs: parseInputs(flags.input ?? []),
    environmentNames: environmentNames(process.env),
    diagnose: flags.diagnose,
    force: flags.force,
    yes: flags.yes,
    approve: flags.approve ?? [],
    confirm: flags.confirm ?? null,
  }
}
