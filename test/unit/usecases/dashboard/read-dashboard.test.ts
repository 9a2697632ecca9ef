import {describe, expect, it} from 'vitest'
import {panelsOf} from '../../../../src/domain/dashboard/dashboard.js'
import {DASHBOARD_NAMES} from '../../../../src/domain/dashboard/dashboards.js'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Metrics} from '../../../../src/ports/metrics.js'
import {readDashboard} from '../../../../src/usecases/dashboard/read-dashboard.js'
import {DASHBOARD_AT, dashboardInput, fullMetrics} from '../../../support/documents/dashboards.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'
import {someTargets} from '../../../support/builders/targets.js'

interface Request {
  readonly expression: string
  readonly end: number
  readonly points: number
}

function recording(metrics: Metrics): {readonly metrics: Metrics; readonly requests: Request[]} {
  const requests: Request[] = []
  return {
    requests,
    metrics: {
      ...metrics,
      query: (expression, limits = {}) => {
        requests.push({expression, end: limits.at ?? NaN, points: 1})
        return metrics.query(expression, limits)
      },
      queryRange: (expression, range) => {
        requests.push({expression, end: range.end, points: (range.end - range.start) / range.stepSeconds + 1})
        return metrics.queryRange(expression, range)
      },
    },
  }
}

function failing(metrics: Metrics, pattern: RegExp, error: FaciError): Metrics {
  return {
    ...metrics,
    query: (expression, limits) =>
      pattern.test(expression) ? Promise.reject(error) : metrics.query(expression, limits),
    queryRange: (expression, range) =>
      pattern.test(expression) ? Promise.reject(error) : metrics.queryRange(expression, range),
  }
}

describe('readDashboard', () => {
  it.each(DASHBOARD_NAMES)('%s: one time for everything, one request for all that is of now', async (name) => {
    const input = dashboardInput(name)
    const {metrics, requests} = recording(fullMetrics(input.dashboard))
    const {data} = await readDashboard({metrics}, input)
    const graphs = panelsOf(input.dashboard).filter(({kind}) => kind === 'series').length
    expect(requests).toHaveLength(1 + graphs)
    expect(new Set(requests.map(({end}) => end))).toEqual(new Set([DASHBOARD_AT]))
    expect(data.sections.flatMap(({panels}) => panels).every(({verdict}) => verdict !== 'unknown')).toBe(true)
  })

  it.each([60, 3600, 35 * 86_400, 10 * 365 * 86_400])('asks for few points over %d seconds', async (range) => {
    const input = dashboardInput('overview', range)
    const {metrics, requests} = recording(fullMetrics(input.dashboard))
    await readDashboard({metrics}, input)
    expect(Math.max(...requests.map(({points}) => points))).toBeLessThanOrEqual(289)
  })

  it('is unknown everywhere without a backend, asked no more than once for each', async () => {
    const input = dashboardInput('performance')
    const away = failing(fakeMetrics({}), /./, new FaciError('unreachable', 'Prometheus is away'))
    const {metrics, requests} = recording(away)
    const {verdict, data} = await readDashboard({metrics}, input)
    expect(verdict).toBe('unknown')
    const contents = data.sections.flatMap(({panels}) => panels.map(({content}) => content))
    expect(new Set(contents.map((content) => JSON.stringify(content)))).toEqual(
      new Set([JSON.stringify({kind: 'unknown', reason: 'Prometheus is away'})]),
    )
    expect(requests).toHaveLength(5)
  })

  it('one query that fails hides no other', async () => {
    const input = dashboardInput('business')
    const many = new FaciError('badAnswer', 'many-to-many matching')
    const metrics = failing(fullMetrics(input.dashboard), /by \(job, dealership\)/, many)
    const {verdict, data} = await readDashboard({metrics}, input)
    expect(verdict).toBe('unknown')
    const unknown = data.sections.flatMap(({panels}) => panels).filter(({verdict: one}) => one === 'unknown')
    expect(unknown).toMatchObject([
      {title: 'Top dealerships', content: {kind: 'unknown', reason: 'many-to-many matching'}},
    ])
  })

  it('says that there is no traffic, and does not judge what has no target', async () => {
    const input = dashboardInput('business')
    const idle: Metrics = {
      ...fakeMetrics({}),
      query: () =>
        Promise.resolve({
          ...{kind: 'vector', warnings: [], notes: []},
          samples: [{labels: {signal: 'recommendations'}, value: 0}],
        }),
    }
    const {data} = await readDashboard({metrics: idle}, input)
    expect(data.sections[1]?.panels).toMatchObject([{content: {kind: 'noTraffic'}, verdict: 'notJudged'}])
    expect(JSON.stringify(data.sections[0])).not.toContain('noData')
  })

  it('is not judged where nothing has a target, whatever the figures, and unknown where one could not be read', async () => {
    const input = {...dashboardInput('business'), targets: someTargets()}
    const metrics = fullMetrics(input.dashboard)
    expect((await readDashboard({metrics}, input)).verdict).toBe('notJudged')
    const away = failing(metrics, /dealership/, new FaciError('timedOut', 'too slow'))
    expect((await readDashboard({metrics: away}, input)).verdict).toBe('unknown')
    const judged = {...dashboardInput('performance'), targets: someTargets({cpu: 0.99})}
    expect((await readDashboard({metrics: fullMetrics(judged.dashboard)}, judged)).verdict).toBe('healthy')
  })

  it('says what it looked for when nothing is known of the service', async () => {
    const {verdict, warnings} = await readDashboard({metrics: fakeMetrics({})}, dashboardInput('overview'))
    expect(verdict).toBe('unknown')
    expect(warnings).toEqual([
      expect.stringMatching(
        /^no data for traffic: nothing is found by job:http_requests:rate5m\{.*service\/prometheus\/rules/,
      ),
    ])
  })

  it('is unreliable when Prometheus warns', async () => {
    const input = {...dashboardInput('business'), targets: someTargets()}
    const full = fullMetrics(input.dashboard)
    const metrics: Metrics = {
      ...full,
      query: async (expression) => ({...(await full.query(expression)), warnings: ['partial']}),
    }
    expect(await readDashboard({metrics: full}, input)).toMatchObject({verdict: 'notJudged', warnings: []})
    expect(await readDashboard({metrics}, input)).toMatchObject({verdict: 'unknown', warnings: ['Prometheus: partial']})
  })
})
