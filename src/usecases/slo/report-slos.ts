import type {Result} from '../../domain/result.js'
import {reportNotes, type SloReport, verdictOfStatus} from '../../domain/slo/slo-report.js'
import {worstState} from '../../domain/verdict.js'
import {measureObjectives, type SloDeps, type SloInput} from './measure-objectives.js'

/** Every objective over its window: met or not, and what is left of its budget. */
export async function reportSlos(deps: SloDeps, input: SloInput): Promise<Result<SloReport>> {
  const {measured, source, warnings} = await measureObjectives(deps, input)
  const objectives = measured.map(({report}) => report)
  const {service, timezone, month, at} = input
  return {
    verdict: worstState(objectives.map(({status}) => verdictOfStatus(status))),
    data: {
      service,
      at: new Date(at * 1000).toISOString(),
      month: month?.name ?? null,
      timezone,
      source,
      objectives,
      notes: reportNotes(input.objectives),
    },
    warnings,
  }
}
