import {isCovered} from '../../domain/alerts/noise.js'
import {oldestQuery} from '../../domain/alerts/noise-queries.js'
import {span} from '../../domain/time/span.js'
import type {Metrics} from '../../ports/metrics.js'

export interface Coverage {
  readonly coveredSeconds: number
  readonly warnings: readonly string[]
}

/** How much of a window up to now Prometheus has. */
export async function windowCoverage(metrics: Metrics, windowSeconds: number, now: Date): Promise<Coverage> {
  const {samples, warnings} = await metrics.query(oldestQuery(windowSeconds))
  const oldest = samples[0]?.value ?? NaN
  const covered = Number.isFinite(oldest) ? now.getTime() / 1000 - oldest : 0
  return {coveredSeconds: Math.round(Math.min(windowSeconds, Math.max(0, covered))), warnings}
}

/** What to say of a window that is not covered whole. */
export function coverageGap(windowSeconds: number, coveredSeconds: number): readonly string[] {
  if (isCovered({windowSeconds, coveredSeconds})) return []
  return [`Prometheus has only ${span(coveredSeconds)} of the ${span(windowSeconds)}: what was before is not counted`]
}
