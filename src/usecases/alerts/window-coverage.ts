import {oldestQuery} from '../../domain/alert/noise-queries.js'
import {formatDuration} from '../../domain/time/duration.js'
import type {Metrics} from '../../ports/metrics.js'

/** Less of the window than this is said. */
const WHOLE = 0.98

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
  if (coveredSeconds >= windowSeconds * WHOLE) return []
  const window = formatDuration(windowSeconds)
  return [`Prometheus has only ${formatDuration(coveredSeconds)} of the ${window}: what was before is not counted`]
}
