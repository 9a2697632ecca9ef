import type {Environment} from '../../domain/environment.js'
import {diesRecreating} from '../../domain/stack/engine-and-compose.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {
  type SetupFact,
  type SetupFinding,
  type SetupItem,
  type SetupReport,
  setupVerdict,
} from '../../domain/doctor/setup-report.js'
import {jobMatchers, type Scope, selector} from '../../domain/promql/promql.js'
import {sharedPages} from '../../domain/doctor/shared-pages.js'
import type {ChannelSetups} from '../../domain/notices/channels.js'
import type {UnsharedStore} from '../../domain/doctor/unshared-store.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import type {AlertRouting} from '../../ports/alert-routing.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Compose} from '../../ports/compose.js'
import type {HealthProber} from '../../ports/health-prober.js'
import type {Journal} from '../../ports/journal.js'
import type {OncallReport} from '../../domain/oncall/oncall-report.js'
import type {Library} from '../../ports/library.js'
import type {Metrics} from '../../ports/metrics.js'
import type {Notifier} from '../../ports/notifier.js'
import type {Outbox} from '../../ports/outbox.js'
import type {Shell} from '../../ports/shell.js'
import type {StoreKeeper} from '../../ports/store-keeper.js'
import {answeringEndpoints, probeOnce} from '../stack/probe-health.js'
import {type ChannelSetup, examineNotices, examineOutbox, examineRuns} from './examine-notices.js'
import {examineStore} from './examine-store.js'
import {surveyServices, type SurveyServicesDeps} from '../status/survey-services.js'

export interface SetupDeps extends SurveyServicesDeps {
  readonly compose: Compose
  readonly prober: HealthProber
  readonly metrics: Metrics | null
  readonly alerts: Alerts | null
  /** Of an Alertmanager whose pages incidents adopt. */
  readonly routing: Pick<AlertRouting, 'routing'> | null
  readonly library: Library
  readonly outbox: Outbox
  readonly notifiers: readonly Notifier[]
  readonly journal: Pick<Journal<never>, 'unreadable' | 'place'>
  readonly keeper: Pick<StoreKeeper, 'usage'>
  readonly shell: Shell
  /** Null: there is no rota. */
  readonly oncall: (() => Promise<OncallReport>) | null
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
  /** The receiver of Alertmanager's whose pages incidents adopt; null within: any of PagerDuty's. Null: they adopt none. */
  readonly sharesPages: {readonly receiver: string | null} | null
  /** References whose value has fewer than 8 characters. */
  readonly shortSecrets: readonly string[]
  readonly unsharedStore: UnsharedStore | null
  readonly storeDirectory: string
}

function shortSecretWarning(reference: string): string {
  return `${reference} has fewer than 8 characters: faci cannot hide it reliably in logs and notices; use a longer one`
}

function unsharedWarning({group, ...unshared}: UnsharedStore): string {
  switch (unshared.why) {
    case 'noGroup':
      return `there is no group ${group} on this host: the store is for this account alone (store.group in faci.yml)`
    case 'notMember':
      return `this account is not in the group ${group}: what it writes to the store, others cannot read (store.group in faci.yml)`
    case 'notYet':
      return `${unshared.directory} is not shared with the group ${group} yet: that is done by the next change or notice of its owner (uid ${String(unshared.owner)})`
  }
}

function warningsOf({shortSecrets, unsharedStore}: SetupInput): readonly string[] {
  return [...shortSecrets.map(shortSecretWarning), ...(unsharedStore === null ? [] : [unsharedWarning(unsharedStore)])]
}

/** The command that this is: it leads nowhere from here. */
const OWN_COMMAND = 'faci doctor'

function fine(fact: SetupFact): SetupFinding {
  return {state: 'ok', fact}
}

/** One item; whatever a backend's adapter reports becomes its finding. */
async function examine(name: string, work: () => Promise<SetupFinding>): Promise<SetupItem> {
  try {
    return {name, ...(await work())}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    const state = error.code === 'configInvalid' || error.code === 'runbookInvalid' ? 'failed' : 'unknown'
    const next = error.suggestions.find((one) => one !== OWN_COMMAND) ?? null
    return {name, state, fact: {why: 'error', message: error.message, next}}
  }
}

function notConfigured(key: 'prometheus' | 'alertmanager'): SetupItem {
  return {name: key, state: 'notConfigured', fact: {why: 'notSet', key}}
}

/** An engine that does not answer is told by its own item. */
async function engineVersion({engine}: SetupDeps): Promise<string> {
  try {
    return (await engine.info()).version
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return ''
  }
}

async function examineCompose(deps: SetupDeps): Promise<SetupFinding> {
  const {compose} = deps
  const [tool, model, engine] = await Promise.all([compose.tool(), compose.model(), engineVersion(deps)])
  const {command, version} = tool
  if (diesRecreating(version, engine)) return {state: 'failed', fact: {why: 'composeDies', command, version, engine}}
  return fine({why: 'compose', command, version, services: model.services})
}

const STATE_OF_VERDICT = {healthy: 'ok', degraded: 'failed', down: 'failed', unknown: 'unknown'} as const

/** As `status` judges them. */
async function examineContainers(deps: SetupDeps, {project, directory, endpoints}: SetupInput): Promise<SetupFinding> {
  const place = {project, directory, services: []}
  const {states, verdict, absent, warnings} = await surveyServices(
    deps,
    place,
    answeringEndpoints(deps.prober, endpoints),
  )
  if (absent !== null) {
    const others = absent.projects.map((other) => other.project)
    return {state: 'failed', fact: {why: 'noContainers', project, others, next: absent.next}}
  }
  const wrong = states.filter((state) => state.verdict !== 'healthy')
  const [total, healthy] = [states.length, states.length - wrong.length]
  const next = wrong.find((state) => state.next !== null)?.next ?? (verdict === 'healthy' ? null : 'faci status')
  return {state: STATE_OF_VERDICT[verdict], fact: {why: 'services', project, healthy, total, wrong, warnings, next}}
}

const STATE_OF_PROBE = {
  healthy: 'ok',
  degraded: 'warning',
  failing: 'failed',
  unreachable: 'failed',
  unknown: 'unknown',
} as const

async function examineEndpoint({prober}: SetupDeps, endpoint: HealthEndpoint): Promise<SetupFinding> {
  const probe = await probeOnce(prober, endpoint)
  if (probe.reason === null) return fine({why: 'endpoint', url: endpoint.url})
  return {state: STATE_OF_PROBE[probe.outcome], fact: {why: 'endpointIll', reason: probe.reason}}
}

async function examineMetrics(metrics: Metrics, scope: Scope): Promise<SetupFinding> {
  const expression = `count(up${selector(jobMatchers(scope))} == 1)`
  const [version, up] = await Promise.all([metrics.version(), metrics.query(expression)])
  const targets = up.samples[0]?.value ?? 0
  return {state: targets > 0 ? 'ok' : 'warning', fact: {why: 'targets', version, up: targets, job: scope.job}}
}

async function examineRunbooks({library}: SetupDeps): Promise<SetupFinding> {
  const all = await library.list()
  const read = await Promise.all(all.map(({name}) => library.read(name)))
  const broken = read.flatMap((one) => (one.kind === 'invalid' ? one : []))
  if (all.length === 0) return {state: 'warning', fact: {why: 'noRunbooks'}}
  const [first] = broken
  if (first === undefined) return fine({why: 'runbooks', names: all.map(({name}) => name)})
  const names = broken.map(({name}) => name)
  return {state: 'failed', fact: {why: 'runbooksInvalid', first: first.name, names}}
}

async function examineOncall(oncall: () => Promise<OncallReport>): Promise<SetupFinding> {
  const {now, isRequired} = await oncall()
  const fact = {why: 'onCall', person: now?.person ?? null, isRequired} as const
  return {state: now === null && isRequired ? 'failed' : 'ok', fact}
}

async function examineShell({shell}: SetupDeps): Promise<SetupFinding> {
  await shell.check('true')
  return fine({why: 'shell'})
}

/** None where incidents adopt no pages. */
function pageItems({routing}: SetupDeps, {sharesPages}: SetupInput): readonly Promise<SetupItem>[] {
  if (sharesPages === null || routing === null) return []
  return [examine('shared pages', async () => sharedPages(await routing.routing(), sharesPages.receiver))]
}

/** Asks everything at once: can it be reached, is it valid, and what to type next. */
export async function examineSetup(deps: SetupDeps, input: SetupInput): Promise<Result<SetupReport>> {
  const {metrics, alerts, engine, oncall} = deps
  const {configFile: file, environment, production} = input
  const items = await Promise.all([
    examine('configuration', () =>
      Promise.resolve(fine({why: 'configuration', file, environment: {environment, production}})),
    ),
    examine('docker engine', async () => {
      const {version, endpoint} = await engine.info()
      return fine({why: 'engine', version, endpoint})
    }),
    examine('compose', () => examineCompose(deps)),
    examine('containers', () => examineContainers(deps, input)),
    ...input.endpoints.map((endpoint) => examine(`health ${endpoint.name}`, () => examineEndpoint(deps, endpoint))),
    metrics === null ? notConfigured('prometheus') : examine('prometheus', () => examineMetrics(metrics, input.scope)),
    alerts === null
      ? notConfigured('alertmanager')
      : examine('alertmanager', async () => fine({why: 'alertmanager', version: await alerts.version()})),
    ...pageItems(deps, input),
    examine('runbooks', () => examineRunbooks(deps)),
    ...(oncall === null ? [] : [examine('on call', () => examineOncall(oncall))]),
    examine('shell', () => examineShell(deps)),
    examine('notices', () => examineNotices(deps.notifiers, input.channels, input.channelSetups)),
    examine('outbox', () => examineOutbox(deps.outbox)),
    examine('runs', () => examineRuns(deps.journal)),
    examine('store', () => examineStore(deps.keeper, input.storeDirectory)),
  ])
  return {verdict: setupVerdict(items), data: {items}, warnings: warningsOf(input)}
}
