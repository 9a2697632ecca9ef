import type {Result} from '../../domain/result.js'
import {type QueryReport, reportSamples, reportSeries} from '../../domain/signals/query-report.js'
import type {Verdict} from '../../domain/verdict.js'
import type {Clock} from '../../ports/clock.js'
import type {Metrics} from '../../ports/metrics.js'

const DEFAULT_POINTS = 240

export interface QueryInput {
  readonly expression: string
  /** Seconds back from now; null asks for one instant. */
  readonly rangeSeconds: number | null
  /** null: as fits the range. */
  readonly stepSeconds: number | null
}

function verdictOf(count: number, warnings: readonly string[]): Verdict {
  return count === 0 || warnings.length > 0 ? 'unknown' : 'ok'
}

/** One PromQL expression. Nothing found, or an answer that the backend itself doubts, is `unknown`; its remarks are handed on. */
export async function runQuery(
  {metrics, clock}: {readonly metrics: Metrics; readonly clock: Clock},
  {expression, rangeSeconds, stepSeconds}: QueryInput,
): Promise<Result<QueryReport>> {
  if (rangeSeconds === null) {
    const {samples, text, warnings, notes} = await metrics.query(expression)
    return {
      verdict: verdictOf(samples.length, warnings),
      data:
        text === undefined
          ? {kind: 'instant', expression, samples: reportSamples(samples)}
          : {kind: 'string', expression, text},
      warnings: [...warnings, ...notes],
    }
  }
  const step = stepSeconds ?? Math.max(1, Math.ceil(rangeSeconds / DEFAULT_POINTS))
  const end = Math.floor(clock.now().getTime() / 1000)
  const {series, warnings, notes} = await metrics.queryRange(expression, {
    start: end - rangeSeconds,
    end,
    stepSeconds: step,
  })
  return {
    verdict: verdictOf(series.length, warnings),
    data: {kind: 'range', expression, series: reportSeries(series)},
    warnings: [...warnings, ...notes],
  }
}
