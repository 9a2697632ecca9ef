import {promDuration, quoted} from '../promql/promql.js'
import type {Sample} from '../promql/sample.js'
import {BURN_WINDOWS} from './burn-tiers.js'
import type {Count, Figures} from './figures.js'
import type {Objective} from './objective.js'
import {BAD, definitionHash, PERIOD_BAD, PERIOD_COVERAGE, PERIOD_TOTAL, TIMES_COUNTED, TOTAL} from './slo-rules.js'

/** Names a figure of a burn window: `bad:1h`. */
const LABEL = 'faci_figure'

function selected(objectives: readonly Objective[], job: string | null): string {
  const own = [
    `slo=~${quoted(objectives.map(({name}) => name).join('|'))}`,
    `definition=~${quoted(objectives.map((one) => definitionHash(one, job)).join('|'))}`,
    ...(job === null ? [] : [`job=${quoted(job)}`]),
  ]
  return own.join(',')
}

/** What the rules of `faci slo rules` have recorded of these objectives, in one request. */
export function recordedQuery(objectives: readonly Objective[], job: string | null): string {
  const own = selected(objectives, job)
  const names = [PERIOD_TOTAL, PERIOD_BAD, PERIOD_COVERAGE]
  const events = (kind: string, series: string) =>
    BURN_WINDOWS.map((seconds) => {
      const window = promDuration(seconds)
      return `label_replace(sum_over_time(${series}{${own}}[${window}]) / ${TIMES_COUNTED}, "${LABEL}", "${kind}:${window}", "", "")`
    })
  return [`{__name__=~${quoted(names.join('|'))},${own}}`, ...events('total', TOTAL), ...events('bad', BAD)].join(
    '\nor ',
  )
}

/** The figures of an objective as recorded; null when they are not all there, or were recorded for another definition of it. */
export function recordedFigures(objective: Objective, job: string | null, samples: readonly Sample[]): Figures | null {
  const definition = definitionHash(objective, job)
  const own = samples.filter(({labels}) => labels['slo'] === objective.name && labels['definition'] === definition)
  const period = (name: string): number | null => own.find(({labels}) => labels['__name__'] === name)?.value ?? null
  const [total, part, coverage] = [PERIOD_TOTAL, PERIOD_BAD, PERIOD_COVERAGE].map(period)
  if (total == null || part == null || coverage == null) return null
  const events = (name: string): number | null => own.find(({labels}) => labels[LABEL] === name)?.value ?? null
  const burn = BURN_WINDOWS.map((seconds): readonly [number, Count] => {
    const window = promDuration(seconds)
    return [seconds, {part: events(`bad:${window}`), total: events(`total:${window}`)}]
  })
  return {side: 'bad', period: {part, total}, burn: new Map(burn), adjusted: [], coverage: Math.min(1, coverage)}
}
