import {jobMatchers, NOT_USERS, selector} from '../promql/promql.js'
import type {EventQueries} from '../signals/counted-events.js'
import {everSeen, upQueries} from '../signals/up-slots.js'
import type {Counting, Indicator} from './objective.js'

export const WINDOW = '[WINDOW]'

export interface Place {
  readonly job: string | null
  /** Has a value once the job has been seen; by default the query finds out, which takes long where it is asked for many windows. */
  readonly seen?: string
  /** For how long it has been there at most, before the latest time that is asked about. */
  readonly ageSeconds?: number
}

function labelOf(matcher: string): string {
  return matcher.split(/[=!]/, 1)[0]?.trim() ?? ''
}

/** The matchers as written, and the job and the users' requests unless they say something about those themselves. */
export function completed(place: Place, matchers: readonly string[]): readonly string[] {
  const named = matchers.map(labelOf)
  const added = [...jobMatchers({...place, windowSeconds: 0}), NOT_USERS]
  return [...added.filter((matcher) => !named.includes(labelOf(matcher))), ...matchers]
}

function counted(place: Place, counting: Counting): (range: string) => string {
  if (counting.kind === 'expression') return (range) => `(${counting.text.replaceAll(WINDOW, range)})`
  const series = `${counting.metric}${selector(completed(place, counting.matchers))}`
  return (range) => `sum(increase(${series}${range}))`
}

/** `le` as Prometheus 2 and 3 write it: 0.5 → `0\\.50*`, 1 → `1(\\.0+)?`. */
function boundPattern(seconds: number): string {
  const text = String(seconds)
  return text.includes('.') ? `${text.replace('.', '\\\\.')}0*` : `${text}(\\\\.0+)?`
}

function latencyQueries(place: Place, indicator: Extract<Indicator, {kind: 'latency'}>): EventQueries {
  const {histogram, thresholdSeconds, native} = indicator
  const matchers = completed(place, indicator.matchers)
  if (native) {
    const observed = (range: string): string => `sum(increase(${histogram}${selector(matchers)}${range}))`
    const total = (range: string): string => `histogram_count(${observed(range)})`
    return {
      side: 'good',
      part: (range) => `histogram_fraction(0, ${thresholdSeconds}, ${observed(range)}) * ${total(range)}`,
      total,
      present: (range) => `present_over_time(${histogram}${selector(matchers)}${range})`,
    }
  }
  const bound = selector([...matchers, `le=~"${boundPattern(thresholdSeconds)}"`])
  const count = `${histogram}_count${selector(matchers)}`
  return {
    side: 'good',
    part: (range) => `sum(increase(${histogram}_bucket${bound}${range}))`,
    total: (range) => `sum(increase(${count}${range}))`,
    present: (range) => `present_over_time(${count}${range})`,
  }
}

/** The series that an expression is about is not known: whether it has a value is. */
function presence(place: Place, counting: Counting): (range: string) => string {
  if (counting.kind === 'expression') return counted(place, counting)
  const series = `${counting.metric}${selector(completed(place, counting.matchers))}`
  return (range) => `present_over_time(${series}${range})`
}

/** Without a job it is not known which targets are the service: their scrapes are counted, and one that vanishes is not missed. */
const SCRAPES: EventQueries = {
  side: 'good',
  part: (range) => `sum(sum_over_time(up${range}))`,
  total: (range) => `sum(count_over_time(up${range}))`,
  present: (range) => `present_over_time(up${range})`,
}

/** Where something is refused, how much over a range. */
export function refusedIn(refused: string, range: string): string {
  return refused.replaceAll(WINDOW, range)
}

/** What was refused, where anything was: by itself a 0 does not say that the service is measured. */
function withRefused(refused: string | undefined, queries: EventQueries): EventQueries {
  if (refused === undefined) return queries
  const some = (range: string): string => `((${refusedIn(refused, range)}) > 0)`
  const named = (expression: string, name: string): string =>
    `label_replace(${expression}, "faci_events", "${name}", "", "")`
  // Either may have no series: the sum is of those that are there, and keeps labels apart that should not be there.
  const sum = (expression: string, range: string): string =>
    `sum without (faci_events) (${named(expression, 'counted')} or ${named(some(range), 'refused')})`
  return {
    ...queries,
    part: (range) => sum(queries.part(range), range),
    total: (range) => sum(queries.total(range), range),
    present: (range) => `${queries.present(range)} or ${some(range)}`,
  }
}

/** How the events of an indicator are counted (references: SRE workbook ch. 5; increase() sums after it rates, so restarts are no losses). */
export function eventQueries(indicator: Indicator, place: Place): EventQueries {
  switch (indicator.kind) {
    case 'errors':
      return withRefused(indicator.refused, {
        side: 'bad',
        part: counted(place, indicator.errors),
        total: counted(place, indicator.total),
        present: presence(place, indicator.total),
      })
    case 'latency':
      return latencyQueries(place, indicator)
    case 'up':
      return place.job === null ? SCRAPES : upQueries(place.job, place.seen ?? everSeen(place.job), place.ageSeconds)
  }
}
