import type {Environment} from '../../domain/environment.js'
import {shownOf, verdictOfBoard} from '../../domain/alert/alert-board.js'
import {closest} from '../../domain/text/did-you-mean.js'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {readSignals, type SignalReading, type SignalTargets} from '../../domain/signals/reading.js'
import type {Scope} from '../../domain/signals/promql.js'
import {SERVICE_SIGNALS} from '../../domain/signals/golden-signals.js'
import {LIMITS, saturationTargets} from '../../domain/signals/saturation-targets.js'
import {union} from '../../domain/signals/signal.js'
import {recentChanges} from '../../domain/stack/changes.js'
import type {Container} from '../../domain/stack/container.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import {NOT_CONFIGURED, type Section, sectionVerdict} from '../../domain/stack/section.js'
import {type ServiceState, serviceStates} from '../../domain/stack/service-state.js'
import type {Change, LockView, StatusReport} from '../../domain/stack/status.js'
import {type StateVerdict, worstState} from '../../domain/verdict.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Clock} from '../../ports/clock.js'
import type {Engine} from '../../ports/engine.js'
import type {Http} from '../../ports/http.js'
import type {Leases} from '../../ports/lease.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import type {Metrics} from '../../ports/metrics.js'
import type {Outbox} from '../../ports/outbox.js'
import {readAlertBoard} from '../alerts/read-alert-board.js'
import {probeHealth} from './probe-health.js'

export interface StatusDeps {
  readonly engine: Engine
  readonly http: Http
  readonly metrics: Metrics | null
  readonly alerts: Alerts | null
  readonly rules: LoadedRules | null
  readonly leases: Leases
  readonly outbox: Outbox
  /** faci's own latest actions. */
  readonly actions: () => Promise<readonly Change[]>
  readonly clock: Clock
}

export interface StatusInput extends Environment {
  readonly service: string
  readonly project: string
  /** Only these; all when empty. */
  readonly services: readonly string[]
  readonly endpoints: readonly HealthEndpoint[]
  readonly scope: Scope
  readonly targets: Targets
  /** The checkout of the Compose file. */
  readonly directory: string
}

/** What each signal should stay under; `cpu` and `memory` are ratios of the container's limit. */
export type Targets = SignalTargets

async function section<T>(
  work: () => Promise<{readonly value: T; readonly verdict: StateVerdict}>,
): Promise<Section<T>> {
  try {
    return {kind: 'read', ...(await work())}
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted' || error.code === 'notFound') throw error
    return {kind: 'unknown', reason: error.message, verdict: 'unknown'}
  }
}

function chosen(containers: readonly Container[], services: readonly string[]): readonly Container[] {
  const known = [...new Set(containers.map(({service}) => service))]
  const unknown = services.find((service) => !known.includes(service))
  if (unknown !== undefined) {
    const guess = closest(unknown, known)
    throw new FaciError('notFound', `no service ${unknown} has containers in this project`, {
      suggestions: [guess === null ? `services: ${known.join(', ')}` : `faci status ${guess}`],
    })
  }
  return services.length === 0 ? containers : containers.filter(({service}) => services.includes(service))
}

function judgeServices(states: readonly ServiceState[]): StateVerdict {
  if (states.length === 0) return 'down'
  const worst = worstState(states.map(({verdict}) => verdict))
  return worst === 'down' && states.some(({verdict}) => verdict !== 'down') ? 'degraded' : worst
}

async function surveyHealth(deps: StatusDeps, {endpoints}: StatusInput): Promise<StatusReport['health']> {
  if (endpoints.length === 0) return NOT_CONFIGURED
  return section(async () => {
    const {data, verdict} = await probeHealth(deps, {endpoints, count: 1, intervalSeconds: 0})
    return {value: data.endpoints, verdict: verdict as StateVerdict}
  })
}

async function surveySignals(
  {metrics}: StatusDeps,
  input: StatusInput,
  containers: Promise<readonly Container[]>,
  warn: (warning: string) => void,
): Promise<StatusReport['signals']> {
  if (metrics === null) return NOT_CONFIGURED
  return section(async () => {
    const {samples, warnings} = await metrics.query(union([...SERVICE_SIGNALS, ...LIMITS], input.scope))
    warnings.forEach(warn)
    const services = input.endpoints.map(({name}) => name)
    const watched = (await containers).filter(({service}) => services.includes(service))
    const targets = saturationTargets(input.targets, samples, watched)
    const value: readonly SignalReading[] = readSignals(SERVICE_SIGNALS, samples, targets)
    const verdicts = value.map(({verdict}) => verdict)
    return {value, verdict: worstState(warnings.length > 0 ? [...verdicts, 'unknown'] : verdicts)}
  })
}

/** The alerts, and beside them what keeps some quiet and why more may fire. */
type AlertsPart = Pick<StatusReport, 'alerts' | 'silences' | 'alertDoubts'>

async function surveyAlerts({alerts, rules}: StatusDeps): Promise<AlertsPart> {
  if (alerts === null) return {alerts: NOT_CONFIGURED, silences: [], alertDoubts: []}
  const board = await section(async () => {
    const value = await readAlertBoard({alerts, rules})
    return {value: shownOf(value), verdict: verdictOfBoard(value)}
  })
  if (board.kind !== 'read') return {alerts: board, silences: [], alertDoubts: []}
  const {alerts: value, silences, doubts} = board.value
  return {alerts: {...board, value}, silences, alertDoubts: doubts}
}

/** Containers that another checkout made: its lock is elsewhere. */
function foreignCheckouts(containers: readonly Container[], {directory}: StatusInput): readonly string[] {
  const others = new Set(containers.flatMap(({workingDirectory}) => workingDirectory ?? []))
  others.delete(directory)
  return [...others].map((other) => `containers of this project were made from ${other}: its lock is there, not here`)
}

async function surveyLock({leases}: StatusDeps, {project}: StatusInput): Promise<StatusReport['lock']> {
  return section(async () => {
    const lease = await leases.inspect(project)
    if (lease.kind === 'free') {
      return {value: {state: 'free', holder: null, reason: null, since: null}, verdict: 'healthy'}
    }
    const {operator, host, pid, reason, takenAt} = lease.holder
    const value: LockView = {state: lease.kind, holder: `${operator}@${host} (pid ${pid})`, reason, since: takenAt}
    return {value, verdict: 'healthy'}
  })
}

/** They only complete the picture: journals that cannot be read take nothing from it. */
async function ownActions({actions}: StatusDeps, warn: (warning: string) => void): Promise<readonly Change[]> {
  try {
    return await actions()
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    warn(`faci's own actions cannot be shown: ${error.message}`)
    return []
  }
}

/** Asks every backend at once; one that fails shows as unknown, with the reason, and hides nothing. */
export async function surveyStatus(deps: StatusDeps, input: StatusInput): Promise<Result<StatusReport>> {
  const warnings: string[] = []
  const listing = deps.engine.containers(input.project)
  const containers = listing.catch(() => [])
  const surveyServices = (): Promise<StatusReport['services']> =>
    section(async () => {
      const value = serviceStates(chosen(await listing, input.services))
      return {value, verdict: judgeServices(value)}
    })
  const undelivered = (): Promise<StatusReport['undelivered']> =>
    section(async () => ({value: (await deps.outbox.pending()).length, verdict: 'healthy'}))
  const [services, health, signals, alerts, lock, outbox, actions] = await Promise.all([
    surveyServices(),
    surveyHealth(deps, input),
    surveySignals(deps, input, containers, (warning) => warnings.push(`Prometheus: ${warning}`)),
    surveyAlerts(deps),
    surveyLock(deps, input),
    undelivered(),
    ownActions(deps, (warning) => warnings.push(warning)),
  ])
  const now = deps.clock.now()
  const {service, environment, production, project} = input
  const all = await containers
  const changes = recentChanges(all, actions, now)
  warnings.push(...foreignCheckouts(all, input))
  const parts = [services, health, signals, alerts.alerts, lock, outbox].flatMap(sectionVerdict)
  const data: StatusReport = {
    ...{service, environment, production, project, at: now.toISOString()},
    ...{services, health, signals, ...alerts, changes, lock, undelivered: outbox},
  }
  return {verdict: worstState(parts), data, warnings}
}
