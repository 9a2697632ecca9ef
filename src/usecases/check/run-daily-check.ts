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
import type {Dashboard} from '../../domain/dashboard/dashboard.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Http} from '../../ports/http.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import type {Metrics} from '../../ports/metrics.js'
import {readAlertBoard} from '../alerts/read-alert-board.js'
import type {ExpressionDeps} from '../patterns/with-expressions.js'
import {readDashboard} from '../dashboard/read-dashboard.js'
import {type SignalsInput, surveySignals} from '../signals/survey-signals.js'
import type {SloInput} from '../slo/measure-objectives.js'
import {reportSlos} from '../slo/report-slos.js'
import {answeringEndpoints, probeHealth} from '../stack/probe-health.js'
import {surveyServices, type SurveyServicesDeps, type SurveyServicesInput} from '../status/survey-services.js'

export interface DailyCheckDeps extends SurveyServicesDeps, ExpressionDeps {
  readonly http: Http
  readonly metrics: Metrics | null
  readonly alerts: Alerts | null
  readonly rules: LoadedRules | null
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
}

/** What was found and what the backends warned of. */
interface Looked {
  readonly item: CheckItem
  readonly warnings: readonly string[]
}

async function look(name: CheckName, work: () => Promise<Looked>): Promise<CheckItem> {
  try {
    const {item, warnings} = await work()
    return doubtedItem(item, warnings)
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return unknownItem(name, error.message)
  }
}

async function lookAtDashboards(metrics: Metrics, {service, signals, dashboards}: DailyCheckInput): Promise<Looked> {
  const {scope, targets, at} = signals
  const refused = scope.refused === undefined ? {} : {refused: scope.refused}
  const read = dashboards.map((dashboard) => readDashboard({metrics}, {dashboard, service, targets, at, ...refused}))
  const results = await Promise.all(read)
  return {item: dashboardsItem(results.map(({data}) => data)), warnings: []}
}

async function lookAtServices(deps: DailyCheckDeps, {project, directory, endpoints}: DailyCheckInput): Promise<Looked> {
  const answering = answeringEndpoints(deps.http, endpoints)
  const {states, absent, warnings} = await surveyServices(deps, {project, directory, services: []}, answering)
  return {item: servicesItem(states, absent), warnings}
}

/** What faci.yml must have for each. */
const SECTIONS: Readonly<Record<CheckName, readonly string[]>> = {
  services: ['compose'],
  health: ['health'],
  alerts: ['alertmanager'],
  trends: ['prometheus'],
  budget: ['prometheus', 'slos'],
  dashboards: ['prometheus'],
}

/** The parts of the list that are configured, by name. */
function looks(
  deps: DailyCheckDeps,
  input: DailyCheckInput,
): readonly (readonly [CheckName, (() => Promise<Looked>) | null])[] {
  const {http, metrics, alerts, rules, patterns, clock} = deps
  const {endpoints, signals, slos} = input
  return [
    ['services', () => lookAtServices(deps, input)],
    [
      'health',
      endpoints.length === 0
        ? null
        : async () => {
            const {data} = await probeHealth({http, clock}, {endpoints, count: 1, intervalSeconds: 0})
            return {item: healthItem(data.endpoints), warnings: []}
          },
    ],
    [
      'alerts',
      alerts === null
        ? null
        : async () => {
            const board = await readAlertBoard({alerts, rules, patterns})
            return {item: alertsItem(board), warnings: []}
          },
    ],
    [
      'trends',
      metrics === null
        ? null
        : async () => {
            const {data, warnings = []} = await surveySignals({metrics}, signals)
            return {item: trendsItem(data.signals), warnings}
          },
    ],
    [
      'budget',
      metrics === null || slos === null
        ? null
        : async () => {
            const {data, warnings = []} = await reportSlos({metrics, clock}, slos)
            return {item: budgetItem(data.objectives), warnings}
          },
    ],
    ['dashboards', metrics === null ? null : () => lookAtDashboards(metrics, input)],
  ]
}

/** The guide's daily list, all of it at once: an item that cannot be looked at is unknown and hides no other. */
export async function runDailyCheck(deps: DailyCheckDeps, input: DailyCheckInput): Promise<Result<CheckReport>> {
  const list = looks(deps, input)
  const items = await Promise.all(list.flatMap(([name, work]) => (work === null ? [] : [look(name, work)])))
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
      notConfigured: list.flatMap(([name, work]) => (work === null ? [{name, sections: SECTIONS[name]}] : [])),
      notice: null,
    },
  }
}
