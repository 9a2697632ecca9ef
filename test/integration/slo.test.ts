import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {findTool} from '../../service/stack/debian.js'
import {eventually} from '../support/eventually.js'
import {firstDay} from '../support/first-day.js'
import {onContainer} from '../support/containers.js'
import {ownStack} from '../support/own-stack.js'
import {workspace} from '../support/workspace.js'

/** Of the API and of the proxy; what `slo report` looks at is the same. */
const SCRAPE_SECONDS = 5

const stack = await ownStack()
const here = workspace(stack)

interface Report {
  readonly verdict: string
  readonly data: {
    readonly source: string
    readonly objectives: readonly {
      readonly name: string
      readonly status: string
      readonly sli: number | null
      readonly good: number | null
      readonly total: number | null
      readonly notes: readonly string[]
      readonly window: {readonly end: string}
    }[]
  }
}

async function report(...flags: string[]): Promise<{readonly exitCode: number; readonly report: Report}> {
  const {stdout, exitCode} = await here.faci(['slo', 'report', '--json', ...flags])
  return {exitCode, report: JSON.parse(stdout) as Report}
}

async function traffic(count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) await fetch(`${stack.urls.api}/cars?per_page=5`)
}

type Objective = Report['data']['objectives'][number]
type Point = readonly [seconds: number, value: string]
type Series = Partial<Readonly<{value: Point; values: readonly Point[]}>>

async function asked(expression: string, {window}: Objective): Promise<readonly Series[]> {
  const url = new URL('/api/v1/query', stack.urls.prometheus)
  url.search = new URLSearchParams({query: expression, time: window.end}).toString()
  const answer = (await (await fetch(url)).json()) as {data: {result: readonly Series[]}}
  return answer.data.result
}

/** What Prometheus itself says at the end of a report's window. */
async function measured(expression: string, objective: Objective): Promise<number> {
  return Number((await asked(expression, objective))[0]?.value?.[1])
}

/** The longest time between two scrapes that the API answered, less the one scrape that lies between any two. */
async function unanswered(objective: Objective): Promise<number> {
  const raw = (await asked('up{job="faciliauto-api"}[5m]', objective)).flatMap(({values = []}) => values)
  const times = raw.filter(([, up]) => up === '1').map(([seconds]) => seconds)
  const gaps = times.sort((a, b) => a - b).map((seconds, index) => seconds - (times[index - 1] ?? seconds))
  return Math.max(...gaps) - SCRAPE_SECONDS
}

beforeAll(async () => {
  await firstDay(stack)
  await eventually(async () => {
    await traffic(10)
    const {report: found} = await report('--window', '1m', '--raw')
    expect(found.data.objectives.map(({status}) => status)).toEqual(['met', 'met', 'met', 'met'])
  }, 120)
})
afterAll(() => {
  here.remove()
})

describe('faci slo report', () => {
  it('is met over what was measured, and exit 0: a deploy gate opens', async () => {
    const users = 'job="faciliauto-api", endpoint!~"/metrics|/health"'
    const seconds = 'http_request_duration_seconds'
    const fast = `sum(increase(${seconds}_bucket{${users}, le="0.5"}[1m])) / sum(increase(${seconds}_count{${users}}[1m]))`
    // Again if a scrape came between the two questions.
    await eventually(async () => {
      const {exitCode, report: found} = await report('--window', '1m', '--raw')
      expect([exitCode, found.verdict, found.data.source]).toEqual([0, 'healthy', 'samples'])
      for (const objective of found.data.objectives) {
        expect(objective.total).toBeGreaterThan(0)
        // Nobody made errors. How fast it is, is the machine's doing.
        const sli = objective.name === 'latency' ? await measured(fast, objective) : 1
        expect([objective.name, objective.sli]).toEqual([objective.name, expect.closeTo(sli, 9)])
      }
    }, 20)
  })

  it('says that a young service was not measured for long, exit 4', async () => {
    // Over thirty days uptime is counted by the minute: it takes two for the first one to be known.
    await eventually(async () => {
      const {exitCode, report: found} = await report()
      expect([exitCode, found.verdict]).toEqual([4, 'unknown'])
      for (const {status, notes} of found.data.objectives) {
        expect(status).toBe('unreliable')
        expect(notes.join()).toMatch(/measured for only (?:\d+[hms] ){1,2}of \d+d/)
      }
    }, 150)
  }, 160_000)

  it('is a table, Markdown or CSV', async () => {
    const [text, markdown, csv] = await Promise.all(
      ['text', 'md', 'csv'].map((output) => here.faci(['slo', 'report', '--window', '1m', '--output', output])),
    )
    expect(text?.stdout).toMatch(/● {2}availability +99\.5 % +100\.000 % .* met/)
    expect(markdown?.stdout).toContain('| availability | 99.5 % | 100.000 % |')
    const lines = csv?.stdout.split('\n') ?? []
    expect(lines).toHaveLength(5)
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([19]))
  })

  it.each([
    [['--month', '2026-13'], 2, /invalid month/],
    [['--month', '2199-01'], 2, /has not begun/],
    [['avaliability'], 2, /there is no objective avaliability[\s\S]*availability/],
    [['--window', '30'], 2, /is not a duration: did you mean `30s`/],
    [['--window', '0s'], 2, /too short: a minute is the least/],
  ])('refuses %j', async (argv, code, message) => {
    const {stderr, exitCode} = await here.faci(['slo', 'report', ...argv])
    expect([exitCode, stderr]).toEqual([code, expect.stringMatching(message)])
  })

  it('is exit 4 with the reason when Prometheus is away', async () => {
    const {stderr, exitCode} = await here.faci(['slo', 'report'], {env: {PROMETHEUS_PORT: '1'}})
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/Prometheus.*connection refused/)])
  })
})

describe('faci slo burn', () => {
  it('tells every window and tier', async () => {
    const {stdout} = await here.faci(['slo', 'burn', 'availability'])
    expect(stdout).toMatch(/burn +5m 0\.00×\?? +30m 0\.00×\?? .*3d 0\.00×\?/)
    expect(stdout).toMatch(/page 1h\/5m +14\.4× +0\.00×\?? +0\.00×\?? +quiet/)
  })
})

describe('faci slo rules', () => {
  it('writes rules and tests that promtool accepts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faci-slo-rules-'))
    try {
      const {stdout, exitCode} = await here.faci(['slo', 'rules', 'latency', '--directory', folder])
      expect([exitCode, stdout.split('\n').length]).toEqual([0, 2])
      const {command, env} = await findTool('promtool')
      const checked = await execa(command, ['check', 'rules', 'slo.rules.yml'], {cwd: folder, env})
      expect(checked.stdout).toContain('rules found')
      const tested = await execa(command, ['test', 'rules', 'slo.rules.test.yml'], {cwd: folder, env})
      expect(tested.stdout + tested.stderr).toContain('SUCCESS')
      expect(readFileSync(join(folder, 'slo.rules.yml'), 'utf8')).toContain('(14.4 * 0.05)')
    } finally {
      rmSync(folder, {recursive: true, force: true})
    }
  })
})

// The last: Prometheus records the period's events only every minute.
describe('faci slo report, once the rules have recorded', () => {
  it('takes what the rules have recorded, which is what the samples say', async () => {
    await eventually(async () => {
      const {report: found} = await report()
      expect(found.data.source).toBe('recordingRules')
      for (const objective of found.data.objectives) {
        const events = (kind: string) => `slo:period_events:${kind}{slo="${objective.name}"}`
        const sli = await measured(`1 - ${events('bad')} / ${events('total')}`, objective)
        expect([objective.name, objective.sli]).toEqual([objective.name, expect.closeTo(sli, 9)])
      }
    }, 90)
    const [recorded, counted] = await Promise.all([report(), report('--raw')])
    // Of what was before the first scrape, increase() only guesses: from five minutes it may see one slow request, from thirty days none.
    for (const [index, {name, sli}] of recorded.report.data.objectives.entries()) {
      const other = counted.report.data.objectives[index]
      expect(other?.name).toBe(name)
      expect(Math.abs((sli ?? NaN) - (other?.sli ?? NaN)), name).toBeLessThan(0.02)
    }
  })
})

// After all the others, which are about a service without errors.
describe('faci slo report of a lost replica and a total outage', () => {
  it('counts the requests that the proxy refused, but for those of probes, and the time that Prometheus saw', async () => {
    const ask = (path: string) => fetch(`${stack.urls.api}${path}`).then(({status}) => status)
    // First a replica goes while another is up, which is no downtime: Prometheus saw both, and then the one.
    expect((await here.faci(['scale', 'api=2', '--yes'])).exitCode).toBe(0)
    await eventually(async () => {
      expect((await here.faci(['query', 'sum(up{job="faciliauto-api"})'])).stdout).toMatch(/^ *2 /m)
    })
    expect((await here.faci(['scale', 'api=1', '--yes'])).exitCode).toBe(0)
    await onContainer(stack.project, 'api', (id) => ['kill', id])
    await eventually(async () => {
      expect(await ask('/health')).toBe(503)
    })
    const killed = Date.now()
    // It is the proxy that has noticed now.
    await eventually(async () => {
      expect((await here.faci(['health'])).exitCode).toBe(3)
      expect(Date.now() - killed).toBeGreaterThan(15_000)
    }, 40)
    for (const path of ['/cars?per_page=5', '/health']) {
      const refused = await Promise.all(Array.from({length: 40}, () => ask(path)))
      expect(new Set(refused)).toEqual(new Set([503]))
    }
    await onContainer(stack.project, 'api', (id) => ['start', id])
    await eventually(async () => {
      expect(await ask('/health')).toBe(200)
    }, 40)
    await eventually(async () => {
      const {exitCode, report: found} = await report('--window', '5m', '--raw')
      expect(exitCode).not.toBe(0)
      const [uptime, availability] = found.data.objectives
      if (uptime === undefined || availability === undefined) throw new Error('an objective is missing')
      expect([uptime.name, availability.name]).toEqual(['uptime', 'availability'])
      const bad = ({good, total}: Objective) => (total ?? NaN) - (good ?? NaN)
      expect(availability.notes.join()).not.toContain('refused')
      // Prometheus extends what it has counted to the whole of the window, which the proxy has been scraped in for most of.
      expect(bad(availability)).toBeGreaterThan(39)
      expect(bad(availability)).toBeLessThan(60)
      expect(availability.sli).toBeLessThan(0.995)
      const gone = await unanswered(uptime)
      expect(gone).toBeGreaterThan(10)
      // What vanishes from discovery is gone for Prometheus with its next look at it: a scrape more or less at both ends.
      expect(Math.abs(bad(uptime) - gone)).toBeLessThanOrEqual(2 * SCRAPE_SECONDS)
    }, 40)
  }, 180_000)
})
