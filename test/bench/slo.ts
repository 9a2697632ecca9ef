import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'
import {loadConfig} from '../../src/config/load.js'
import {BURN_WINDOWS} from '../../src/domain/slo/burn-tiers.js'
import type {Objective} from '../../src/domain/slo/objective.js'
import {definitionHash, errorRatioName} from '../../src/domain/slo/slo-rules.js'
import {type HistorySeries, serveHistory} from '../support/prometheus-history.js'
import {type Command, inTurn, median, type Row, wallTime} from './measure.js'

const DAY = 86_400
export const END = Date.parse('2026-11-01T00:00:00Z') / 1000
const START = END - 30 * DAY
const SCRAPE_SECONDS = 15
const ROUNDS = 9
const FACI = join(repositoryRoot, 'bin', 'run.js')

function* counter(perScrape: number): Generator<readonly [number, number]> {
  let value = 0
  for (let at = START; at <= END; at += SCRAPE_SECONDS) {
    value += perScrape
    yield [at, value]
  }
}

function* ones(): Generator<readonly [number, number]> {
  for (let at = START; at <= END; at += SCRAPE_SECONDS) yield [at, 1]
}

/** Forty series of four replicas: requests by endpoint and status, a histogram, `up`. */
export function samples(): readonly HistorySeries[] {
  const replicas = ['a', 'b', 'c', 'd'].map((name) => `job="shop",instance="${name}"`)
  const requests = replicas.flatMap((labels) =>
    ['/cars', '/recommend'].flatMap((endpoint) => [
      {series: `http_requests_total{${labels},endpoint="${endpoint}",status="200"}`, perScrape: 30},
      {series: `http_requests_total{${labels},endpoint="${endpoint}",status="500"}`, perScrape: 0.01},
    ]),
  )
  const buckets = replicas.flatMap((labels) => {
    const name = 'http_request_duration_seconds'
    const bounds = ['0.2', '0.5', '1', '+Inf'].map((le, index) => ({
      series: `${name}_bucket{${labels},endpoint="/cars",le="${le}"}`,
      perScrape: 29 + index * 0.25,
    }))
    return [...bounds, {series: `${name}_count{${labels},endpoint="/cars"}`, perScrape: 29.75}]
  })
  return [
    ...[...requests, ...buckets].map(({series, perScrape}) => ({
      series,
      type: 'counter' as const,
      samples: counter(perScrape),
    })),
    ...replicas.map((labels) => ({series: `up{${labels}}`, type: 'gauge' as const, samples: ones()})),
  ]
}

/** What the rules of `faci slo rules` would have recorded last. */
function recorded(objectives: readonly Objective[]): readonly HistorySeries[] {
  return objectives.flatMap((objective) => {
    const labels = `slo="${objective.name}",job="shop"`
    const definition = definitionHash(objective, 'shop')
    const figure = (series: string, value: number): HistorySeries => ({
      series,
      type: 'gauge',
      samples: [[END - 30, value]],
    })
    return [
      figure(`slo:period_events:total{${labels},definition="${definition}"}`, 1e6),
      figure(`slo:period_events:bad{${labels},definition="${definition}"}`, 100),
      figure(`slo:period_coverage:ratio{${labels},definition="${definition}"}`, 1),
      ...BURN_WINDOWS.map((seconds) => figure(`${errorRatioName(seconds)}{${labels}}`, 0.0001)),
    ]
  })
}

async function requestsServed(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const counts = [...text.matchAll(/^prometheus_http_requests_total\{.*handler="\/api\/v1\/.*\} (\d+)$/gm)]
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}

/** `slo report` over thirty days of 15-second samples, and by what the rules have recorded. */
export async function benchSlo(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'faci-bench-slo-'))
  const shipped = await loadConfig({directory: repositoryRoot, file: undefined, environment: {}})
  const history = await serveHistory([...samples(), ...recorded(shipped.slos)])
  try {
    const shippedSlos = `slos:
  - {name: uptime, objective: 99.5, indicator: {up: true}}
  - {name: availability, objective: 99.5, indicator: {errors: 'http_requests_total{status=~"5.."}', total: http_requests_total}}
  - {name: error-rate, objective: 99.5, indicator: {errors: 'http_requests_total{status=~"5.."}', total: http_requests_total}}
  - {name: latency, objective: 95, indicator: {histogram: http_request_duration_seconds, threshold: 500ms}}
`
    writeFileSync(
      join(folder, 'faci.yml'),
      `service: bench\ncompose: {}\nprometheus: {url: '${history.url}', job: shop}\n${shippedSlos}`,
    )
    const report = ['slo', 'report', '--json', '--at', new Date(END * 1000).toISOString()]
    const command = (argv: readonly string[]): Command => ({argv: [process.execPath, ...argv], cwd: folder})
    await wallTime(command([FACI, ...report, '--raw']))
    const before = await requestsServed(history.url)
    await wallTime(command([FACI, ...report, '--raw']))
    const requests = (await requestsServed(history.url)) - before
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) times.push(await wallTime(command([FACI, ...report, '--raw'])))
    const seconds = median(times) / 1000
    const [base = 1, withRules = NaN] = await inTurn([command(['-e', '0']), command([FACI, ...report])], 25)
    return [
      {
        what: 'faci slo report, 30 days of 15 s samples, 40 series, 4 objectives, seconds',
        against: '1 s',
        ratio: seconds,
        target: 1.5,
        detail: `${seconds.toFixed(2)} s`,
      },
      {
        what: 'faci slo report, the same, requests to Prometheus',
        against: '1 request',
        ratio: requests,
        target: 8,
        detail: `${requests} requests`,
      },
      {
        what: 'faci slo report, by what the rules have recorded',
        against: 'node -e 0',
        ratio: withRules / base,
        target: 3.5,
        detail: `${withRules.toFixed(0)} ms to ${base.toFixed(0)} ms`,
      },
    ]
  } finally {
    history.stop()
    rmSync(folder, {recursive: true, force: true})
  }
}
