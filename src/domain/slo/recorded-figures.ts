import {quoted} from '../signals/promql.js'
import type {Sample} from '../signals/sample.js'
import {BURN_WINDOWS} from './burn-tiers.js'
import type {Figures} from './figures.js'
import type {Objective} from './objective.js'
import {definitionHash, errorRatioName, PERIOD_BAD, PERIOD_COVERAGE, PERIOD_TOTAL} from './slo-rules.js'

/** What the rules of `faci slo rules` have recorded of these objectives, in one request. */
export function recordedQuery(objectives: readonly Objective[], job: string | null): string {
  const names = [PERIOD_TOTAL, PERIOD_BAD, PERIOD_COVERAGE, ...BURN_WINDOWS.map(errorRatioName)]
  const own = [
    `__name__=~${quoted(names.join('|'))}`,
    `slo=~${quoted(objectives.map(({name}) => name).join('|'))}`,
    ...(job === null ? [] : [`job=${quoted(job)}`]),
  ]
  return `{${own.join(',')}}`
}

/** The figures of an objective as recorded; null when they are not all there, or were recorded for another definition of it. */
export function recordedFigures(objective: Objective, job: string | null, samples: readonly Sample[]): Figures | null {
  const own = samples.filter(({labels}) => labels['slo'] === objective.name)
  const definition = definitionHash(objective, job)
  const value = (name: string): number | null => own.find(({labels}) => labels['__name__'] === name)?.value ?? null
  const period = (name: string): number | null => {
    const sample = own.find(({labels}) => labels['__name__'] === name && labels['definition'] === definition)
    return sample?.value ?? null
  }
  const [total, part, coverage] = [PERIOD_TOTAL, PERIOD_BAD, PERIOD_COVERAGE].map(period)
  if (total == null || part == null || coverage == null) return null
  // Only the ratios of the shorter windows are recorded: as events, one of them.
  const burn = BURN_WINDOWS.map((seconds) => {
    const ratio = value(errorRatioName(seconds))
    return [seconds, {part: ratio, total: ratio === null ? null : 1}] as const
  })
  return {side: 'bad', period: {part, total}, burn: new Map(burn), adjusted: [], coverage: Math.min(1, coverage)}
}
