import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {
  groupingLabels,
  latencyQueries,
  type LatencyReport,
  latencyRows,
  type LatencyQuestion,
} from '../../domain/signals/latency.js'
import {closest} from '../../domain/text/did-you-mean.js'
import type {Verdict} from '../../domain/verdict.js'
import type {InstantAnswer, Metrics} from '../../ports/metrics.js'
import {command} from '../../domain/text/shell-command.js'

export interface TriageInput extends LatencyQuestion {
  readonly targetSeconds: number | null
}

function verdictOf({rows, state, targetSeconds}: LatencyReport): Verdict {
  if (state === 'noData') return 'unknown'
  return targetSeconds !== null && rows.some(({seconds}) => seconds > targetSeconds) ? 'degraded' : 'healthy'
}

function stateOf(slowest: InstantAnswer, traffic: InstantAnswer): LatencyReport['state'] {
  if (slowest.samples.length > 0) return 'read'
  return traffic.samples.length > 0 ? 'noTraffic' : 'noData'
}

/** Throws `notFound` when there are series and none has the label; a partial answer proves no absence. */
async function refuseUnknownLabel(metrics: Metrics, {by, scope}: TriageInput, expression: string): Promise<void> {
  const {samples, warnings} = await metrics.query(expression)
  const labels = groupingLabels(samples)
  if (warnings.length > 0 || labels.length === 0 || labels.includes(by)) return
  const ofJob = scope.job === null ? '' : ` of job ${scope.job}`
  const why = `no series of http_request_duration_seconds_bucket${ofJob} can be grouped by ${by}`
  throw new FaciError('notFound', `${why}: their labels are ${labels.join(', ')}`, {
    suggestions: [
      command`faci latency --by ${closest(by, labels) ?? (labels.includes('endpoint') ? 'endpoint' : (labels[0] ?? ''))}`,
    ],
  })
}

/**
 * The slowest groups now, with their traffic and errors, and the same figure an hour and a day ago. All asked at once. Throws `usage` and
 * `notFound` for a label that is none.
 */
export async function triageLatency(
  {metrics}: {readonly metrics: Metrics},
  input: TriageInput,
): Promise<Result<LatencyReport>> {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(input.by)) {
    throw new FaciError('usage', `${input.by} is not a label name`, {suggestions: ['faci latency --by endpoint']})
  }
  const queries = latencyQueries(input)
  const answers = await Promise.all([
    metrics.query(queries.slowest),
    metrics.query(queries.hourAgo),
    metrics.query(queries.dayAgo),
    metrics.query(queries.traffic),
    metrics.query(queries.errors),
    metrics.query(queries.buckets),
  ])
  const [slowest, hourAgo, dayAgo, traffic, errors, buckets] = answers
  if (!slowest.samples.some(({labels}) => (labels[input.by] ?? '') !== '')) {
    await refuseUnknownLabel(metrics, input, queries.labels)
  }
  const rows = latencyRows(
    {
      slowest: slowest.samples,
      hourAgo: hourAgo.samples,
      dayAgo: dayAgo.samples,
      traffic: traffic.samples,
      errors: errors.samples,
      buckets: buckets.samples,
    },
    input.by,
  )
  const {by, quantile, targetSeconds, scope} = input
  const state = stateOf(slowest, traffic)
  const data: LatencyReport = {by, quantile, windowSeconds: scope.windowSeconds, targetSeconds, rows, state}
  const warnings = [...new Set(answers.flatMap((answer) => answer.warnings))]
  return {verdict: warnings.length > 0 ? 'unknown' : verdictOf(data), data, warnings}
}
