import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, it} from 'vitest'
import {createAlertmanagerAlerts} from '../../src/adapters/alertmanager/alertmanager-alerts.js'
import {anAlert, fakeAlerts} from '../support/fakes/alerts.js'
import {badDay} from './suites/bad-day.js'
import {alertsContract} from './suites/alerts.js'

// A real Alertmanager is held to the same contract on the real stack: test/integration/alerts.test.ts.
alertsContract('the fake', () =>
  fakeAlerts([
    anAlert({
      ...{name: 'HighResponseTime', severity: 'warning', runbook: 'high-latency', priority: 'P1'},
      labels: {severity: 'warning'},
    }),
    anAlert(),
    anAlert({name: 'Quiet', state: 'suppressed', silencedBy: ['1'], runbook: null}),
  ]),
)

badDay('Alertmanager', (server) => [createAlertmanagerAlerts({...server, headers: {}}).active])

describe('Alertmanager answering nonsense', () => {
  it('an alert that starts at no time is badAnswer, not a crash', async () => {
    const status = {state: 'active', silencedBy: [], inhibitedBy: []}
    const alert = {annotations: {}, labels: {alertname: 'X'}, receivers: [], startsAt: 'yesterday', status}
    const server = createServer((_, response) => response.end(JSON.stringify([alert])))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
    const alerts = createAlertmanagerAlerts({url, headers: {}, timeoutSeconds: 30})
    await expect(alerts.active()).rejects.toMatchObject({code: 'badAnswer'})
    server.closeAllConnections()
    server.close()
  })
})
