import * as z from 'zod/mini'
import type {LoadedAlert, LoadedRule} from '../../domain/alerts/loaded-rule.js'
import {FaciError} from '../../domain/errors.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import type {Answer} from '../http/client.js'
import {prometheusClient, type PrometheusOptions} from './prometheus-client.js'
import {refusal} from './refusal.js'
import {parseValue} from './response.js'

const texts = z._default(z.record(z.string(), z.string()), {})

const rulesAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        interval: z.number(),
        rules: z.array(
          z.object({
            type: z.string(),
            name: z.string(),
            query: z.string(),
            duration: z._default(z.number(), 0),
            labels: texts,
            annotations: texts,
            state: z._default(z.enum(['inactive', 'pending', 'firing', 'unknown']), 'inactive'),
            lastError: z.optional(z.string()),
            lastEvaluation: z.optional(z.string()),
            alerts: z._default(
              z.array(
                z.object({
                  labels: texts,
                  annotations: texts,
                  state: z.enum(['inactive', 'pending', 'firing']),
                  activeAt: z.string(),
                  value: z.string(),
                }),
              ),
              [],
            ),
          }),
        ),
      }),
    ),
  }),
})

type Group = z.output<typeof rulesAnswer>['data']['groups'][number]
type Rule = Group['rules'][number]

function timeOf(text: string): string {
  const milliseconds = Date.parse(text)
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString()
  throw new FaciError('badAnswer', 'Prometheus returned a rule with an invalid time')
}

/** The server's own clock, to a second: what it says of its alerts is held against no other. */
function serverNow({headers}: Answer): number {
  const milliseconds = Date.parse(headers['date'] ?? '')
  return Number.isNaN(milliseconds) ? Date.now() : milliseconds
}

function secondsBefore(now: number, time: string): number {
  return Math.max(0, (now - Date.parse(time)) / 1000)
}

function toAlerts({alerts}: Rule, now: number): readonly LoadedAlert[] {
  return alerts.flatMap(({labels, annotations, state, activeAt, value}) => {
    if (state === 'inactive') return []
    const number = parseValue(value)
    const since = timeOf(activeAt)
    const activeSeconds = secondsBefore(now, since)
    return [{labels, annotations, state, since, activeSeconds, value: Number.isFinite(number) ? number : null}]
  })
}

const configAnswer = z.object({status: z.literal('success'), data: z.object({yaml: z.string()})})

/** Go's zero time is "never". A server that does not say is taken at its word that it evaluates. */
function evaluationAgeSeconds({lastEvaluation}: Rule, now: number): number | null {
  if (lastEvaluation === undefined) return 0
  return lastEvaluation.startsWith('0001-') ? null : secondsBefore(now, timeOf(lastEvaluation))
}

function toRule(group: Group, rule: Rule, now: number): LoadedRule {
  const {name, query, duration, labels, annotations, state, lastError = ''} = rule
  return {
    ...{name, group: group.name, expression: query, forSeconds: duration, intervalSeconds: group.interval},
    ...{labels, annotations, state: state === 'unknown' ? 'inactive' : state},
    error: lastError === '' ? null : lastError,
    evaluationAgeSeconds: evaluationAgeSeconds(rule, now),
    alerts: toAlerts(rule, now),
  }
}

/** The LoadedRules port on the Prometheus HTTP API v1. */
export function createPrometheusRules(options: PrometheusOptions): LoadedRules {
  const client = prometheusClient(options)
  return {
    alerts: async () => {
      const answer = await client.get('/api/v1/rules', {type: 'alert'})
      const parsed = rulesAnswer.safeParse(answer.body)
      if (!parsed.success) throw refusal(answer)
      const now = serverNow(answer)
      return parsed.data.data.groups.flatMap((group) =>
        group.rules.filter(({type}) => type === 'alerting').map((rule) => toRule(group, rule, now)),
      )
    },
    relabeling: async () => {
      const [answer, {readRelabeling}] = await Promise.all([
        client.get('/api/v1/status/config'),
        import('../../formats/promql/read-relabeling.js'),
      ])
      const parsed = configAnswer.safeParse(answer.body)
      if (!parsed.success) throw refusal(answer)
      return readRelabeling(parsed.data.data.yaml)
    },
  }
}
