import * as z from 'zod/mini'
import type {Alert} from '../../domain/alert/alert.js'
import {bySeverity} from '../../domain/alert/severity.js'
import {FaciError} from '../../domain/errors.js'
import type {Alerts} from '../../ports/alerts.js'
import {createClient} from '../http/client.js'

export interface AlertmanagerOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
}

const texts = z.record(z.string(), z.string())

const alertList = z.array(
  z.object({
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

/** Throws `badAnswer` for what is no time. */
function timeOf(text: string): string {
  const milliseconds = Date.parse(text)
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString()
  throw new FaciError('badAnswer', 'Alertmanager answered an alert that starts at no time')
}

function toAlert(raw: z.output<typeof alertList>[number]): Alert {
  const {labels, annotations, status} = raw
  return {
    name: labels['alertname'] ?? 'unnamed',
    state: status.state === 'suppressed' ? 'suppressed' : 'firing',
    severity: labels['severity'] ?? null,
    priority: labels['priority'] ?? null,
    summary: annotations['summary'] ?? null,
    description: annotations['description'] ?? null,
    runbook: annotations['runbook'] ?? null,
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
  const client = createClient({
    baseUrl: options.url,
    name: 'Alertmanager',
    headers: options.headers,
    timeoutSeconds: options.timeoutSeconds,
    suggestions: ['faci doctor', 'check alertmanager.url in faci.yml'],
  })
  const ask = async <T>(path: string, schema: z.ZodMiniType<T>): Promise<T> => {
    const answer = await client.get(path)
    const parsed = schema.safeParse(answer.body)
    if (answer.status === 200 && parsed.success) return parsed.data
    const what =
      answer.status === 200 ? 'something that is not an Alertmanager answer' : `HTTP ${String(answer.status)}`
    throw new FaciError('badAnswer', `Alertmanager answered ${what}`, {
      suggestions: ['check alertmanager.url in faci.yml: it must be the base of /api/v2'],
    })
  }
  return {
    active: async () => (await ask('/api/v2/alerts', alertList)).map(toAlert).sort(bySeverity),
    version: async () => (await ask('/api/v2/status', statusAnswer)).versionInfo.version,
  }
}
