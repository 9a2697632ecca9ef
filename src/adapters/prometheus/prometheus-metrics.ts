import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import type {Metrics, MetricType, QueryLimits, TimeRange} from '../../ports/metrics.js'
import {promDuration} from '../../domain/promql/promql.js'
import {retentionFlagSeconds, retentionSeconds} from './retention.js'
import {prometheusClient, type PrometheusOptions} from './prometheus-client.js'
import {instantAnswer, rangeAnswer} from './response.js'

/** Prometheus refuses more points a series than this. */
const MAX_POINTS = 11_000

const runtimeInfo = z.object({data: z.object({storageRetention: z.string()})})
const buildInfo = z.object({data: z.object({version: z.string()})})

const metadata = z.object({
  status: z.literal('success'),
  data: z.record(z.string(), z.array(z.object({type: z.string()}))),
})

function typeIn(body: unknown, family: string): MetricType {
  const parsed = metadata.safeParse(body)
  const types = new Set(parsed.success ? parsed.data.data[family]?.map(({type}) => type) : [])
  const [first = 'unknown'] = types
  if (types.size !== 1) return 'unknown'
  const known = (['counter', 'gauge', 'histogram', 'unknown'] as const).find((one) => one === first)
  return known ?? 'other'
}

function points({start, end, stepSeconds}: TimeRange): number {
  return Math.floor((end - start) / stepSeconds) + 1
}

function timeOf({at}: QueryLimits): Readonly<Record<string, string>> {
  return at === undefined ? {} : {time: String(at)}
}

/** The Metrics port on the Prometheus HTTP API v1; queries go by POST, so that long expressions pass. */
export function createPrometheusMetrics(options: PrometheusOptions): Metrics {
  const client = prometheusClient(options)
  const partial: Readonly<Record<string, string>> =
    options.partialResponse === 'deny' ? {partial_response: 'false', deny_partial_response: '1'} : {}
  // With its cache VictoriaMetrics moves the times that were asked for: to multiples of the step, and 30 s back from now.
  const asAsked = {nocache: '1'}
  const form = (expression: string, timeoutSeconds = options.timeoutSeconds): Record<string, string> => ({
    query: expression,
    timeout: promDuration(timeoutSeconds),
    ...partial,
    ...asAsked,
  })
  return {
    query: async (expression, limits = {}) =>
      instantAnswer(
        await client.postForm('/api/v1/query', {...form(expression, limits.timeoutSeconds), ...timeOf(limits)}, limits),
      ),
    queryRange: async (expression, range) => {
      if (points(range) > MAX_POINTS) {
        throw new FaciError(
          'usage',
          `${String(points(range))} points per series exceed the limit of Prometheus (11000)`,
          {
            suggestions: [`--step ${String(Math.ceil((range.end - range.start) / (MAX_POINTS - 1)))}s`],
          },
        )
      }
      const {start, end, stepSeconds} = range
      const window = {start: String(start), end: String(end), step: String(stepSeconds)}
      return rangeAnswer(await client.postForm('/api/v1/query_range', {...form(expression), ...window}))
    },
    retention: async () => {
      const parsed = runtimeInfo.safeParse((await client.get('/api/v1/status/runtimeinfo')).body)
      if (parsed.success) return retentionSeconds(parsed.data.data.storageRetention)
      const {status, body} = await client.get('/flags')
      return status === 200 && typeof body === 'string' ? retentionFlagSeconds(body) : null
    },
    type: async (family) => typeIn((await client.get('/api/v1/metadata', {metric: family})).body, family),
    version: async () => {
      const parsed = buildInfo.safeParse((await client.get('/api/v1/status/buildinfo')).body)
      return parsed.success ? parsed.data.data.version : 'unknown'
    },
  }
}
