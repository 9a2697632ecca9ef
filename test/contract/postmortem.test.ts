// The post-mortem of an incident whose figures are known, by the built faci and a real Prometheus that forgets it all in the end.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {Measurement} from '../../src/domain/impact/measurement.js'
import type {PostmortemReport} from '../../src/domain/postmortem/postmortem-report.js'
import {type Outcome} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {servedTrouble, troubleBefore} from '../support/postmortem-history.js'
import type {ServedHistory} from '../support/prometheus-history.js'
import {pageElements} from '../support/xml.js'

const now = Math.floor(Date.now() / 1000)
const trouble = troubleBefore(now)
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()
const FILE = 'postmortems/INC-1-search-down.md'

let here: string
let prometheus: ServedHistory

beforeAll(async () => {
  here = mkdtempSync(join(tmpdir(), 'faci-postmortem-'))
  prometheus = await servedTrouble(trouble, now)
  writeFileSync(
    join(here, 'faci.yml'),
    `service: shop
compose: {file: c.yml}
prometheus: {url: '${prometheus.url}', job: shop}
slos:
  - {name: availability, objective: 99, window: 1d, indicator: {errors: 'http_requests_total{status=~"5.."}', total: http_requests_total}}
  - {name: uptime, objective: 99.5, window: 30d, indicator: {up: true}}
  - {name: jobs, objective: 99, window: 30d, indicator: {errors: jobs_failed_total, total: jobs_total}}
`,
  )
}, 120_000)

afterAll(() => {
  prometheus.stop()
  rmSync(here, {recursive: true, force: true})
})

const faci = (...argv: readonly string[]): Promise<Outcome> => runHosted(argv, here, {FACI_OPERATOR: 'ana'})

async function reportOf(...argv: readonly string[]): Promise<PostmortemReport> {
  const {stdout, stderr} = await faci('incident', 'postmortem', ...argv, '--json')
  const {schema, data} = JSON.parse(stdout) as {schema: string; data: PostmortemReport}
  expect([schema, stderr]).toEqual(['faci.postmortem/v1', ''])
  return data
}

function measured({figures}: PostmortemReport): Measurement {
  if (figures.measurement === null) throw new Error('no figures')
  return figures.measurement
}

const textIn = (file: string): string => readFileSync(join(here, file), 'utf8')

describe('a post-mortem', () => {
  it('has the figures that were true when the incident was resolved', async () => {
    const times = ['--started-at', iso(trouble.start), '--detected-at', iso(trouble.detected)]
    await faci('incident', 'open', '--title', 'Search down', '--severity', 'P0', '--quiet', ...times)
    await faci('incident', 'note', 'redis was full', '--at', iso(trouble.detected))
    const resolved = await faci('incident', 'resolve', '--at', iso(trouble.end), '--quiet')
    expect([resolved.exitCode, resolved.stderr]).toEqual([0, ''])
    const report = await reportOf()
    const {downtime, requests, budgets, business, charts, warnings} = measured(report)
    expect([report.figures.from, warnings, report.file?.isNew]).toEqual(['frozen', [], true])
    expect(downtime).toMatchObject({seconds: 240, coverage: 1, missing: null})
    // One of two a second failed for twenty minutes.
    expect([requests.failed, requests.total]).toEqual([expect.closeTo(1200, -1), expect.closeTo(2400, -2)])
    const [availability, uptime, jobs] = budgets
    // 1 % of the 172,800 requests of a day; of the first two hours of it nothing is known.
    expect(availability?.spent).toBeCloseTo(1200 / (0.01 * 2 * 22.33 * 3600), 1)
    expect(availability?.budgetCoverage).toBeCloseTo(22.33 / 24, 1)
    expect(uptime?.spent).toBeCloseTo(240 / (0.005 * 30 * 86_400), 3)
    expect(jobs).toMatchObject({missing: 'noSeries', spent: null, bad: null, coverage: null})
    expect(business.signals).toMatchObject([{signal: 'recommendations', coverage: 1, weekAgoCoverage: 1}])
    expect([business.signals[0]?.value, business.signals[0]?.weekAgo]).toEqual([
      expect.closeTo(60, 0),
      expect.closeTo(120, 0),
    ])
    expect(charts.points).toBeLessThanOrEqual(200)
    expect(Date.parse(charts.start) / 1000).toBeLessThanOrEqual(trouble.start - 1800)
    for (const {query} of [downtime, requests, charts, ...budgets]) expect(query).not.toBe('')
  })

  it('says which alert would have told sooner, what that would have cost, and of which it cannot say', async () => {
    const {detection} = measured(await reportOf())
    expect(detection.coveredSeconds).toBeGreaterThan(20 * 3600)
    expect(detection.coveredSeconds).toBeLessThan(26 * 3600)
    const [errors, both, ...others] = detection.rules
    expect(others).toEqual([])
    expect(both).toMatchObject({rule: 'Both', cannotSay: 'noThreshold', trials: []})
    expect(errors).toMatchObject({rule: 'ManyErrors', firesAt: null, falseAlarms: 0, cannotSay: null})
    // Half fail from the start on: five minutes of waiting let the spike of ten hours before pass, none does not.
    expect(errors?.trials.map(({threshold, forSeconds, falseAlarms}) => [threshold, forSeconds, falseAlarms])).toEqual([
      [0.4, 300, 0],
      [0.4, 0, 1],
    ])
    const [patient, hasty] = errors?.trials ?? []
    expect(patient?.soonerSeconds).toBeGreaterThanOrEqual(200)
    expect(patient?.soonerSeconds).toBeLessThanOrEqual(270)
    expect(hasty?.soonerSeconds).toBeGreaterThanOrEqual(500)
  })

  it('is Markdown that people write in, and a page in which that is seen', async () => {
    const text = textIn(FILE)
    expect(text).toMatch(/\| Service down \| 4m \| 100 % \|/)
    expect(text).toContain('| Error budget of jobs (99 % over 30d) | no data |')
    writeFileSync(
      join(here, FILE),
      text.replace('## Where we got lucky\n', '## Where we got lucky\n\nBia was *awake*.\n'),
    )
    await faci('incident', 'actions', 'INC-1', '--add', 'alert at 0.4', '--owner', 'bia')
    const {stdout, exitCode} = await faci('incident', 'postmortem', 'INC-1', '--html', 'inc-1.html')
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/updated: timeline, actions\n.*inc-1\.html written\n/),
    ])
    expect(textIn(FILE)).toContain('Bia was *awake*.')
    expect(textIn(FILE)).toContain('- [ ] INC-1.1 alert at 0.4 (bia)')
    const page = textIn('inc-1.html')
    const elements = pageElements(page)
    expect(elements.filter(({name}) => name === 'svg')).toHaveLength(3)
    expect(elements.filter(({name}) => name === 'script')).toEqual([])
    expect(page).toContain('<p>Bia was <em>awake</em>.</p>')
  })

  it('stays as it is when Prometheus is gone, and says so when it is asked again', async () => {
    const before = measured(await reportOf())
    prometheus.stop()
    expect(measured(await reportOf())).toEqual(before)
    const {exitCode, stdout} = await faci('incident', 'postmortem', '--refresh')
    expect([exitCode, stdout]).toEqual([4, expect.stringContaining('these are the ones that were kept')])
  })

  it('does not hold up the end of an incident that nobody can measure', async () => {
    await faci('incident', 'open', '--title', 'Another', '--severity', 'P1', '--new', '--quiet')
    const {exitCode, stdout, stderr} = await faci('incident', 'resolve', '--quiet')
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('INC-2 resolved')])
    expect(stderr).toMatch(
      /figures of INC-2 are not kept yet \(.*\): measured by the next faci incident postmortem INC-2/,
    )
    const none = await faci('incident', 'postmortem', 'INC-2')
    expect([none.exitCode, none.stdout]).toEqual([4, expect.stringContaining('Nothing could be measured')])
  })
})
