import type {RunEvent} from '../domain/execution/events.js'
import type {RollbackPolicy} from '../domain/execution/plan.js'
import {shownDocument} from '../domain/text/shown-document.js'
import {renderGateCard} from '../render/text/gate-card.js'
import {sendNotice} from '../usecases/notices/send-notice.js'
import type {PrepareInput, RunDeps, RunPlace} from '../usecases/runbook/run-context.js'
import type {PlanRunbookDeps} from '../usecases/runbook/plan-runbook.js'
import type {Shell} from '../ports/shell.js'
import type {Container} from './container-ports.js'
import {dockerEngineId} from './container/docker-identity.js'
import {usedReader} from './container/read-used.js'
import {noticeDeps} from './notice-wiring.js'
import {readValue} from './read-value.js'
import {parseInputs} from './runbook-flags.js'
import type {Terminal} from './terminal.js'

/** A dry run may start nothing but `bash -n`: one for each script. */
function oneByOne(shell: Shell): Shell {
  return {...shell, checkAll: (scripts) => Promise.all(scripts.map(shell.check))}
}

/** The ports that a dry run asks. */
export async function planDeps(container: Container): Promise<PlanRunbookDeps> {
  const deps = await prepareDeps(container)
  return {...deps, shell: oneByOne(deps.shell)}
}

async function prepareDeps(container: Container): Promise<PlanRunbookDeps> {
  const [library, shell, prompt, http, metrics, compose] = await Promise.all([
    container.library(),
    container.shell(),
    container.prompt(),
    container.http(),
    container.metrics(),
    container.compose(),
  ])
  const {masker, patterns} = container
  const asked = {readValue, patterns, engineId: dockerEngineId, readUsed: usedReader(container.config.trust)}
  return {library, shell, prompt, http, metrics, compose, masker, ...asked}
}

/** The ports that a run acts through. */
export async function runDeps(container: Container, terminal: Terminal): Promise<RunDeps> {
  const [plan, clock, ids, engine, logs, journal, leases, runSilences, progress] = await Promise.all([
    prepareDeps(container),
    container.clock(),
    container.ids(),
    container.engine(),
    container.logs(),
    container.journal<RunEvent>(),
    container.leases(),
    container.runSilences(),
    container.progress(),
  ])
  // A notice that is only shown has its turn after the task that shows it.
  const notices = await noticeDeps(container, terminal, progress.say)
  const notify: RunDeps['notify'] = (notice) => sendNotice(notices, notice)
  const {mask} = container.masker
  const drawGate: RunDeps['drawGate'] = (card) => renderGateCard(shownDocument(card, mask), terminal.stderrStyle)
  return {...plan, clock, ids, engine, logs, journal, leases, runSilences, progress, drawGate, notify}
}

async function runPlace({config, healthEndpoints, operator}: Container): Promise<RunPlace> {
  const {name, host} = await operator()
  return {
    service: config.service,
    environment: config.environment,
    production: config.production,
    project: config.compose.project,
    configFile: config.file,
    directory: config.directory,
    locale: config.locale,
    operator: name,
    host,
    endpoints: healthEndpoints,
  }
}

/** How a run is consented to, whether it begins or goes on. */
interface ConsentFlags {
  readonly force: boolean
  readonly yes: boolean
  readonly approve: readonly string[] | undefined
  readonly confirm: string | undefined
  readonly step: boolean
  readonly rollback: RollbackPolicy | undefined
}

export interface RunFlags extends ConsentFlags {
  readonly input: readonly string[] | undefined
  readonly diagnose: boolean
  readonly only: readonly string[] | undefined
  readonly skip: readonly string[] | undefined
  readonly from: string | undefined
}

/** Inside a block the inputs of the run are environment variables: they hide nothing. */
function environmentNames(environment: NodeJS.ProcessEnv): ReadonlySet<string> {
  return new Set((environment['FACI_RUN_ID'] ?? '') === '' ? Object.keys(environment) : [])
}

async function consentInput(container: Container, flags: ConsentFlags) {
  const {force, yes, step} = flags
  return {
    place: await runPlace(container),
    environmentNames: environmentNames(process.env),
    ...{force, yes, step},
    approve: flags.approve ?? [],
    confirm: flags.confirm ?? null,
    rollback: flags.rollback ?? null,
  }
}

export async function prepareInput(container: Container, name: string, flags: RunFlags): Promise<PrepareInput> {
  return {
    ...(await consentInput(container, flags)),
    name,
    inputs: parseInputs(flags.input ?? []),
    diagnose: flags.diagnose,
    selection: {only: flags.only ?? [], skip: flags.skip ?? [], from: flags.from ?? null},
  }
}

export async function resumeInput(container: Container, runId: string | null, flags: ConsentFlags) {
  return {...(await consentInput(container, flags)), runId}
}

export async function resumePlanDeps(container: Container) {
  const [deps, journal, leases] = await Promise.all([
    planDeps(container),
    container.journal<RunEvent>(),
    container.leases(),
  ])
  return {...deps, journal, leases}
}
