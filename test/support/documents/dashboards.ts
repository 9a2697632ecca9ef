import {type Dashboard, isInstant, panelsOf} from '../../../src/domain/dashboard/dashboard.js'
import {DASHBOARD_NAMES, DASHBOARDS} from '../../../src/domain/dashboard/dashboards.js'
import {FaciError} from '../../../src/domain/errors.js'
import type {Sample, Series} from '../../../src/domain/promql/sample.js'
import type {Metrics} from '../../../src/ports/metrics.js'
import type {DashboardDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {type DashboardInput, readDashboard} from '../../../src/usecases/dashboard/read-dashboard.js'
import {showDashboard} from '../../../src/usecases/dashboard/show-dashboard.js'
import {aStackModel} from '../builders/compose-model.js'
import {fakeClock} from '../fakes/clock.js'
import {fakeEngine} from '../fakes/engine.js'
import {fakeHttp} from '../fakes/http.js'
import {fakeMetrics} from '../fakes/metrics.js'
import {someTargets} from '../builders/targets.js'

const NOW = new Date('2026-11-23T06:30:00.000Z')
export const DASHBOARD_AT = 1_790_000_000
const TARGETS = {latencyP50: 0.2, latencyP95: 0.5, latencyP99: 1, errors: 0.005, cpu: 0.7, memory: 0.8, disk: 0.85}
const VALUES: Readonly<Record<string, readonly string[]>> = {
  dealership: ['RobustCar', 'CarPlus'],
  endpoint: ['/recommend', '/cars'],
  status: ['200'],
  le: ['0.5', '0.75', '1', '+Inf'],
}

export function dashboardInput(name: Dashboard['name'], rangeSeconds: number | null = null): DashboardInput {
  const dashboard = DASHBOARDS[name]({job: 'faciliauto-api', rangeSeconds})
  return {dashboard, service: 'faciliauto', targets: someTargets(TARGETS), at: DASHBOARD_AT}
}

function samplesOf(dashboard: Dashboard): readonly Sample[] {
  const queries = panelsOf(dashboard)
    .filter(isInstant)
    .flatMap((panel) => panel.queries)
  return [dashboard.traffic, ...queries].flatMap(({name: signal, by}) => {
    if (by === null) return [{labels: {signal}, value: 0.4}]
    const labels = (VALUES[by] ?? []).map((value) => ({signal, [by]: value}))
    return labels.map((one, index) => ({labels: one, value: 0.4 + index}))
  })
}

/** One series for each query that is asked, which began in the middle of the range and had a gap. */
function seriesOf(dashboard: Dashboard, stepSeconds: number, start: number): readonly Series[] {
  const names = panelsOf(dashboard).flatMap(({queries}) => queries.map(({name}) => name))
  const indexes = Array.from({length: dashboard.points + 1}, (_unused, index) => index)
  const points = indexes
    .filter((index) => index > dashboard.points / 2 && index % 10 !== 3)
    .map((index) => ({at: start + index * stepSeconds, value: 0.1 + (index % 7) / 10}))
  return names.map((signal) => ({labels: {signal}, points}))
}

/** A backend that has something for every query of the dashboard. */
export function fullMetrics(dashboard: Dashboard): Metrics {
  return {
    ...fakeMetrics({}),
    query: () => Promise.resolve({kind: 'vector', samples: samplesOf(dashboard), warnings: [], notes: []}),
    queryRange: (expression, {start, stepSeconds}) => {
      const series = seriesOf(dashboard, stepSeconds, start)
      const asked = series.filter(({labels}) => expression.includes(`"signal", "${labels['signal'] ?? ''}"`))
      return Promise.resolve({series: asked, warnings: [], notes: []})
    },
  }
}

function awayMetrics(): Metrics {
  const away = () => Promise.reject(new FaciError('unreachable', 'Prometheus is away'))
  return {...fakeMetrics({}), query: away, queryRange: away}
}

/** Each dashboard with data, without traffic, without data, and without a backend; one of what is not there. */
export async function dashboardDocuments(): Promise<readonly DashboardDocument[]> {
  const results = DASHBOARD_NAMES.flatMap((name) => {
    const input = dashboardInput(name)
    const idle: Metrics = {
      ...fakeMetrics({}),
      query: () =>
        Promise.resolve({
          ...{kind: 'vector', warnings: ['a store is away'], notes: []},
          samples: [{labels: {signal: input.dashboard.traffic.name}, value: 0}],
        }),
    }
    const backends = [fullMetrics(input.dashboard), idle, fakeMetrics({}), awayMetrics()]
    return backends.map((metrics) => readDashboard({metrics}, input))
  })
  const overview = dashboardInput('overview')
  const deps = {
    ...{
      runbooks: () => Promise.resolve([]),
      engine: fakeEngine([]),
      stackModel: aStackModel(['api']),
      prober: fakeHttp(() => 200),
    },
    ...{clock: fakeClock(NOW.toISOString()), metrics: fullMetrics(overview.dashboard)},
  }
  const presence = {project: 'faciliauto', directory: '/srv/faciliauto', services: [], endpoints: []}
  const absent = showDashboard(deps, {...overview, presence})
  return (await Promise.all([...results, absent])).map((result) => envelope('dashboard', result, NOW))
}
