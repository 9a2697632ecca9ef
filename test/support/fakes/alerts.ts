import type {Alert} from '../../../src/domain/alert/alert.js'
import {bySeverity} from '../../../src/domain/alert/severity.js'
import type {Alerts} from '../../../src/ports/alerts.js'

export function anAlert(alert: Partial<Alert> = {}): Alert {
  const {runbook = 'api-down'} = alert
  return {
    name: 'APIDown',
    state: 'firing',
    severity: 'critical',
    priority: 'P0',
    summary: 'API está offline',
    description: null,
    runbook,
    since: '2026-01-01T00:00:00.000Z',
    labels: {},
    annotations: runbook === null ? {} : {runbook},
    silencedBy: [],
    inhibitedBy: [],
    receivers: [],
    ...alert,
  }
}

export function fakeAlerts(active: readonly Alert[]): Alerts {
  return {active: () => Promise.resolve([...active].sort(bySeverity)), version: () => Promise.resolve('0.25.0')}
}
