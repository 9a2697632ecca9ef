import type {IsoTime} from '../time/iso-time.js'
import {budgetRatio, indicatorText, LEAST_COVERAGE, type Objective} from './objective.js'
import type {Count, Figures} from './figures.js'
import type {ObjectiveDoubt, ObjectiveNote} from './slo-note.js'
import {promDuration} from '../promql/promql.js'

export type ObjectiveStatus = 'met' | 'breached' | 'noTraffic' | 'noData' | 'invalid' | 'unreliable'

/** Ratios are fractions of the budget and are not clamped: consumed may be above 1, remaining below 0. */
export interface Budget {
  /** The share of events that may be bad: `1 - objective`. */
  readonly totalRatio: number
  readonly consumed: number | null
  readonly remaining: number | null
  /** The same as minutes of a complete outage. */
  readonly totalMinutes: number
  readonly consumedMinutes: number | null
  readonly remainingMinutes: number | null
}

/** What was measured before maintenance was taken out. */
export interface RawFigures {
  readonly sli: number | null
  readonly good: number | null
  readonly total: number | null
}

export interface ObjectiveReport<Note = ObjectiveNote> {
  readonly name: string
  readonly indicator: string
  readonly objective: number
  /** The share of good events, 0..1; null without events. */
  readonly sli: number | null
  readonly good: number | null
  readonly total: number | null
  readonly status: ObjectiveStatus
  readonly budget: Budget
  /** By window (`5m`): how many times faster than allowed the budget burns; null without events. */
  readonly burnRates: Readonly<Record<string, number | null>>
  /** When consumption passed 1. */
  readonly exhaustedAt: IsoTime | null
  /** When it will, at the burn rate of the last hour; null when not within one period. */
  readonly exhaustsAt: IsoTime | null
  /** Share 0..1 of the window in which the service was measured. */
  readonly coverage: number | null
  readonly window: {readonly start: IsoTime; readonly end: IsoTime; readonly seconds: number}
  /** Null when nothing was taken out. */
  readonly raw: RawFigures | null
  readonly notes: readonly Note[]
}

/** How much of its window an objective was measured, seconds; null where that is not known. */
export function measuredSeconds({coverage, window}: Pick<ObjectiveReport, 'coverage' | 'window'>): number | null {
  return coverage === null ? null : coverage * window.seconds
}

/** Extrapolation may put bad events above the total by so much. */
const SLACK_EVENTS = 1
const SLACK_RATIO = 0.001
const FORECAST_SECONDS = 3600

/** Good and bad events of a count. */
interface Events {
  readonly bad: number
  readonly total: number
}

/** `none`: the backend has no such series. `part`: it has the total, but not the part that is counted. */
type Reading =
  | {readonly kind: 'events'; readonly events: Events; readonly isPartAbsent: boolean}
  | {readonly kind: 'none' | 'impossible'}

function isPossible({bad, total}: Events): boolean {
  const slack = Math.max(SLACK_EVENTS, total * SLACK_RATIO)
  return Number.isFinite(bad) && Number.isFinite(total) && total >= 0 && bad >= -slack && bad <= total + slack
}

/** Without a series of errors there were none; without the bound of a latency nothing is known. */
function readTotal(total: number, part: number | null, side: Figures['side']): Reading {
  if (part === null && side === 'good' && total > 0) return {kind: 'impossible'}
  const counted = part ?? 0
  const events = {bad: side === 'bad' ? counted : total - counted, total}
  if (!isPossible(events)) return {kind: 'impossible'}
  const bad = Math.min(Math.max(0, events.bad), total)
  return {kind: 'events', events: {bad, total}, isPartAbsent: part === null && total > 0}
}

export function readCount({part, total}: Count, side: Figures['side']): Reading {
  if (total !== null) return readTotal(total, part, side)
  return (part ?? 0) === 0 ? {kind: 'none'} : {kind: 'impossible'}
}

function without(events: Events, adjusted: readonly Reading[]): Events {
  const taken = adjusted.flatMap((reading) => (reading.kind === 'events' ? [reading.events] : []))
  const rest = (all: number, of: (one: Events) => number): number =>
    Math.max(
      0,
      taken.reduce((sum, one) => sum - of(one), all),
    )
  const total = rest(events.total, (one) => one.total)
  return {
    bad: Math.min(
      total,
      rest(events.bad, (one) => one.bad),
    ),
    total,
  }
}

function errorRatio({bad, total}: Events): number | null {
  return total > 0 ? bad / total : null
}

function burnRates({burn, side}: Figures, budget: number): Readonly<Record<string, number | null>> {
  const rate = (count: Count): number | null => {
    const reading = readCount(count, side)
    const ratio = reading.kind === 'events' ? errorRatio(reading.events) : null
    return ratio === null ? null : ratio / budget
  }
  return Object.fromEntries([...burn].map(([seconds, count]) => [promDuration(seconds), rate(count)]))
}

/** SLO: Google SRE workbook, ch. 5. `consumed = error ratio / (1 - objective)`. */
function budgetOf(totalRatio: number, consumed: number | null, windowSeconds: number): Budget {
  const totalMinutes = (windowSeconds / 60) * totalRatio
  const remaining = consumed === null ? null : 1 - consumed
  return {
    totalRatio,
    consumed,
    remaining,
    totalMinutes,
    consumedMinutes: consumed === null ? null : totalMinutes * consumed,
    remainingMinutes: remaining === null ? null : totalMinutes * remaining,
  }
}

export interface Measurement {
  readonly figures: Figures
  readonly window: {readonly start: number; readonly end: number}
  /** False for a window that is over: nothing is forecast then. */
  readonly isOpen: boolean
  /** Warnings of the backend, a retention that is shorter than the window. */
  readonly doubts: readonly ObjectiveDoubt[]
}

function doubtsOf({figures: {coverage}, window, doubts}: Measurement): readonly ObjectiveDoubt[] {
  const share = coverage ?? 0
  if (share >= LEAST_COVERAGE) return doubts
  const windowSeconds = window.end - window.start
  return [...doubts, {why: 'measuredTooShort', measuredSeconds: share * windowSeconds, windowSeconds}]
}

function statusOf(
  period: Reading,
  events: Events | null,
  doubts: readonly ObjectiveDoubt[],
  budget: number,
): ObjectiveStatus {
  if (period.kind === 'impossible') return 'invalid'
  if (events === null) return 'noData'
  if (doubts.length > 0) return 'unreliable'
  const ratio = errorRatio(events)
  if (ratio === null) return 'noTraffic'
  return ratio > budget ? 'breached' : 'met'
}

/** `remaining · period / burn rate` (pyrra's time to exhaustion); null when it is further away than a period. */
function exhaustion(remaining: number | null, burn: number | null, {window, isOpen}: Measurement): IsoTime | null {
  if (!isOpen || remaining === null || burn === null || remaining <= 0 || burn <= 0) return null
  const period = window.end - window.start
  const seconds = (remaining * period) / burn
  return seconds > period ? null : new Date((window.end + seconds) * 1000).toISOString()
}

function notesOf(objective: Objective, period: Reading, {figures}: Measurement): readonly ObjectiveNote[] {
  const {indicator} = objective
  if (period.kind === 'impossible') {
    const {part, total} = figures.period
    if (indicator.kind === 'latency' && part === null) {
      const {histogram, thresholdSeconds} = indicator
      return [{why: 'noBucket', histogram, thresholdSeconds}]
    }
    return [{why: 'impossibleCounts', part, side: figures.side, total}]
  }
  return period.kind === 'events' && period.isPartAbsent ? [{why: 'noErrorSeries'}] : []
}

/** One objective from its figures. Pure: the exhaustion that lies behind is found by `exhaustedAt`. */
export function reportObjective(objective: Objective, measured: Measurement): ObjectiveReport {
  const {figures, window} = measured
  const budget = budgetRatio(objective)
  const period = readCount(figures.period, figures.side)
  const raw = period.kind === 'events' ? period.events : null
  const adjusted = figures.adjusted.map((count) => readCount(count, figures.side))
  const events = raw === null ? null : without(raw, adjusted)
  const ratio = events === null ? null : errorRatio(events)
  const sli = (one: Events | null): number | null => {
    const share = one === null ? null : errorRatio(one)
    return share === null ? null : 1 - share
  }
  const consumed = ratio === null ? (events === null ? null : 0) : ratio / budget
  const seconds = window.end - window.start
  const budgets = budgetOf(budget, consumed, seconds)
  const rates = burnRates(figures, budget)
  const doubts = doubtsOf(measured)
  const counts = (one: Events | null) => ({
    sli: sli(one),
    good: one === null ? null : one.total - one.bad,
    total: one?.total ?? null,
  })
  return {
    name: objective.name,
    indicator: indicatorText(objective.indicator),
    objective: objective.objective,
    ...counts(events),
    status: statusOf(period, events, doubts, budget),
    budget: budgets,
    burnRates: rates,
    exhaustedAt: null,
    exhaustsAt: exhaustion(budgets.remaining, rates[promDuration(FORECAST_SECONDS)] ?? null, measured),
    coverage: figures.coverage,
    window: {
      start: new Date(window.start * 1000).toISOString(),
      end: new Date(window.end * 1000).toISOString(),
      seconds,
    },
    raw: adjusted.length === 0 ? null : counts(raw),
    notes: [...notesOf(objective, period, measured), ...(events === null ? [] : doubts)],
  }
}
