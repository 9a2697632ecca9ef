import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Outcome} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {eventually} from '../support/eventually.js'
import {type MemoryAlertmanager, memoryAlertmanager} from '../support/servers/memory-alertmanager.js'
import {type RealPrometheus, realPrometheus} from '../support/servers/real-prometheus.js'

/** One that fires once Prometheus has found its Alertmanager, one that is pending for an hour. */
const RULES = `groups:
  - name: all
    rules:
      - {alert: APIDown, expr: vector(1), for: 8s, labels: {severity: critical}, annotations: {runbook: api-down, summary: the API is down}}
      - {alert: HighLatency, expr: vector(1), for: 1h, labels: {severity: warning}}
      - {alert: Rewritten, expr: vector(1), for: 8s, labels: {severity: warning, team: web, replica: a}}
      - {alert: Dropped, expr: vector(1), for: 8s, labels: {severity: warning}}
`
const RELABELINGS = `[
  {action: drop, source_labels: [alertname], regex: Drop.*},
  {action: labeldrop, regex: replica|cluster},
  {source_labels: [team], regex: w(.*), target_label: team, replacement: 'the-$1'}
]`

let alertmanager: MemoryAlertmanager
let prometheus: RealPrometheus
const folder = mkdtempSync(join(tmpdir(), 'faci-board-'))

function faci(
  argv: readonly string[],
  urls: Partial<Record<'prometheus' | 'alertmanager', string | null>> = {},
): Promise<Outcome> {
  const all = {prometheus: prometheus.url, alertmanager: alertmanager.url, ...urls}
  const file = join(folder, `${Object.keys(urls).join('-') || 'all'}.yml`)
  const backends = Object.entries(all).map(([name, url]) => (url === null ? '' : `${name}: {url: '${url}'}\n`))
  writeFileSync(file, `service: shop\ncompose: {file: docker-compose.yml}\n${backends.join('')}`)
  return runHosted([...argv, '--config', file], folder)
}

const AWAY = 'http://127.0.0.1:1'

beforeAll(async () => {
  alertmanager = await memoryAlertmanager()
  prometheus = await realPrometheus(RULES, alertmanager.target, RELABELINGS)
  await eventually(async () => {
    expect((await faci(['alerts', 'list'])).stdout).toMatch(/APIDown +critical +firing +\d/)
  })
})
afterAll(async () => {
  prometheus.stop()
  await alertmanager.stop()
  rmSync(folder, {recursive: true, force: true})
})

describe('faci alerts list on a real Prometheus', () => {
  it('has each alert once, and when a pending one fires', async () => {
    const {stdout, exitCode} = await faci(['alerts', 'list'])
    expect(exitCode).toBe(3)
    expect(stdout.match(/APIDown/g)).toHaveLength(1)
    expect(stdout).toMatch(/HighLatency +warning +pending, fires in (?:1h|59m)/)
  })

  it('is exit 4 with Prometheus away and nothing at Alertmanager, and unknown in the check', async () => {
    const empty = await memoryAlertmanager()
    const blind = {prometheus: AWAY, alertmanager: empty.url}
    const [listed, checked, silences] = await Promise.all([
      faci(['alerts', 'list'], blind),
      faci(['check', 'daily'], blind),
      faci(['alerts', 'list', '--json'], blind),
    ])
    await empty.stop()
    expect(listed.exitCode).toBe(4)
    expect(listed.stdout).not.toContain('●')
    expect(listed.stdout).toMatch(/^\? .*\n\? Prometheus at .* cannot be reached: connection refused/)
    // The project has no containers, which is bad: that comes before unknown.
    expect(checked.exitCode).toBe(3)
    expect(checked.stdout).toMatch(/\? +active alerts +cannot all be seen/)
    expect(JSON.parse(silences.stdout)).toMatchObject({verdict: 'unknown', data: {alerts: []}})
  })

  it('has what Prometheus finds where faci.yml has no Alertmanager, in every command that shows alerts', async () => {
    const alone = {alertmanager: null}
    const [listed, silences, checked, status] = [
      await faci(['alerts', 'list'], alone),
      await faci(['alerts', 'list', '--silences'], alone),
      await faci(['check', 'daily'], alone),
      await faci(['status'], alone),
    ]
    expect(listed.exitCode).toBe(3)
    expect(listed.stdout).toMatch(/APIDown +critical +firing +\d/)
    expect(listed.stdout).toMatch(/HighLatency +warning +pending, fires in/)
    expect(listed.stdout).not.toMatch(/at Alertmanager|^\?/m)
    expect(silences).toMatchObject({
      exitCode: 6,
      stderr: expect.stringContaining('no `alertmanager` section') as unknown,
    })
    expect(checked.stdout).toMatch(/✖ +active alerts +.*APIDown/)
    expect(status.stdout).toMatch(/APIDown +critical +firing/)
    const neither = await faci(['alerts', 'list'], {alertmanager: null, prometheus: null})
    expect(neither.exitCode).toBe(6)
  })

  it('tells what fires at Prometheus while Alertmanager is away', async () => {
    const {stdout, exitCode} = await faci(['alerts', 'list'], {alertmanager: AWAY})
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/APIDown +critical +firing/)
    expect(stdout).toMatch(/\? Alertmanager at .* cannot be reached/)
  })

  it("is never green just after Alertmanager's restart, and says what it lacks", async () => {
    // Prometheus has fired it for longer than two evaluations and half a minute.
    await eventually(async () => {
      const {stdout} = await faci(['alerts', 'show', 'APIDown', '--json'])
      const {data} = JSON.parse(stdout) as {data: {rules: {alerts: {activeSeconds: number}[]}[]}}
      expect(data.rules[0]?.alerts[0]?.activeSeconds).toBeGreaterThan(41)
    }, 60)
    // Long enough for any of them to be missed: one is there under other labels, one is not sent on purpose.
    const before = await faci(['alerts', 'list'])
    expect(before.stdout).not.toMatch(/at Alertmanager/)
    expect(before.stdout.match(/^.*Rewritten.*$/gm)).toEqual([expect.stringMatching(/Rewritten +warning +firing +\d/)])
    expect(before.stdout).toMatch(/Dropped +warning +not sent: dropped by relabeling/)
    const shown = await faci(['alerts', 'show', 'Dropped'])
    expect([shown.exitCode, shown.stdout]).toEqual([
      0,
      expect.stringMatching(/firing but not sent[^]*relabeling drops it/),
    ])
    alertmanager.forget()
    const {stdout, exitCode} = await faci(['alerts', 'list'])
    expect(exitCode).toBe(3)
    // Prometheus tells it anew once a minute: it may just have.
    expect(stdout).toMatch(/APIDown +critical +firing(?:, not at Alertmanager)? +\S+ +\S* *faci runbook api-down/)
  })
})
