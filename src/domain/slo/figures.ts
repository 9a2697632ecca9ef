import {FaciError} from '../errors.js'
import {promDuration} from '../promql/promql.js'
import type {Sample} from '../promql/sample.js'
import {BURN_WINDOWS} from './burn-tiers.js'
import type {EventQueries} from '../signals/counted-events.js'

/** Events of a time range; `part` is what the indicator counts, null where the backend had nothing. */
export interface Count {
  readonly part: number | null
  readonly total: number | null
}

/** Everything that a report wants to know of one indicator, at one time. */
export interface Figures {
  readonly side: 'good' | 'bad'
  readonly period: Count
  /** By window in seconds. */
  readonly burn: ReadonlyMap<number, Count>
  /** In the order of the adjustments asked for. */
  readonly adjusted: readonly Count[]
  /** Share 0..1 of the window in which the service was measured; null: in none. */
  readonly coverage: number | null
}

export interface FigureQuestion {
  readonly queries: EventQueries
  readonly windowSeconds: number
  /** Ranges, seconds since the epoch, that do not overlap. */
  readonly adjustments: readonly {readonly start: number; readonly end: number}[]
  /** In seconds; by default those of the burn rates. */
  readonly burnWindows?: readonly number[]
}

/** The label that tells the figures of the one query apart. */
const LABEL = 'faci_figure'
const MILLISECOND = 0.001
/** Coverage is looked at in slots: of five minutes, of one in windows of less than an hour. */
function slotSeconds({windowSeconds}: FigureQuestion): number {
  return windowSeconds >= 3600 ? 300 : 60
}

function ranges({
  windowSeconds,
  adjustments,
  burnWindows = BURN_WINDOWS,
}: FigureQuestion): readonly (readonly [string, string])[] {
  return [
    ['period', `[${promDuration(windowSeconds)}]`],
    ...burnWindows.map((seconds) => [String(seconds), `[${promDuration(seconds)}]`] as const),
    ...adjustments.map(
      ({start, end}, index) => [`adjusted${index}`, `[${promDuration(end - start)}] @ ${end}`] as const,
    ),
  ]
}

/** Every figure in one expression, so that all of them are of one evaluation time. */
export function figuresQuery(question: FigureQuestion): string {
  const {queries, windowSeconds} = question
  const named = (name: string, expression: string): string =>
    `label_replace(${expression}, "${LABEL}", "${name}", "", "")`
  const slot = slotSeconds(question)
  // Prometheus 2 counts both ends of a range: a slot too many, and what was there just before one.
  const open = (seconds: number): string => promDuration(seconds - MILLISECOND)
  const slots = `count_over_time((max(${queries.present(`[${open(slot)}]`)}))[${open(windowSeconds)}:${slot}s])`
  const counts = ranges(question).flatMap(([name, range]) => [
    named(`${name}:part`, queries.part(range)),
    named(`${name}:total`, queries.total(range)),
  ])
  return [...counts, named('slots', slots)].join('\nor ')
}

/** The labels in which the series of one figure differ. */
function differing(samples: readonly Sample[]): readonly string[] {
  const names = new Set(samples.flatMap(({labels}) => Object.keys(labels)))
  return [...names].filter((name) => new Set(samples.map(({labels}) => labels[name])).size > 1)
}

function only(samples: readonly Sample[], figure: string): number | null {
  const found = samples.filter(({labels}) => labels[LABEL] === figure)
  if (found.length > 1) {
    throw new FaciError(
      'configInvalid',
      `an indicator gives ${found.length} series where one is expected: they differ in ${differing(found).join(', ')}`,
      {suggestions: ['wrap it in faci.yml: sum(…)', `or choose one: {${differing(found)[0] ?? 'label'}="…"}`]},
    )
  }
  return found[0]?.value ?? null
}

/** Throws `configInvalid`, naming the labels, when a figure has several series. */
export function readFigures(question: FigureQuestion, samples: readonly Sample[]): Figures {
  const {queries, windowSeconds, adjustments, burnWindows = BURN_WINDOWS} = question
  const count = (name: string): Count => ({
    part: only(samples, `${name}:part`),
    total: only(samples, `${name}:total`),
  })
  const slots = only(samples, 'slots')
  return {
    side: queries.side,
    period: count('period'),
    burn: new Map(burnWindows.map((seconds) => [seconds, count(String(seconds))])),
    adjusted: adjustments.map((_, index) => count(`adjusted${index}`)),
    coverage: slots === null ? null : Math.min(1, (slots * slotSeconds(question)) / windowSeconds),
  }
}
