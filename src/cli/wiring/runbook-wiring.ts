import type {RunEvent} from '../../domain/journal/events.js'
import type {RollbackPolicy} from '../../domain/execution/plan.js'
import {shownDocument} from '../../domain/text/shown-document.js'
import {runbookFaultText} from '../../render/words/en/lint/runbook.js'
import {RUN} from '../../render/words/en/run.js'
import {wordsFor} from '../../render/words/words.js'
import {renderGateCard} from '../../render/runbook/gate-card.js'
import {sendNotice} from '../../usecases/notices/send-notice.js'
import type {PrepareInput, RunDeps, RunPlace} from '../../usecases/runbook/run-context.js'
import type {PlanRunbookDeps} from '../../usecases/runbook/plan-runbook.js'
import type {Shell} from '../../ports/shell.js'
import type {App} from '../app/app-ports.js'
import {dockerEngineId} from '../app/docker-identity.js'
import {usedReader} from '../app/read-used.js'
import {noticeDeps} from './notice-wiring.js'
import {readValue} from '../flags/read-value.js'
import {parseInputs} from '../flags/runbook-flags.js'
import type {Terminal} from '../process/terminal.js'

/** A dry run may start nothing but `bash -n`: one for each script. */
function oneByOne(shell: Shell): Shell {
  return {...shell, checkAll: (scripts) => Promise.all(scripts.map(shell.check))}
}

/** The ports that a dry run asks. */
export async function planDeps(app: App): Promise<PlanRunbookDeps> {
  const deps = await prepareDeps(app)
  return {...deps, shell: oneByOne(deps.shell)}
}

async function prepareDeps(app: App): Promise<PlanRunbookDeps> {
  const [library, shell, prompt, http, prober, metrics, compose] = await Promise.all([
    app.library(),
    app.shell(),
    app.prompt(),
    app.http(),
    app.prober(),
    app.metrics(),
    app.compose(),
  ])
  const {masker, patterns} = app
  const asked = {readValue, patterns, engineId: dockerEngineId, readUsed: usedReader(app.config.trust)}
  return {library, shell, prompt, http, prober, metrics, compose, masker, faultText: runbookFaultText, ...asked}
}

/** The ports that a run acts through. */
export async function runDeps(app: App, terminal: Terminal): Promise<RunDeps> {
  const [plan, clock, ids, engine, logs, journal, leases, runSilences, progress] = await Promise.all([
    prepareDeps(app),
    app.clock(),
    app.ids(),
    app.engine(),
    app.logs(),
    app.journal<RunEvent>(),
    app.leases(),
    app.runSilences(),
    app.progress(),
  ])
  // A notice that is only shown has its turn after the task that shows it.
  const notices = await noticeDeps(app, terminal, progress.say)
  const notify: RunDeps['notify'] = (notice) => sendNotice(notices, notice)
  const {mask} = app.masker
  const drawGate: RunDeps['drawGate'] = (card) => renderGateCard(shownDocument(card, mask), terminal.stderrStyle)
  return {...plan, clock, ids, engine, logs, journal, leases, runSilences, progress, drawGate, notify, screen: RUN}
}

async function runPlace({config, healthEndpoints, operator, place}: App): Promise<RunPlace> {
  const [{name, host}, {project}] = await Promise.all([operator(), place()])
  return {
    service: config.service,
    environment: config.environment,
    production: config.production,
    project,
    configFile: config.file,
    directory: config.directory,
    words: wordsFor(config.locale).run,
    operator: name,
    host,
    endpoints: healthEndpoints,
    channels: config.channels.map(({name}) => name),
    incident: null,
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

async function consentInput(app: App, flags: ConsentFlags) {
  const {force, yes, step} = flags
  return {
    place: await runPlace(app),
    environmentNames: environmentNames(process.env),
    ...{force, yes, step},
    approve: flags.approve ?? [],
    confirm: flags.confirm ?? null,
    rollback: flags.rollback ?? null,
  }
}

export async function prepareInput(app: App, name: string, flags: RunFlags): Promise<PrepareInput> {
  return {
    ...(await consentInput(app, flags)),
    name,
    inputs: parseInputs(flags.input ?? []),
    diagnose: flags.diagnose,
    selection: {only: flags.only ?? [], skip: flags.skip ?? [], from: flags.from ?? null},
  }
}

export async function resumeInput(app: App, runId: string | null, flags: ConsentFlags) {
  return {...(await consentInput(app, flags)), runId}
}

export async function resumePlanDeps(app: App) {
  const [deps, journal, leases] = await Promise.all([planDeps(app), app.journal<RunEvent>(), app.leases()])
  return {...deps, journal, leases}
}
