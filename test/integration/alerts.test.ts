import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {createAlertmanagerAlerts} from '../../src/adapters/alertmanager/alertmanager-alerts.js'
import {alertsContract} from '../contract/suites/alerts.js'
import {eventually} from '../support/eventually.js'
import {ownStack} from '../support/own-stack.js'
import {workspace} from '../support/workspace.js'

const stack = ownStack()
const here = workspace(stack)
const alertmanager = stack.urls.alertmanager
const soon = () => new Date(Date.now() + 120_000).toISOString()
const silences: string[] = []

async function post(path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`${alertmanager}/api/v2/${path}`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return answer.json().catch(() => null)
}

function synthetic(endsAt: string) {
  const alert = (labels: Record<string, string>, annotations: Record<string, string>) => ({labels, annotations, endsAt})
  return [
    alert(
      {alertname: 'HighResponseTime', severity: 'warning', priority: 'P1', instance: 'test'},
      {runbook: 'high-latency', summary: 'P95 latency > 1s'},
    ),
    alert(
      {alertname: 'APIDown', severity: 'critical', priority: 'P0'},
      {runbook: 'api-down', summary: 'API está offline'},
    ),
    alert({alertname: 'Quiet', severity: 'critical'}, {}),
  ]
}

beforeAll(async () => {
  const matchers = [{name: 'alertname', value: 'Quiet', isRegex: false, isEqual: true}]
  const startsAt = new Date().toISOString()
  const silence = {matchers, startsAt, endsAt: soon(), createdBy: 'test', comment: 'contract test'}
  const {silenceID} = (await post('silences', silence)) as {silenceID: string}
  silences.push(silenceID)
  await post('alerts', synthetic(soon()))
  await eventually(async () => {
    const {stdout} = await here.faci(['alerts', 'list', '--json'])
    expect(stdout).toContain('"silencedBy": [\n')
  })
})
afterAll(async () => {
  await post('alerts', synthetic(new Date().toISOString()))
  for (const id of silences) await fetch(`${alertmanager}/api/v2/silence/${id}`, {method: 'DELETE'})
  here.remove()
})

alertsContract('a real Alertmanager', () =>
  createAlertmanagerAlerts({url: alertmanager, headers: {}, timeoutSeconds: 3}),
)

describe('faci alerts list', () => {
  it('shows what fires with what to type, and leaves the watchdog out', async () => {
    const {stdout, exitCode} = await here.faci(['alerts', 'list'])
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/APIDown\s+P0 critical\s+firing\s+\S+\s*\S*\s+faci runbook api-down/)
    expect(stdout).toMatch(/Quiet\s+critical\s+silenced/)
    expect(stdout).not.toMatch(/Watchdog/)
  })

  it('is exit 4 when Alertmanager is gone', async () => {
    const {stderr, exitCode} = await here.faci(['alerts', 'list'], {env: {ALERTMANAGER_PORT: '1'}})
    expect(exitCode).toBe(4)
    expect(stderr).toMatch(/Alertmanager at .* cannot be reached/)
  })
})
