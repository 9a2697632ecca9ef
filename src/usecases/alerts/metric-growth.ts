import {familiesOf} from '../../domain/alerts/lint/typed-counters.js'
import type {Grows} from '../../domain/alerts/lint/typed-counters.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Metrics, MetricType} from '../../ports/metrics.js'

const GROWS: Readonly<Record<MetricType, boolean | null>> = {
  counter: true,
  histogram: true,
  gauge: false,
  other: null,
  unknown: null,
}

async function growthOf(metrics: Metrics, metric: string): Promise<boolean | null> {
  try {
    for (const family of familiesOf(metric)) {
      const grows = GROWS[await metrics.type(family)]
      if (grows !== null) return grows
    }
  } catch (error) {
    rethrowBugOrInterrupt(error)
  }
  return null
}

/** Asked one after another; what Prometheus does not answer is not known. */
export async function growthOfAll(metrics: Metrics, names: readonly string[]): Promise<Grows> {
  const grows = new Map<string, boolean | null>()
  for (const name of names) grows.set(name, await growthOf(metrics, name))
  return grows
}
