import stringWidth from 'fast-string-width'
import {describe, expect, it} from 'vitest'
import {DASHBOARD_NAMES} from '../../../src/domain/dashboard/dashboards.js'
import type {DashboardReport} from '../../../src/domain/dashboard/dashboard-report.js'
import {FaciError} from '../../../src/domain/errors.js'
import type {Result} from '../../../src/domain/result.js'
import {dashboardText} from '../../../src/render/dashboard/dashboard.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {readDashboard} from '../../../src/usecases/dashboard/read-dashboard.js'
import {dashboardInput, fullMetrics} from '../../support/documents/dashboards.js'
import {fakeMetrics} from '../../support/fakes/metrics.js'

function full(name: DashboardReport['name']): Promise<Result<DashboardReport>> {
  const input = dashboardInput(name)
  return readDashboard({metrics: fullMetrics(input.dashboard)}, input)
}

function text(result: Result<DashboardReport>, width: number): string {
  return dashboardText(result, {...PLAIN, width, edge: true})
}

const WIDTHS = [40, 60, 80, 120, 200]

describe('dashboardText', () => {
  it.each(DASHBOARD_NAMES.flatMap((name) => WIDTHS.map((width) => [name, width] as const)))(
    '%s: no line is wider than %d columns',
    async (name, width) => {
      const lines = text(await full(name), width).split('\n')
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width)
      // Framed, every line is as wide as the terminal.
      if (width >= 80) expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([width]))
    },
  )

  it.each(WIDTHS)('says what it knows on %d columns', async (width) => {
    const overview = text(await full('overview'), width)
    for (const title of ['Status:', 'Uptime:', 'RPS:', 'CPU usage:', 'Request rate', 'Response time', 'p99']) {
      expect(overview).toContain(title)
    }
    expect(overview).toMatch(/[▁▂▃▄▅▆▇█]{8}/)
  })

  it.each(DASHBOARD_NAMES.flatMap((name) => WIDTHS.map((width) => [name, width] as const)))(
    '%s: cuts no figure and no target on %d columns',
    async (name, width) => {
      const result = await full(name)
      const words = (all: string): readonly string[] =>
        [...all.matchAll(/(?:target [<>] |of )?[\d.]+ ?(?:%|ms|s|\/s|MB|GB)/g)].map(([word]) =>
          word.replaceAll(/\s+/g, ' '),
        )
      const flat = text(result, width)
        .replaceAll(/\s*│?\n│?\s*/g, ' ')
        .replaceAll(/[│├└]/g, ' ')
        .replaceAll(/\s+/g, ' ')
      const targets = words(text(result, 400)).filter((word) => /^(?:target|of)/.test(word))
      for (const word of targets) expect(flat).toContain(word)
    },
  )

  it('is the overview of the guide', async () => {
    const lines = text(await full('overview'), 100).split('\n')
    const order = [
      /^┌─+┐$/,
      /^│ +faciliauto - Overview +│$/,
      /^├─+┤$/,
      /^│ ▲ degraded {2}last 1d, .* +│$/,
      /^│ Status: ▲ degraded {4}Uptime: 40\.0 % +│$/,
      /^│ Current metrics +│$/,
      /^│ ├─ RPS: +0\.40\/s +│$/,
      /^│ ├─ Latency \(P95\): +400 ms +◆ target < 500 ms +│$/,
      /^│ ├─ Error rate: +40\.0 % +▲ target < 0\.500 % +│$/,
      /^│ └─ CPU usage: +40\.0 % +● target < 70\.0 % +│$/,
      /^│ Graphs +│$/,
      /^│ +MIN +MAX +LAST +│$/,
      /^│ Request rate +[▁▂▃▄▅▆▇█]+ +0\.10\/s +0\.70\/s/,
      /^│ Response time +│$/,
      /^│ {3}p50 /,
      /^│ Error rate +│$/,
      /^│ {3}5xx .*▲ 20\.0 % │$/,
      /^│ Resource usage +│$/,
      /^│ {3}disk /,
      /^└─+┘$/,
    ]
    const places = order.map((pattern) => lines.findIndex((line) => pattern.test(line)))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((one, other) => one - other))
  })

  it('has tables and a histogram', async () => {
    const business = text(await full('business'), 100)
    expect(business).toMatch(/DEALERSHIP +LEADS +SHARE/)
    expect(business).toMatch(/50–75 % +█+ +1/)
    expect(text(await full('performance'), 100)).toMatch(/\/recommend +400 ms +0\.40\/s +▲ 40\.0 %/)
  })

  it('shows how near a gauge is to its target without any colour', async () => {
    const performance = text(await full('performance'), 100)
    expect(performance).toMatch(/P50: +400 ms +▲ █{20} 200 % of 200 ms/)
    expect(performance).toMatch(/P95: +400 ms +◆ █{16}░{4} 80 % of 500 ms/)
    expect(performance).toMatch(/P99: +400 ms +● █{8}░{12} 40 % of 1\.00 s/)
  })

  it('puts sections beside each other on a wide screen', async () => {
    expect(text(await full('performance'), 140)).toMatch(/Response times +By endpoint/)
    expect(text(await full('performance'), 100)).not.toMatch(/Response times +By endpoint/)
  })

  it('gives a reason that all share once, and whose it is when they do not', async () => {
    const input = dashboardInput('business')
    const error = new FaciError('unreachable', 'Prometheus is away')
    const away = {
      ...fakeMetrics({}),
      query: () => Promise.reject(error),
      queryRange: () => Promise.reject(error),
    }
    const every = text(await readDashboard({metrics: away}, input), 100)
    expect(every.split('Prometheus is away')).toHaveLength(2)
    const graphs = {...fullMetrics(input.dashboard), queryRange: away.queryRange}
    expect(text(await readDashboard({metrics: graphs}, input), 100)).toMatch(
      /\? Recommendations\/day, CTR trend: Prometheus is away/,
    )
  })

  it('says no data, not zero', async () => {
    const nothing = text(await readDashboard({metrics: fakeMetrics({})}, dashboardInput('business')), 80)
    expect(nothing).toMatch(/Recommendations: +no data/)
    expect(nothing).toMatch(/Top dealerships +no data/)
    expect(nothing).not.toMatch(/ 0 %/)
  })
})
