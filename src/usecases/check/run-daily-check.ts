import {type CheckItem, type CheckName, type CheckReport, verdictOfItems} from '../../domain/check/check-report.js'
import {
  alertsItem,
  budgetItem,
  dashboardsItem,
  doubtedItem,
  healthItem,
  servicesItem,
  trendsItem,
  unknownItem,
} from '../../domain/check/daily-items.js'
import {incidentsItem} from '../../domain/check/incidents-item.js'
import {oncallItem} from '../../domain/check/oncall-item.js'
import {lacksPanelData, measuredPanels, measuredSignals} from '../../domain/check/measured.js'
import type {Dashboard} from '../../domain/dashboard/dashboard.js'
import type {DashboardReport} from '../../domain/dashboard/dashboard-report.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import {isOver, shownIncident, type UpdateIntervals} from '../../domain/incidents/incident.js'
import type {OncallReport} from '../../domain/oncall/oncall-report.js'
import type {Result} from '../../domain/result.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import type {Alerts} from '../../ports/alerts.js'
import type {HealthProber} from '../../ports/health-prober.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import type {Metrics} from '../../ports/metrics.js'
import {readAlertBoardIfAny} from '../alerts/read-alert-board.js'
import type {ExpressionDeps} from '../patterns/with-expressions.js'
import {listActions} from '../incidents/manage-actions.js'
import {readDashboard} from '../dashboard/read-dashboard.js'
import {type SignalsInput, surveySignals} from '../signals/survey-signals.js'
import {knownTargetsQuery} from '../../domain/signals/known-targets.js'
import type {SloInput} from '../slo/measure-objectives.js'
import {reportSlos} from '../slo/report-slos.js'
import {answeringEndpoints, probeHealth} from '../stack/probe-health.js'
import {surveyServices, type SurveyServicesDeps, type SurveyServicesInput} from '../status/survey-services.js'

export interface DailyCheckDeps extends SurveyServicesDeps, ExpressionDeps {
  readonly prober: HealthProber
  readonly metrics: Metrics | null
  readonly alerts: Alerts | null
  readonly rules: LoadedRules | null
  readonly incidents: IncidentStore
  /** Null: there is no rota. */
  readonly oncall: (() => Promise<OncallReport>) | null
}

export interface DailyCheckInput extends Pick<SurveyServicesInput, 'project' | 'directory'> {
  readonly service: string
  readonly environment: string
  readonly production: boolean
  readonly endpoints: readonly HealthEndpoint[]
  readonly signals: SignalsInput
  /** Null: faci.yml has no objectives. */
  readonly slos: SloInput | null
  readonly dashboards: readonly Dashboard[]
  readonly updates: UpdateIntervals
}

/** What was found and what the backends warned of. */
interface Looked {
  readonly item: CheckItem
  readonly warnings: readonly string[]
}

/** What became of one part of the list. */
type Part =
  | {readonly kind: 'item'; readonly item: CheckItem}
  | {readonly kind: 'notConfigured' | 'notMeasured' | 'nothing'; readonly name: CheckName}

/** `nothing`: there is nothing that it could be about, and never was. */
type Look = () => Promise<Looked | 'notConfigured' | 'notMeasured' | 'nothing'>

async function look(name: CheckName, work: Look): Promise<Part> {
  try {
    const looked = await work()
    if (typeof looked === 'string') return {kind: looked, name}
    return {kind: 'item', item: doubtedItem(looked.item, looked.warnings)}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {kind: 'item', item: unknownItem(name, error.message)}
  }
}

/** Whether Prometheus knows the service for long enough to have all that it tells. */
async function isKnown(metrics: Metrics, {signals: {scope, at}}: DailyCheckInput): Promise<boolean> {
  const {samples, warnings} = await metrics.query(knownTargetsQuery(scope), {at})
  return warnings.length === 0 && (samples[0]?.value ?? 0) > 0
}

async function readDashboards(
  metrics: Metrics,
  {service, signals, dashboards}: DailyCheckInput,
  at: number,
): Promise<readonly DashboardReport[]> {
  const {scope, targets} = signals
  const refused = scope.refused === undefined ? {} : {refused: scope.refused}
  const read = dashboards.map((dashboard) => readDashboard({metrics}, {dashboard, service, targets, at, ...refused}))
  return (await Promise.all(read)).map(({data}) => data)
}

const AGO_SECONDS = [86_400, 604_800]

/** A panel that never had data is about something that this service does not have. */
async function lookAtDashboards(metrics: Metrics, input: DailyCheckInput): ReturnType<Look> {
  const {at} = input.signals
  const now = await readDashboards(metrics, input, at)
  if (!lacksPanelData(now) || !(await isKnown(metrics, input))) return {item: dashboardsItem(now), warnings: []}
  const before = await Promise.all(AGO_SECONDS.map((ago) => readDashboards(metrics, input, at - ago)))
  const measured = now.map((dashboard) => measuredPanels(dashboard, before.flat()))
  const shown = measured.filter(({sections}) => sections.length > 0)
  return shown.length === 0 ? 'notMeasured' : {item: dashboardsItem(shown), warnings: []}
}

async function lookAtTrends(metrics: Metrics, input: DailyCheckInput): ReturnType<Look> {
  const {data, warnings = []} = await surveySignals({metrics}, input.signals)
  const measured = measuredSignals(data.signals)
  if (measured.length === data.signals.length || !(await isKnown(metrics, input)))
    return {item: trendsItem(data.signals), warnings}
  return measured.length === 0 && warnings.length === 0 ? 'notMeasured' : {item: trendsItem(measured), warnings}
}

async function lookAtServices(deps: DailyCheckDeps, {project, directory, endpoints}: DailyCheckInput): Promise<Looked> {
  const answering = answeringEndpoints(deps.prober, endpoints)
  const {states, absent, warnings} = await surveyServices(deps, {project, directory, services: []}, answering)
  return {item: servicesItem(states, absent), warnings}
}

async function lookAtAlerts({alerts, rules, patterns}: DailyCheckDeps): ReturnType<Look> {
  const board = await readAlertBoardIfAny({alerts, rules, patterns})
  return board === null ? 'notConfigured' : {item: alertsItem(board), warnings: []}
}

async function lookAtHealth({prober, clock}: DailyCheckDeps, {endpoints}: DailyCheckInput): ReturnType<Look> {
  if (endpoints.length === 0) return 'notConfigured'
  const {data} = await probeHealth({prober, clock}, {endpoints, count: 1, intervalSeconds: 0})
  return {item: healthItem(data.endpoints), warnings: []}
}

async function lookAtBudget({clock}: DailyCheckDeps, metrics: Metrics, slos: SloInput | null): ReturnType<Look> {
  if (slos === null) return 'notConfigured'
  const {data, warnings = []} = await reportSlos({metrics, clock}, slos)
  return {item: budgetItem(data.objectives), warnings}
}

async function lookAtIncidents({incidents, clock}: DailyCheckDeps, {updates}: DailyCheckInput): ReturnType<Look> {
  const {incidents: listed, total} = await incidents.list(0)
  if (total === 0) return 'nothing'
  const open = listed.filter((incident) => !isOver(incident)).map((facts) => shownIncident(facts, updates))
  const {data, warnings = []} = await listActions({incidents, clock}, null)
  return {item: incidentsItem(open, data.actions, clock.now()), warnings}
}

async function lookAtOncall({oncall}: DailyCheckDeps): ReturnType<Look> {
  return oncall === null ? 'nothing' : {item: oncallItem(await oncall()), warnings: []}
}

/** What faci.yml must have for each. */
const SECTIONS: Readonly<Record<CheckName, readonly string[]>> = {
  services: ['compose'],
  health: ['health'],
  alerts: ['alertmanager'],
  trends: ['prometheus'],
  budget: ['prometheus', 'slos'],
  dashboards: ['prometheus'],
  incidents: [],
  oncall: ['oncall'],
}

/** The parts of the list, by name. */
function looks(deps: DailyCheckDeps, input: DailyCheckInput): readonly (readonly [CheckName, Look])[] {
  const {metrics} = deps
  const measured = (work: (metrics: Metrics) => ReturnType<Look>): Look =>
    metrics === null ? () => Promise.resolve('notConfigured') : () => work(metrics)
  return [
    ['services', () => lookAtServices(deps, input)],
    ['health', () => lookAtHealth(deps, input)],
    ['alerts', () => lookAtAlerts(deps)],
    ['trends', measured((port) => lookAtTrends(port, input))],
    ['budget', measured((port) => lookAtBudget(deps, port, input.slos))],
    ['dashboards', measured((port) => lookAtDashboards(port, input))],
    ['incidents', () => lookAtIncidents(deps, input)],
    ['oncall', () => lookAtOncall(deps)],
  ]
}

/** The guide's daily list, all of it at once: an item that cannot be looked at is unknown and hides no other. */
export async function runDailyCheck(deps: DailyCheckDeps, input: DailyCheckInput): Promise<Result<CheckReport>> {
  const parts = await Promise.all(looks(deps, input).map(([name, work]) => look(name, work)))
  const items = parts.flatMap((part) => (part.kind === 'item' ? [part.item] : []))
  const left = (kind: 'notConfigured' | 'notMeasured'): readonly CheckName[] =>
    parts.flatMap((part) => (part.kind === kind ? [part.name] : []))
  const {service, environment, production} = input
  return {
    verdict: verdictOfItems(items),
    data: {
      name: 'daily',
      service,
      environment,
      production,
      at: deps.clock.now().toISOString(),
      items,
      notConfigured: left('notConfigured').map((name) => ({name, sections: SECTIONS[name]})),
      notMeasured: left('notMeasured'),
      ...{notice: null, reminded: [], isReminding: false},
    },
  }
}
