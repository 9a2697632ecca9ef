import {type BacktestRule, type FiringEpisode, firingEpisodes} from '../alerts/backtest.js'
import type {AlertThreshold} from '../alerts/alert-threshold.js'
import type {Series} from '../promql/sample.js'
import type {IsoTime} from '../time/iso-time.js'

/** A rule made to fire sooner, played over the incident. */
export interface RuleTrial {
  readonly threshold: number
  readonly forSeconds: number
  readonly firesAt: IsoTime
  /** Than it was detected. */
  readonly soonerSeconds: number
  /** Firings over the covered days that were in no incident; null: not counted. */
  readonly falseAlarms: number | null
}

export type CannotReplay = 'noThreshold' | 'noSeries' | 'notAnswered'

export interface RuleReplay {
  readonly rule: string
  readonly expression: string
  readonly forSeconds: number
  readonly threshold: AlertThreshold | null
  /** As it is; null: it did not fire before the incident was detected. */
  readonly firesAt: IsoTime | null
  readonly falseAlarms: number | null
  /** Those that would have told sooner, the least false alarms first. */
  readonly trials: readonly RuleTrial[]
  readonly cannotSay: CannotReplay | null
  readonly detail: string
}

/** `noStart`: nothing is known of a time before it was detected. */
export type CannotDetect = 'noStart' | 'noRules' | 'notAnswered'

/** Whether an alert could have told of it sooner. */
export interface DetectionReplay {
  readonly from: IsoTime
  readonly detectedAt: IsoTime
  /** To how many seconds the answer is known. */
  readonly stepSeconds: number
  /** False alarms were looked for over so much, which Prometheus has; null: nobody could say. */
  readonly coveredSeconds: number | null
  readonly rules: readonly RuleReplay[]
  /** Rules that were not looked at, for there are so many. */
  readonly left: number
  readonly cannotSay: CannotDetect | null
  readonly detail: string
}

export interface Variant {
  readonly threshold: number
  readonly forSeconds: number
}

const EASIER: readonly number[] = [1, 0.75, 0.5]
const MOST_TRIALS = 3

function isAbove({operator}: AlertThreshold): boolean {
  return operator === '>' || operator === '>='
}

/** Nearer to what is usual: half way, and three quarters. Around zero there is no share of anything. */
function thresholdsOf(threshold: AlertThreshold): readonly number[] {
  const {value, operator} = threshold
  if (operator === '==' || operator === '!=' || value === 0) return [value]
  const easierIfSmaller = isAbove(threshold) === value > 0
  return EASIER.map((share) => Number((easierIfSmaller ? value * share : value / share).toPrecision(6)))
}

/** The rule as it is, and everything that would fire more easily: thresholds and waits, each with each. */
export function variantsOf(threshold: AlertThreshold, forSeconds: number): readonly Variant[] {
  const waits = [...new Set([forSeconds, Math.round(forSeconds / 2), 0])]
  return thresholdsOf(threshold).flatMap((value) => waits.map((wait) => ({threshold: value, forSeconds: wait})))
}

/** The threshold that lets through all that any variant does. */
export function loosest(threshold: AlertThreshold): number {
  const all = thresholdsOf(threshold)
  return isAbove(threshold) ? Math.min(...all) : Math.max(...all)
}

const HOLDS: Readonly<Record<AlertThreshold['operator'], (value: number, than: number) => boolean>> = {
  '>': (value, than) => value > than,
  '>=': (value, than) => value >= than,
  '<': (value, than) => value < than,
  '<=': (value, than) => value <= than,
  '==': (value, than) => value === than,
  '!=': (value, than) => value !== than,
}

/** When a variant would have fired, on any series. */
export function firingsOf(
  series: readonly Series[],
  operator: AlertThreshold['operator'],
  {threshold, forSeconds}: Variant,
  {stepSeconds}: Pick<BacktestRule, 'stepSeconds'>,
): readonly FiringEpisode[] {
  return series.flatMap(({points}) => {
    const times = points.filter(({value}) => HOLDS[operator](value, threshold)).map(({at}) => at)
    return firingEpisodes(times, {forSeconds, stepSeconds})
  })
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** People say about when it began. What fired for longer before was not about it. */
const ABOUT_SECONDS = 300

function isOf({from}: FiringEpisode, {start, end}: Span): boolean {
  return from >= start - ABOUT_SECONDS && from <= end
}

/** The first moment in a span at which something began to fire; null: nothing did. */
export function firstIn(firings: readonly FiringEpisode[], span: Span): number | null {
  const {start, end} = span
  const within = firings.filter((one) => isOf(one, span) && one.from < end && one.to > start)
  return within.length === 0 ? null : Math.min(...within.map(({from}) => Math.max(from, start)))
}

/** Firings at once are one; those that began in any of the spans are none. */
export function firingsOutside(firings: readonly FiringEpisode[], spans: readonly Span[]): number {
  const outside = firings
    .filter((one) => !spans.some((span) => isOf(one, span)))
    .sort((one, other) => one.from - other.from)
  let count = 0
  let until = -Infinity
  for (const {from, to} of outside) {
    if (from > until) count += 1
    until = Math.max(until, to)
  }
  return count
}

/** Fewest false alarms first; of those that are no better than another in both, none. */
export function bestTrials(trials: readonly RuleTrial[]): readonly RuleTrial[] {
  const cost = ({falseAlarms}: RuleTrial): number => falseAlarms ?? Infinity
  const sorted = [...trials].sort((one, other) => cost(one) - cost(other) || other.soonerSeconds - one.soonerSeconds)
  const best: RuleTrial[] = []
  for (const trial of sorted) if (trial.soonerSeconds > (best.at(-1)?.soonerSeconds ?? 0)) best.push(trial)
  return best.slice(0, MOST_TRIALS)
}
