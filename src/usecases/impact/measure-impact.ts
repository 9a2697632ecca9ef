import {type Measurement, METHOD} from '../../domain/impact/measurement.js'
import type {ImpactDeps, ImpactQuestion} from './impact-question.js'
import {measureEvents} from './measure-events.js'
import {measureBusiness, measureCharts} from './measure-signals.js'
import {replayRules} from './replay-rules.js'

/**
 * What an incident did, by the metrics, all at once. What cannot be asked is missing in it with the reason, and hides nothing else. Bounded
 * in queries: by the objectives, forty rules and a few more; and in what it comes to: two hundred points a chart.
 */
export async function measureImpact(deps: ImpactDeps, question: ImpactQuestion): Promise<Measurement> {
  const [events, signals, drawn, detection] = await Promise.all([
    measureEvents(deps, question),
    measureBusiness(deps, question),
    measureCharts(deps, question),
    replayRules(deps, question),
  ])
  const {downtime, requests, budgets} = events
  return {
    method: METHOD,
    takenAt: deps.clock.now().toISOString(),
    start: new Date(question.start * 1000).toISOString(),
    end: new Date(question.end * 1000).toISOString(),
    ...{downtime, requests, budgets, business: signals.business, charts: drawn.charts, detection},
    warnings: [...new Set([...events.warnings, ...signals.warnings, ...drawn.warnings])],
  }
}
