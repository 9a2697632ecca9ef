import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface PagingAlertmanager {
  readonly url: string
  /** Names of the alerts that fire, all in one group, told to the receiver `pd`. */
  readonly alerts: string[]
  /** Paths that were asked for. */
  readonly asked: string[]
  /** The most questions that were open at the same time. */
  readonly mostAtOnce: () => number
  /** From now on it takes questions, and answers none. */
  readonly hang: () => void
  readonly close: () => Promise<void>
}

const CONFIG = `
route: {receiver: pd, group_by: [cluster]}
receivers:
  - name: pd
    pagerduty_configs: [{routing_key: <secret>}]
  - name: hook
    webhook_configs: [{url: <secret>}]
  - name: old
    pagerduty_configs: [{service_key: <secret>}]
`

function listed(alertname: string): object {
  const startsAt = '2026-11-30T06:00:00.000Z'
  return {
    labels: {alertname, cluster: 'c1', severity: 'critical'},
    ...{annotations: {}, fingerprint: alertname, startsAt, updatedAt: startsAt, endsAt: '2099-01-01T00:00:00.000Z'},
    receivers: [{name: 'pd'}],
    status: {state: 'active', silencedBy: [], inhibitedBy: [], mutedBy: []},
  }
}

/** What Alertmanager's API says of one group of alerts that it pages for. */
export async function pagingAlertmanager(...firing: readonly string[]): Promise<PagingAlertmanager> {
  const alerts = [...firing]
  const asked: string[] = []
  let [hangs, open, most] = [false, 0, 0]
  const answers: Readonly<Record<string, () => unknown>> = {
    '/api/v2/status': () => ({config: {original: CONFIG}, versionInfo: {version: '0.28.1'}}),
    '/api/v2/alerts': () => alerts.map(listed),
    '/api/v2/alerts/groups': () =>
      alerts.length === 0 ? [] : [{labels: {cluster: 'c1'}, receiver: {name: 'pd'}, alerts: alerts.map(listed)}],
  }
  const server = createServer(({url = ''}, response) => {
    asked.push(url)
    most = Math.max(most, (open += 1))
    response.once('close', () => {
      open -= 1
    })
    if (hangs) return
    const answer = answers[url]
    response.writeHead(answer === undefined ? 404 : 200, {'content-type': 'application/json'})
    response.end(JSON.stringify(answer?.() ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    ...{url: `http://127.0.0.1:${String(port)}`, alerts, asked},
    mostAtOnce: () => most,
    hang: () => {
      hangs = true
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
