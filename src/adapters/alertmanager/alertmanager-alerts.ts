import * as z from 'zod/mini'
import type {Alert} from '../../domain/alerts/alert.js'
import {describeAlert} from '../../domain/alerts/describe-alert.js'
import {bySeverity} from '../../domain/alerts/severity.js'
import type {Alerts} from '../../ports/alerts.js'
import {alertmanagerApi, type AlertmanagerOptions, timeOf} from './alertmanager-api.js'
import {alertmanagerSilences} from './alertmanager-silences.js'

const texts = z.record(z.string(), z.string())

const alertList = z.array(
  z.object({
    fingerprint: z._default(z.string(), ''),
    annotations: texts,
    labels: texts,
    startsAt: z.string(),
    receivers: z.array(z.object({name: z.string()})),
    status: z.object({
      state: z.enum(['unprocessed', 'active', 'suppressed']),
      silencedBy: z.array(z.string()),
      inhibitedBy: z.array(z.string()),
    }),
  }),
)

const statusAnswer = z.object({versionInfo: z.object({version: z.string()})})

function toAlert(raw: z.output<typeof alertList>[number]): Alert {
  const {fingerprint, labels, annotations, status} = raw
  return {
    fingerprint,
    name: labels['alertname'] ?? 'unnamed',
    state: status.state === 'suppressed' ? 'suppressed' : 'firing',
    ...describeAlert(labels, annotations),
    since: timeOf(raw.startsAt),
    labels,
    annotations,
    silencedBy: status.silencedBy,
    inhibitedBy: status.inhibitedBy,
    receivers: raw.receivers.map(({name}) => name),
  }
}

/** The Alerts port on Alertmanager's API v2. */
export function createAlertmanagerAlerts(options: AlertmanagerOptions): Alerts {
  const api = alertmanagerApi(options)
  return {
    active: async () => (await api.read('/api/v2/alerts', alertList)).map(toAlert).sort(bySeverity),
    ...alertmanagerSilences(api),
    version: async () => (await api.read('/api/v2/status', statusAnswer)).versionInfo.version,
  }
}
