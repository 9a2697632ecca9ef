import type {Result} from '../../domain/result.js'
import {BURN_ALERTS, type BurnReport, reportBurn, verdictOfBurn} from '../../domain/slo/burn-report.js'
import {worstState} from '../../domain/verdict.js'
import {measureObjectives, type SloDeps, type SloInput} from './measure-objectives.js'

/** How fast every objective burns its budget, over all windows, and what the alerts make of it. */
export async function reportBurnRates(deps: SloDeps, input: SloInput): Promise<Result<BurnReport>> {
  const {at, service} = input
  const [{measured, warnings}, alerts] = await Promise.all([
    measureObjectives(deps, input),
    deps.metrics.query(BURN_ALERTS, {at}),
  ])
  const objectives = measured.map(({objective, figures, report}) =>
    reportBurn(objective, figures, report, alerts.samples),
  )
  return {
    verdict: worstState(objectives.map(verdictOfBurn)),
    data: {service, at: new Date(at * 1000).toISOString(), objectives},
    warnings,
  }
}
