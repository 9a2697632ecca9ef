import {promDuration, quoted} from '../promql/promql.js'
import type {Labels} from '../promql/sample.js'
import {BURN_WINDOWS, burnFactor, type Tier, tierProblem, TIERS, tierThreshold} from './burn-tiers.js'
import type {EventQueries} from '../signals/counted-events.js'
import {eventQueries} from './event-queries.js'
import {budgetRatio, LEAST_COVERAGE, type Objective} from './objective.js'

export interface RecordingRule {
  readonly record: string
  readonly expr: string
  readonly labels: Labels
}

export interface AlertingRule {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly labels: Labels
  readonly annotations: Labels
}

export interface RuleGroup {
  readonly name: string
  readonly interval: string
  readonly rules: readonly (RecordingRule | AlertingRule)[]
}

export interface RuleOptions {
  readonly job: string | null
  /** A tier keeps quiet below so many bad events in its long window: with 2, a single error pages nobody. */
  readonly fewestBadEvents: number
}

/** Of the inputs; the burn rates of five minutes need some points. */
const INTERVAL_SECONDS = 30
const EVENT_SECONDS = 300
/** An event is in so many evaluations of a five-minute increase. */
export const TIMES_COUNTED = EVENT_SECONDS / INTERVAL_SECONDS

export const TOTAL = 'slo:events_total:increase5m'
export const BAD = 'slo:events_bad:increase5m'

export const PERIOD_TOTAL = 'slo:period_events:total'
export const PERIOD_BAD = 'slo:period_events:bad'
export const PERIOD_COVERAGE = 'slo:period_coverage:ratio'
const REMAINING = 'slo:budget_remaining:ratio'

/** `slo:error:ratio_rate1h` */
export function errorRatioName(seconds: number): string {
  return `slo:error:ratio_rate${promDuration(seconds)}`
}

/** Changes when the same definition is counted in another way. */
const COUNTED_AS = 2

/** A number that changes with whatever an objective's figures depend on (FNV-1a, 32 bits). */
export function definitionHash(objective: Objective, job: string | null): string {
  const {name, windowSeconds, indicator} = objective
  let hash = 0x811c9dc5
  for (const character of JSON.stringify([name, objective.objective, windowSeconds, indicator, job, COUNTED_AS])) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

function labelsOf({name}: Objective, {job}: RuleOptions): Labels {
  return job === null ? {slo: name} : {slo: name, job}
}

/** With the hash: what was recorded of another definition is not summed with what is recorded of this one. */
function recordedLabels(objective: Objective, options: RuleOptions): Labels {
  return {...labelsOf(objective, options), definition: definitionHash(objective, options.job)}
}

/** Selects what is recorded of this definition of an objective. */
function ownSelector(objective: Objective, options: RuleOptions): string {
  return `{slo="${objective.name}",definition="${definitionHash(objective, options.job)}"}`
}

/** The queries of the rules: a job that has been counted is still there to be missed. */
function ruleQueries(objective: Objective, options: RuleOptions): EventQueries {
  const {job} = options
  const counted = `max_over_time(${TOTAL}${ownSelector(objective, options)}[10m])`
  const seen = job === null ? '' : `(max(up{job=${quoted(job)}}) or max(${counted}))`
  return eventQueries(objective.indicator, {job, seen})
}

/** Bad events: 0 where errors have no series yet; nothing where a latency has no such bound. */
function badEvents({side, part, total}: EventQueries): string {
  const range = '[5m]'
  return side === 'bad' ? `${part(range)} or 0 * ${total(range)}` : `${total(range)} - ${part(range)}`
}

function inputs(objective: Objective, options: RuleOptions): RuleGroup {
  const queries = ruleQueries(objective, options)
  const labels = recordedLabels(objective, options)
  const own = ownSelector(objective, options)
  // Sums of events over sums of events: a busy hour weighs more than an idle one, which adds nothing.
  const ratio = (seconds: number): RecordingRule => {
    const range = `[${promDuration(seconds)}]`
    const expr =
      seconds === EVENT_SECONDS
        ? `${BAD}${own} / (${TOTAL}${own} > 0)`
        : `sum_over_time(${BAD}${own}${range}) / (sum_over_time(${TOTAL}${own}${range}) > 0)`
    return {record: errorRatioName(seconds), expr, labels}
  }
  return {
    name: `slo-${objective.name}-inputs`,
    interval: promDuration(INTERVAL_SECONDS),
    rules: [
      {record: TOTAL, expr: queries.total('[5m]'), labels},
      {record: BAD, expr: badEvents(queries), labels},
      ...BURN_WINDOWS.map(ratio),
    ],
  }
}

function period(objective: Objective, options: RuleOptions): RuleGroup {
  const own = ownSelector(objective, options)
  const range = `[${promDuration(objective.windowSeconds)}]`
  const labels = recordedLabels(objective, options)
  const events = (series: string): string => `sum_over_time(${series}${own}${range}) / ${TIMES_COUNTED}`
  return {
    name: `slo-${objective.name}-period`,
    interval: '1m',
    rules: [
      {record: PERIOD_TOTAL, expr: events(TOTAL), labels},
      {record: PERIOD_BAD, expr: events(BAD), labels},
      {
        record: PERIOD_COVERAGE,
        expr: `count_over_time(${TOTAL}${own}${range}) * ${INTERVAL_SECONDS} / ${objective.windowSeconds}`,
        labels,
      },
      {
        record: REMAINING,
        expr: `1 - (${PERIOD_BAD}${own} / (${PERIOD_TOTAL}${own} > 0)) / ${budgetRatio(objective)}`,
        labels,
      },
    ],
  }
}

function percentText(objective: Objective): string {
  return `${Number((objective.objective * 100).toFixed(9))} %`
}

function annotations(objective: Objective, summary: string, description: string): Labels {
  return {summary, description, ...(objective.runbook === null ? {} : {runbook: objective.runbook})}
}

const SEVERITY: Readonly<Record<Tier['severity'], Labels>> = {
  page: {severity: 'critical', priority: 'P0'},
  ticket: {severity: 'warning', priority: 'P1'},
}

/** The workbook's alert; the threshold is written as its arithmetic, never as the noise of a float. */
function burnAlert(objective: Objective, options: RuleOptions, tier: Tier): AlertingRule {
  const {name, windowSeconds} = objective
  const [long, short] = [promDuration(tier.longSeconds), promDuration(tier.shortSeconds)]
  const own = ownSelector(objective, options)
  const threshold = `(${burnFactor(tier, windowSeconds)} * ${budgetRatio(objective)})`
  const enough = `sum_over_time(${BAD}${own}[${long}]) / ${TIMES_COUNTED} >= ${options.fewestBadEvents}`
  return {
    alert: 'ErrorBudgetBurn',
    expr: [
      `${errorRatioName(tier.shortSeconds)}${own} > ${threshold}`,
      `and ${errorRatioName(tier.longSeconds)}${own} > ${threshold}`,
      `and ${enough}`,
    ].join('\n'),
    for: promDuration(tier.forSeconds),
    labels: {...SEVERITY[tier.severity], ...labelsOf(objective, options), long_window: long, short_window: short},
    annotations: annotations(
      objective,
      `${name}: the error budget burns`,
      `{{ $value | humanizePercentage }} of the events of ${short} are bad, more than ${burnFactor(tier, windowSeconds)} times what ${percentText(objective)} over ${promDuration(windowSeconds)} allows, and in ${long} too.`,
    ),
  }
}

const MINUTE = 60

/** As long as an outage takes to page: `round up(threshold · long window + for)` of the fastest tier (pyrra). */
function absentSeconds({windowSeconds, ...objective}: Objective): number {
  const [fastest] = TIERS
  if (fastest === undefined) return MINUTE
  const detection = Math.min(1, tierThreshold(fastest, windowSeconds, budgetRatio(objective))) * fastest.longSeconds
  return Math.ceil((detection + fastest.forSeconds) / MINUTE) * MINUTE
}

function alerts(objective: Objective, options: RuleOptions): RuleGroup {
  const {name, windowSeconds} = objective
  const own = ownSelector(objective, options)
  const tiers = TIERS.filter((tier) => tierProblem(tier, windowSeconds, budgetRatio(objective)) === null)
  const absent: AlertingRule = {
    alert: 'ObjectiveUnmeasured',
    expr: `absent(${TOTAL}${own})`,
    for: promDuration(absentSeconds(objective)),
    labels: {...SEVERITY.ticket, ...labelsOf(objective, options)},
    annotations: annotations(
      objective,
      `${name}: nothing is measured`,
      'Its series are gone: an outage now would be seen by nobody.',
    ),
  }
  const spent: AlertingRule = {
    alert: 'ErrorBudgetSpent',
    // A service younger than its window has not had the whole budget yet: one error would be more than all of it.
    expr: `${REMAINING}${own} <= 0 and ${PERIOD_COVERAGE}${own} >= ${LEAST_COVERAGE}`,
    for: '5m',
    labels: {...SEVERITY.ticket, ...labelsOf(objective, options)},
    annotations: annotations(
      objective,
      `${name}: the error budget is spent`,
      `More bad events in ${promDuration(windowSeconds)} than ${percentText(objective)} allows.`,
    ),
  }
  return {
    name: `slo-${name}-alerts`,
    interval: promDuration(INTERVAL_SECONDS),
    rules: [...tiers.map((tier) => burnAlert(objective, options, tier)), absent, spent],
  }
}

/** Recording rules, multi-window multi-burn-rate alerts, and alerts for absence and a spent budget, of one objective. */
export function sloRules(objective: Objective, options: RuleOptions): readonly RuleGroup[] {
  return [inputs(objective, options), period(objective, options), alerts(objective, options)]
}
