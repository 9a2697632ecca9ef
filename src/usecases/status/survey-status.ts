import type {Environment} from '../../domain/environment.js'
import {shownOf, verdictOfBoard} from '../../domain/alerts/alert-board.js'
import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {IncidentRules} from '../../domain/incidents/ongoing-incident.js'
import type {Result} from '../../domain/result.js'
import {readSignals, type SignalReading, type SignalTargets, worstSignal} from '../../domain/signals/reading.js'
import type {Scope} from '../../domain/promql/promql.js'
import {SERVICE_SIGNALS} from '../../domain/signals/golden-signals.js'
import {refusedQuery, withRefused} from '../../domain/signals/refused.js'
import {LIMITS, saturationTargets} from '../../domain/signals/saturation-targets.js'
import {union} from '../../domain/signals/signal.js'
import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import {causesOf} from '../../domain/status/causes.js'
import {LATELY_SECONDS, recentChanges} from '../../domain/status/changes.js'
import type {ContainerEvent} from '../../domain/stack/container-event.js'
import type {Container} from '../../domain/stack/container.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import {leftoverWarnings} from '../../domain/change/replicas.js'
import {NOT_ASKED, NOT_CONFIGURED, type Section, sectionVerdict} from '../../domain/section.js'
import type {OncallReport} from '../../domain/oncall/oncall-report.js'
import type {Activity} from '../../domain/journal/activity.js'
import type {LockView, StatusReport} from '../../domain/status/status.js'
import {type Checkout, madeElsewhere} from '../../domain/stack/made-elsewhere.js'
import {type StateVerdict, worstState} from '../../domain/verdict.js'
import type {Alerts} from '../../ports/alerts.js'
import type {HealthProber} from '../../ports/health-prober.js'
import type {Leases} from '../../ports/lease.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import type {Metrics} from '../../ports/metrics.js'
import {readAlertBoardIfAny} from '../alerts/read-alert-board.js'
import type {ExpressionDeps} from '../patterns/with-expressions.js'
import {probeHealth} from '../stack/probe-health.js'
import {type AlertsPart, alertsOf, answeringServices, runbooksFor} from './status-scope.js'
import {
  type SurveyedServices,
  surveyServices,
  type SurveyServicesDeps,
  type SurveyServicesInput,
} from './survey-services.js'
import {surveyStore, type SurveyStoreDeps} from './survey-store.js'

export interface StatusDeps extends SurveyStoreDeps, SurveyServicesDeps, ExpressionDeps {
  readonly prober: HealthProber
  readonly metrics: Metrics | null
  readonly alerts: Alerts | null
  readonly rules: LoadedRules | null
  readonly leases: Leases
  /** faci's own latest actions. */
  readonly actions: () => Promise<readonly Activity[]>
  /** Null: there is no rota. */
  readonly oncall: (() => Promise<OncallReport>) | null
  /** What runbooks there are; asked only when something is wrong. */
  readonly runbooks: () => Promise<readonly RunbookSummary[]>
}

export interface StatusInput extends Environment, SurveyServicesInput {
  readonly service: string
  readonly checkout: Checkout
  readonly endpoints: readonly HealthEndpoint[]
  readonly scope: Scope
  readonly targets: Targets
  readonly incidentRules: IncidentRules
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

/** An entry of `health:` speaks of the service whose name it has. */
async function surveyHealth(deps: StatusDeps, input: StatusInput): Promise<StatusReport['health']> {
  const {services} = input
  const endpoints = input.endpoints.filter(({name}) => services.length === 0 || services.includes(name))
  if (endpoints.length === 0) return input.endpoints.length === 0 ? NOT_CONFIGURED : NOT_ASKED
  return section(async () => {
    const {data, verdict} = await probeHealth(deps, {endpoints, count: 1, intervalSeconds: 0})
    return {value: data.endpoints, verdict: verdict as StateVerdict}
  })
}

async function surveySignals(
  {metrics}: StatusDeps,
  input: StatusInput,
  containers: Promise<readonly Container[] | null>,
  warn: (warning: string) => void,
): Promise<StatusReport['signals']> {
  if (metrics === null) return NOT_CONFIGURED
  if (input.services.length > 0) return NOT_ASKED
  return section(async () => {
    const asked = union([...SERVICE_SIGNALS, ...LIMITS, ...refusedQuery(input.scope)], input.scope)
    const {samples: answered, warnings} = await metrics.query(asked)
    const samples = withRefused(answered)
    warnings.forEach(warn)
    const services = input.endpoints.map(({name}) => name)
    const watched = (await containers)?.filter(({service}) => services.includes(service)) ?? null
    const targets = saturationTargets(input.targets, samples, watched)
    const value: readonly SignalReading[] = readSignals(SERVICE_SIGNALS, samples, targets)
    const verdicts = value.map(({verdict}) => verdict)
    return {value, verdict: worstSignal(warnings.length > 0 ? [...verdicts, 'unknown'] : verdicts)}
  })
}

async function surveyAlerts({alerts, rules, patterns}: StatusDeps): Promise<AlertsPart> {
  const nothing = {silences: [], alertDoubts: []}
  const board = await section(async () => {
    const value = await readAlertBoardIfAny({alerts, rules, patterns})
    return value === null ? {value, verdict: 'healthy'} : {value: shownOf(value), verdict: verdictOfBoard(value)}
  })
  if (board.kind !== 'read') return {alerts: board, ...nothing}
  if (board.value === null) return {alerts: NOT_CONFIGURED, ...nothing}
  const {alerts: value, silences, doubts} = board.value
  return {alerts: {...board, value}, silences, alertDoubts: doubts}
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

function surveyOncall({oncall}: StatusDeps, {services}: StatusInput): Promise<StatusReport['oncall']> {
  if (oncall === null) return Promise.resolve(NOT_CONFIGURED)
  if (services.length > 0) return Promise.resolve(NOT_ASKED)
  return section(async () => ({value: await oncall(), verdict: 'healthy'}))
}

/** What only completes the picture: when it cannot be read, a warning and nothing. */
async function orNothing<T>(
  what: string,
  asked: Promise<readonly T[]>,
  warn: (warning: string) => void,
): Promise<readonly T[]> {
  try {
    return await asked
  } catch (error) {
    rethrowBugOrInterrupt(error)
    warn(`${what} cannot be shown: ${error.message}`)
    return []
  }
}

function lateEvents({engine, clock}: StatusDeps, {project}: StatusInput): Promise<readonly ContainerEvent[]> {
  const now = clock.now()
  return engine.events(project, new Date(now.getTime() - LATELY_SECONDS * 1000), now)
}

interface ServicesPart extends Pick<StatusReport, 'services' | 'absent'> {
  readonly containers: readonly Container[]
}

async function servicesPart(
  surveying: Promise<SurveyedServices>,
  warn: (warning: string) => void,
): Promise<ServicesPart> {
  let absent: StatusReport['absent'] = null
  let containers: readonly Container[] = []
  const services = await section(async () => {
    const {states: value, verdict, ...rest} = await surveying
    ;({absent, containers} = rest)
    rest.warnings.forEach(warn)
    return {value, verdict}
  })
  return {services, absent, containers}
}

/** Asks every backend at once; one that fails shows as unknown, with the reason, and hides nothing. */
export async function surveyStatus(deps: StatusDeps, input: StatusInput): Promise<Result<StatusReport>> {
  const warnings: string[] = []
  const warn = (warning: string): void => {
    warnings.push(warning)
  }
  const probing = surveyHealth(deps, input)
  const surveying = servicesPart(surveyServices(deps, input, answeringServices(probing)), warn)
  const listed = surveying
    .then(({containers, services}) => (services.kind === 'read' ? containers : null))
    .catch(() => null)
  const [{services, absent, containers}, health, signals, active, lock, store, oncall, actions, events] =
    await Promise.all([
      surveying,
      probing,
      surveySignals(deps, input, listed, (warning) => {
        warn(`Prometheus: ${warning}`)
      }),
      surveyAlerts(deps),
      surveyLock(deps, input),
      surveyStore(deps, input.incidentRules),
      surveyOncall(deps, input),
      orNothing("faci's own actions", deps.actions(), warn),
      orNothing('containers that ended before', lateEvents(deps, input), warn),
    ])
  const now = deps.clock.now()
  madeElsewhere(containers, input.checkout).forEach(warn)
  leftoverWarnings(containers).forEach(warn)
  const board = alertsOf(active, input.services, warn)
  const {undelivered, oldestUndeliveredAt, onFallback, heldNotices, incidents, unreadable} = store
  const sections = {services, health, signals, alerts: board.alerts, lock, undelivered}
  const verdict = worstState(Object.values(sections).flatMap(sectionVerdict))
  const {alertDoubts, silences} = board
  const causes = causesOf({...sections, absent, alertDoubts}, await runbooksFor(deps.runbooks, verdict))
  const {service, environment, production, project} = input
  const changes = recentChanges(containers, events, actions, now)
  return {
    verdict,
    data: {
      ...{service, environment, production, project, at: now.toISOString(), causes, absent, incidents, oncall},
      ...{...sections, silences, alertDoubts, changes, oldestUndeliveredAt},
      ...{onFallback, heldNotices, unreadable},
    },
    warnings,
  }
}
