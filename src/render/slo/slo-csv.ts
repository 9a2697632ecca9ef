import type {Result} from '../../domain/result.js'
import type {WordedObjective, WordedSlos} from './worded-slos.js'
import {csvLine} from '../text/csv.js'

/** Ratios 0..1, times ISO 8601 UTC; empty where there is nothing. */
const COLUMNS: Readonly<Record<string, (one: WordedObjective) => string | number | null>> = {
  name: ({name}) => name,
  objective: ({objective}) => objective,
  status: ({status}) => status,
  sli: ({sli}) => sli,
  good: ({good}) => good,
  total: ({total}) => total,
  budget_ratio: ({budget}) => budget.totalRatio,
  budget_consumed: ({budget}) => budget.consumed,
  budget_remaining: ({budget}) => budget.remaining,
  budget_remaining_minutes: ({budget}) => budget.remainingMinutes,
  burn_1h: ({burnRates}) => burnRates['1h'] ?? null,
  burn_6h: ({burnRates}) => burnRates['6h'] ?? null,
  burn_3d: ({burnRates}) => burnRates['3d'] ?? null,
  exhausted_at: ({exhaustedAt}) => exhaustedAt,
  exhausts_at: ({exhaustsAt}) => exhaustsAt,
  coverage: ({coverage}) => coverage,
  window_start: ({window}) => window.start,
  window_end: ({window}) => window.end,
  notes: ({notes}) => notes.join('; '),
}

/** A header line, and a line for each objective. */
export function sloReportCsv({data}: Result<WordedSlos>): string {
  const lines = data.objectives.map((one) => csvLine(Object.values(COLUMNS).map((column) => column(one) ?? '')))
  return [csvLine(Object.keys(COLUMNS)), ...lines].join('\n')
}
