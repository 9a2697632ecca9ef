import {type Environment, environmentLabel} from '../../domain/environment.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {type SetupItem, type SetupReport, setupVerdict} from '../../domain/doctor/setup-report.js'
import {jobMatchers, type Scope, selector} from '../../domain/promql/promql.js'
import type {ChannelSetups} from '../../domain/notices/channels.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import type {StackWords} from '../../domain/stack/stack-words.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Compose} from '../../ports/compose.js'
import type {Http} from '../../ports/http.js'
import type {Journal} from '../../ports/journal.js'
import type {Library} from '../../ports/library.js'
import type {Metrics} from '../../ports/metrics.js'
import type {Notifier} from '../../ports/notifier.js'
import type {Outbox} from '../../ports/outbox.js'
import type {Shell} from '../../ports/shell.js'
import {answeringEndpoints, probeOnce} from '../stack/probe-health.js'
import {type ChannelSetup, examineNotices, examineOutbox, examineRuns, fine, type Finding} from './examine-notices.js'
import {surveyServices, type SurveyServicesDeps} from '../status/survey-services.js'
import {command} from '../../domain/text/shell-command.js'

export interface SetupDeps extends SurveyServicesDeps {
  readonly compose: Compose
  readonly http: Http
  readonly metrics: Metrics | null
  readonly alerts: Alerts | null
  readonly library: Library
  readonly outbox: Outbox
  readonly notifiers: readonly Notifier[]
  readonly journal: Pick<Journal<never>, 'unreadable'>
  readonly shell: Shell
  readonly words: StackWords
}

export interface SetupInput extends Environment {
  readonly configFile: string
  readonly project: string
  /** The checkout of the Compose file. */
  readonly directory: string
  readonly endpoints: readonly HealthEndpoint[]
  readonly scope: Scope
  readonly channels: readonly ChannelSetup[]
  readonly channelSetups: ChannelSetups
  /** References whose value has fewer than 8 characters. */
  readonly shortSecrets: readonly string[]
}

function shortSecretWarning(reference: string): string {
  return `${reference} has fewer than 8 characters: faci cannot hide it reliably in logs and notices; use a longer one`
}

/** The command that this is: it leads nowhere from here. */
const OWN_COMMAND = 'faci doctor'

/** One item; whatever a backend's adapter reports becomes its finding. */
async function examine(name: string, work: () => Promise<Finding>): Promise<SetupItem> {
  try {
    return {name, ...(await work())}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    const state = error.code === 'configInvalid' || error.code === 'runbookInvalid' ? 'failed' : 'unknown'
    return {name, state, detail: error.message, next: error.suggestions.find((one) => one !== OWN_COMMAND) ?? null}
  }
}

function notConfigured(name: string, key: string): SetupItem {
  return {name, state: 'notConfigured', detail: `no ${key}: in faci.yml`, next: null}
}

async function examineCompose({compose}: SetupDeps): Promise<Finding> {
  const [tool, model] = await Promise.all([compose.tool(), compose.model()])
  return fine(`${tool.command} ${tool.version}, services: ${model.services.join(', ')}`)
}

const STATE_OF_VERDICT = {healthy: 'ok', degraded: 'failed', down: 'failed', unknown: 'unknown'} as const

/** As `status` judges them. */
async function examineContainers(deps: SetupDeps, {project, directory, endpoints}: SetupInput): Promise<Finding> {
  const place = {project, directory, services: []}
  const {states, verdict, absent, warnings} = await surveyServices(
    deps,
    place,
    answeringEndpoints(deps.http, endpoints),
  )
  if (absent !== null) {
    const others = absent.projects.map((other) => other.project)
    const running = others.length === 0 ? '' : `; on this engine: ${others.join(', ')}`
    return {state: 'failed', detail: `project ${project} has no containers${running}`, next: absent.next}
  }
  const wrong = states.filter((state) => state.verdict !== 'healthy')
  const well = `${states.length - wrong.length} of ${states.length} services of ${project} healthy`
  const troubles = [...wrong.map((state) => `${state.service}: ${deps.words.service(state)}`), ...warnings]
  const next = wrong.find((state) => state.next !== null)?.next ?? (verdict === 'healthy' ? null : 'faci status')
  return {state: STATE_OF_VERDICT[verdict], detail: [well, ...troubles].join('; '), next}
}

async function examineEndpoint({http, words}: SetupDeps, endpoint: HealthEndpoint): Promise<Finding> {
  const probe = await probeOnce(http, endpoint)
  if (probe.reason === null) return fine(endpoint.url)
  const state = probe.outcome === 'degraded' ? 'warning' : 'failed'
  return {state, detail: words.probe(probe.reason), next: 'faci status'}
}

async function examineMetrics(metrics: Metrics, scope: Scope): Promise<Finding> {
  const expression = `count(up${selector(jobMatchers(scope))} == 1)`
  const [version, up] = await Promise.all([metrics.version(), metrics.query(expression)])
  const targets = up.samples[0]?.value ?? 0
  if (targets > 0)
    return fine(
      `Prometheus ${version}, ${targets} ${targets === 1 ? 'target' : 'targets'} of job ${scope.job ?? 'any'} up`,
    )
  return {
    state: 'warning',
    detail: `Prometheus ${version} has no target up for job ${scope.job ?? 'any'}`,
    next: `faci query 'up' and compare with prometheus.job in faci.yml`,
  }
}

async function examineRunbooks({library}: SetupDeps): Promise<Finding> {
  const all = await library.list()
  const read = await Promise.all(all.map(({name}) => library.read(name)))
  const broken = read.flatMap((one) => (one.kind === 'invalid' ? one : []))
  if (all.length === 0) return {state: 'warning', detail: 'no runbooks', next: 'write one: runbooks/README.md'}
  const [first] = broken
  if (first === undefined) return fine(`${all.length} valid: ${all.map(({name}) => name).join(', ')}`)
  const names = broken.map(({name}) => name).join(', ')
  return {state: 'failed', detail: `invalid: ${names}`, next: command`faci runbook show ${first.name}`}
}

async function examineShell({shell}: SetupDeps): Promise<Finding> {
  await shell.check('true')
  return fine('bash is there')
}

/** Asks everything at once: can it be reached, is it valid, and what to type next. */
export async function examineSetup(deps: SetupDeps, input: SetupInput): Promise<Result<SetupReport>> {
  const {metrics, alerts, engine} = deps
  const items = await Promise.all([
    examine('configuration', () => Promise.resolve(fine(`${input.configFile} (${environmentLabel(input)})`))),
    examine('docker engine', async () => {
      const {version, endpoint} = await engine.info()
      return fine(`Docker ${version} at ${endpoint}`)
    }),
    examine('compose', () => examineCompose(deps)),
    examine('containers', () => examineContainers(deps, input)),
    ...input.endpoints.map((endpoint) => examine(`health ${endpoint.name}`, () => examineEndpoint(deps, endpoint))),
    metrics === null
      ? notConfigured('prometheus', 'prometheus')
      : examine('prometheus', () => examineMetrics(metrics, input.scope)),
    alerts === null
      ? notConfigured('alertmanager', 'alertmanager')
      : examine('alertmanager', async () => fine(`Alertmanager ${await alerts.version()}`)),
    examine('runbooks', () => examineRunbooks(deps)),
    examine('shell', () => examineShell(deps)),
    examine('notices', () => examineNotices(deps.notifiers, input.channels, input.channelSetups)),
    examine('outbox', () => examineOutbox(deps.outbox)),
    examine('runs', () => examineRuns(deps.journal)),
  ])
  return {verdict: setupVerdict(items), data: {items}, warnings: input.shortSecrets.map(shortSecretWarning)}
}
