import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {createPrometheusMetrics} from '../../src/adapters/prometheus/prometheus-metrics.js'
import {isInstant, panelsOf} from '../../src/domain/dashboard/dashboard.js'
import {DASHBOARD_NAMES, DASHBOARDS} from '../../src/domain/dashboard/dashboards.js'
import type {DashboardDocument} from '../../src/render/json/documents.js'
import {onContainer} from '../support/containers.js'
import {eventually} from '../support/eventually.js'
import {firstDay} from '../support/first-day.js'
import {type MixedLoad, mixedLoad} from '../support/mixed-load.js'
import {ownStack} from '../support/own-stack.js'
import {workspace} from '../support/workspace.js'

const stack = await ownStack()
const here = workspace(stack)
let load: MixedLoad

async function read(name: string): Promise<DashboardDocument> {
  return JSON.parse((await here.faci(['dashboard', name, '--json'])).stdout) as DashboardDocument
}

function panels({data}: DashboardDocument): DashboardDocument['data']['sections'][number]['panels'] {
  return data.sections.flatMap((section) => section.panels)
}

/** What a panel has nothing for, as its title and the figure's. */
function gaps(document: DashboardDocument): readonly string[] {
  return panels(document).flatMap(({title, content}) => {
    if (content.kind === 'noData' || content.kind === 'noTraffic' || content.kind === 'unknown') return [title]
    const figures =
      content.kind === 'series'
        ? content.trends
        : content.kind === 'figures' || content.kind === 'gauges'
          ? content.figures
          : []
    return figures.filter(({reading}) => reading.kind !== 'value').map((figure) => `${title}, ${figure.title}`)
  })
}

beforeAll(async () => {
  await firstDay(stack)
  load = mixedLoad(stack.urls.api)
  // The figures are those of half a minute ago, recorded from rates that need two scrapes.
  await eventually(async () => {
    for (const name of DASHBOARD_NAMES) {
      const missing = gaps(await read(name))
      // The week before is what no young service has.
      expect(missing).toEqual(name === 'business' ? ['CTR WhatsApp, change'] : [])
    }
  }, 150)
})
afterAll(async () => {
  await load.stop()
  here.remove()
})

describe('faci dashboard', () => {
  it('is the overview when none is named, framed and no wider than the terminal', async () => {
    const {stdout, stderr} = await here.faci(['dashboard'], {env: {COLUMNS: '100'}})
    expect(stderr).toBe('')
    expect(new Set(stdout.split('\n').map((line) => line.length))).toEqual(new Set([100]))
    expect(stdout).toMatch(/faciliauto - Overview/)
    // One verdict on the screen: that above is that of the state.
    expect(stdout).toMatch(/([●▲] (?:healthy|degraded)) {2}last [^]*Status: \1 {4}Uptime: [\d.]+ %/)
    expect(stdout).toMatch(/RPS: +\d+\.\d+\/s/)
    expect(stdout).toMatch(/CPU usage: +[\d.]+ % +[●◆▲] target < 70\.0 %/)
    expect(stdout).toMatch(/p99 .*[▁▂▃▄▅▆▇█] .* m?s/)
    expect(stdout).not.toMatch(/no data|unknown/)
  })

  it('has the leads of each dealership, and the scores of the cars', async () => {
    const {stdout} = await here.faci(['dashboard', 'business'])
    expect(stdout).toMatch(/RobustCar +\d+ +[\d.]+ %/)
    expect(stdout).toMatch(/\d+–\d+ % +█+ +\d+/)
    expect(stdout).toMatch(/CTR WhatsApp: +[\d.]+ % +\(change: no data\)/)
    const document = await read('business')
    const table = panels(document).find(({title}) => title === 'Top dealerships')?.content
    const shares = table?.kind === 'table' ? table.rows.map(({cells}) => cells[1]?.value ?? NaN) : []
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
  })

  it('holds the click-through against the same time before, once there is one', async () => {
    await eventually(async () => {
      const {stdout} = await here.faci(['dashboard', 'business', '--range', '40s'])
      expect(stdout).toMatch(/CTR WhatsApp: +[\d.]+ % +\([+−]\d+\.\d pp\)/)
    }, 60)
  })

  it('says which endpoint is how fast, as `faci latency` does', async () => {
    const document = await read('performance')
    const table = panels(document).find(({title}) => title === 'By endpoint')?.content
    const labels = table?.kind === 'table' ? table.rows.map(({label}) => label) : []
    expect(labels).toEqual(expect.arrayContaining(['/cars', '/recommend', '/stats']))
    expect(labels).not.toContain('/health')
    const figures = panels(document).flatMap(({content}) => (content.kind === 'gauges' ? content.figures : []))
    expect(figures.map(({target}) => target)).toEqual([0.2, 0.5, 1])
  })

  it('agrees with `faci signals` at the same moment', async () => {
    await eventually(async () => {
      const document = await read('overview')
      const p95 = panels(document).flatMap(({content}) =>
        content.kind === 'figures' ? content.figures.filter(({name}) => name === 'latencyP95') : [],
      )[0]
      const {stdout} = await here.faci(['signals', '--json', '--at', document.data.at])
      const {data} = JSON.parse(stdout) as {data: {signals: {name: string; reading: {value: number}; target: number}[]}}
      const signal = data.signals.find(({name}) => name === 'latencyP95')
      expect(p95?.target).toBe(signal?.target)
      // Recorded every five seconds: what was scraped in between is not in it yet.
      const recorded = p95?.reading.kind === 'value' ? p95.reading.value : NaN
      expect(Math.abs(recorded / (signal?.reading.value ?? NaN) - 1)).toBeLessThan(0.1)
    })
  })

  it('draws again until it is told to stop', async () => {
    const child = spawn(
      process.execPath,
      [join(repositoryRoot, 'bin', 'run.js'), 'dashboard', '--watch', '--interval', '200ms', '--output', 'ndjson'],
      {cwd: here.directory, env: {...process.env, ...stack.env}, stdio: ['ignore', 'pipe', 'inherit']},
    )
    const seen: string[] = []
    for await (const line of createInterface({input: child.stdout})) {
      seen.push(line)
      if (seen.length === 2) break
    }
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    await ended
    expect(seen.map((line) => (JSON.parse(line) as DashboardDocument).schema)).toEqual([
      'faci.dashboard/v1',
      'faci.dashboard/v1',
    ])
  })

  it('knows no other', async () => {
    const {stderr, exitCode} = await here.faci(['dashboard', 'sales'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/overview, business, performance/)
  })
})

describe('the dashboards of Grafana', () => {
  const metrics = createPrometheusMetrics({
    ...{url: stack.urls.prometheus, headers: {}, tenant: null, partialResponse: 'deny', timeoutSeconds: 20},
  })
  const cases = DASHBOARD_NAMES.flatMap((name) => {
    const file = join(repositoryRoot, 'service', 'grafana', 'provisioning', 'dashboards', 'json', `${name}.json`)
    const json = JSON.parse(readFileSync(file, 'utf8')) as {
      panels: {title: string; type: string; targets?: {expr: string; range: boolean}[]}[]
    }
    const definition = DASHBOARDS[name]({job: 'faciliauto-api', rangeSeconds: null})
    const looksBack = panelsOf(definition)
      .filter(isInstant)
      .flatMap(({queries}) => queries.filter((query) => query.looksBack).map(({expression}) => expression))
    return json.panels.flatMap(({title, targets = []}) =>
      targets
        .filter(({expr}) => !looksBack.includes(expr))
        .map(({expr, range}) => ({label: `${name}: ${title}`, expr, range, seconds: definition.rangeSeconds})),
    )
  })

  it.each(cases)('$label has data: $expr', async ({expr, range, seconds}) => {
    if (range) {
      const end = Math.floor(Date.now() / 1000)
      const {series, warnings} = await metrics.queryRange(expr, {
        start: end - seconds,
        end,
        stepSeconds: seconds / 1000,
      })
      expect(warnings).toEqual([])
      expect(series.flatMap(({points}) => points).length).toBeGreaterThan(0)
    } else {
      const {samples, warnings} = await metrics.query(expr)
      expect(warnings).toEqual([])
      expect(samples.filter(({value}) => Number.isFinite(value)).length).toBeGreaterThan(0)
    }
  })
})

describe('without Prometheus', () => {
  beforeAll(async () => {
    await onContainer(stack.project, 'prometheus', (id) => ['stop', '--time', '5', id])
  })
  afterAll(async () => {
    await onContainer(stack.project, 'prometheus', (id) => ['start', id])
    await eventually(async () => {
      expect((await fetch(`${stack.urls.prometheus}/-/ready`)).ok).toBe(true)
    })
  })

  it.each(DASHBOARD_NAMES)('%s is not healthy, with the reason, once', async (name) => {
    const {stdout, exitCode} = await here.faci(['dashboard', name])
    // The overview also sees that a service of the stack is stopped: that is bad, which comes before unknown.
    expect(exitCode).toBe(name === 'overview' ? 3 : 4)
    expect(stdout).toMatch(name === 'overview' ? /▲ degraded {2}last/ : /\? unknown {2}last/)
    expect(stdout.split('connection refused')).toHaveLength(2)
    expect(stdout).not.toMatch(/no data/)
  })
})
