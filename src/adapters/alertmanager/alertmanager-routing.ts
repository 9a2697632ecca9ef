import * as z from 'zod/mini'
import type {NotificationCounts} from '../../domain/alerts/alert-test.js'
import type {AlertRouting} from '../../ports/alert-routing.js'
import {alertmanagerApi, type AlertmanagerOptions, badAnswer, timeOf} from './alertmanager-api.js'

const statusAnswer = z.object({
  config: z.object({original: z.string()}),
  versionInfo: z._default(z.object({version: z._default(z.string(), '')}), {version: ''}),
})

const texts = z.record(z.string(), z.string())

/** What mutes by time is in `mutedBy` since 0.28, once a group's first notification was due. */
const groupsAnswer = z.array(
  z.object({
    labels: z._default(texts, {}),
    receiver: z.object({name: z.string()}),
    alerts: z.array(
      z.object({
        labels: texts,
        annotations: z._default(texts, {}),
        generatorURL: z._default(z.string(), ''),
        startsAt: z.string(),
        status: z.object({
          state: z.enum(['unprocessed', 'active', 'suppressed']),
          mutedBy: z.optional(z.nullable(z.array(z.string()))),
        }),
      }),
    ),
  }),
)

function isLikeTemplate(text: string): boolean {
  return text.includes('{{')
}

function textsIn(...records: readonly Readonly<Record<string, string>>[]): readonly string[] {
  return records.flatMap((record) => Object.values(record))
}

/** Each attempt, and each that failed: the counters of whole notifications count one as made before it has succeeded. */
const ATTEMPTS = [
  'alertmanager_notification_requests_total',
  'alertmanager_notification_requests_failed_total',
] as const
/** Of an Alertmanager too old for those. */
const NOTIFICATIONS = ['alertmanager_notifications_total', 'alertmanager_notifications_failed_total'] as const

const SAMPLE = /^(\w+)\{([^}]*)\} (\S+)/
const INTEGRATION = /(?:^|,)integration="([^"]*)"/

/** The sums of one metric by integration. */
function sumsOf(text: string, metric: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? []
    if (name !== metric) continue
    const integration = INTEGRATION.exec(labels)?.[1] ?? ''
    sums.set(integration, (sums.get(integration) ?? 0) + Number(value))
  }
  return sums
}

function countsIn(text: string): NotificationCounts {
  const [total, failed] = text.includes(`\n${ATTEMPTS[0]}{`) ? ATTEMPTS : NOTIFICATIONS
  const made = sumsOf(text, total)
  const lost = sumsOf(text, failed)
  const counts = [...made].map(([integration, count]) => {
    const failures = lost.get(integration) ?? 0
    return [integration, {sent: count - failures, failed: failures}] as const
  })
  return Object.fromEntries(counts)
}

/** The AlertRouting port on Alertmanager's API v2 and its own metrics. */
export function createAlertmanagerRouting(options: AlertmanagerOptions): AlertRouting {
  const api = alertmanagerApi(options)
  return {
    routing: async () => {
      const [{config, versionInfo}, {readRouting}] = await Promise.all([
        api.read('/api/v2/status', statusAnswer),
        import('../../formats/alertmanager/read-routing.js'),
      ])
      return {...readRouting(config.original), version: versionInfo.version}
    },
    groups: async () =>
      (await api.read('/api/v2/alerts/groups', groupsAnswer)).map(({labels, receiver, alerts}) => ({
        ...{labels, receiver: receiver.name},
        alerts: alerts.map(({startsAt, status, ...alert}) => ({
          ...{labels: alert.labels, startsAt: timeOf(startsAt)},
          likeTemplate: [...textsIn(alert.labels, alert.annotations), alert.generatorURL].some(isLikeTemplate),
          state: (status.mutedBy ?? []).length > 0 ? 'suppressed' : status.state,
        })),
      })),
    send: async (alerts) => {
      const answer = await api.post('/api/v2/alerts', alerts)
      if (answer.status !== 200) throw badAnswer(answer)
    },
    notifications: async () => {
      const answer = await api.get('/metrics')
      if (answer.status !== 200 || typeof answer.body !== 'string' || !answer.body.includes(NOTIFICATIONS[0]))
        throw badAnswer(answer)
      return countsIn(answer.body)
    },
  }
}
