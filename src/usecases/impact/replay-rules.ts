import {isAlwaysFiring} from '../../domain/alerts/severity.js'
import type {LoadedRule} from '../../domain/alerts/loaded-rule.js'
import type {AlertThreshold} from '../../domain/alerts/alert-threshold.js'
import {
  bestTrials,
  type DetectionReplay,
  firingsOf,
  firingsOutside,
  firstIn,
  loosest,
  type RuleReplay,
  type RuleTrial,
  type Span,
  type Variant,
  variantsOf,
} from '../../domain/impact/detection-replay.js'
import {stepFor} from '../../domain/impact/charts-grid.js'
import type {Series} from '../../domain/promql/sample.js'
import {type Answered, answered} from './answered.js'
import type {ImpactDeps, ImpactQuestion} from './impact-question.js'

const MOST_RULES = 40
/** Each looks at days, minute by minute. */
const MOST_COUNTED = 8
const MOST_SERIES = 200
const DAYS_SECONDS = 7 * 86_400
/** 10,081 points a series: Prometheus gives 11,000. */
const DAYS_STEP = 60
const MOST_LEAD = 3600
const SLOT = 300

interface Played {
  readonly rule: LoadedRule
  readonly threshold: AlertThreshold
  readonly sooner: readonly {readonly variant: Variant; readonly at: number}[]
  readonly asItIs: number | null
}

interface Window extends Span {
  readonly stepSeconds: number
}

const none = {threshold: null, firesAt: null, falseAlarms: null, trials: []} as const

function replayOf({name, expression, forSeconds}: LoadedRule): Pick<RuleReplay, 'rule' | 'expression' | 'forSeconds'> {
  return {rule: name, expression, forSeconds}
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

async function range(
  {metrics}: ImpactDeps,
  expression: string,
  {start, end, stepSeconds}: Window,
): Promise<Answered<readonly Series[]>> {
  return answered(async () => {
    const first = Math.floor(start / stepSeconds) * stepSeconds
    const {series, warnings} = await metrics.queryRange(expression, {start: first, end, stepSeconds})
    return {value: series.slice(0, MOST_SERIES), warnings}
  })
}

/** What every variant of a rule would have done before the incident was detected. */
function play(
  rule: LoadedRule,
  threshold: AlertThreshold,
  series: readonly Series[],
  window: Window,
  span: Span,
): Played {
  const firesAt = (variant: Variant): number | null =>
    firstIn(firingsOf(series, threshold.operator, variant, window), span)
  const [asIs, ...easier] = variantsOf(threshold, rule.forSeconds)
  const asItIs = asIs === undefined ? null : firesAt(asIs)
  const sooner = easier.flatMap((variant) => {
    const at = firesAt(variant)
    const isSooner = at !== null && span.end - at >= window.stepSeconds && (asItIs === null || at < asItIs)
    return isSooner ? [{variant, at}] : []
  })
  return {rule, threshold, sooner, asItIs}
}

type PlayedOrNot = {readonly played: Played} | {readonly replay: RuleReplay}

/** As often as it is evaluated, unless the time is too long for that. */
function windowFor({forSeconds, intervalSeconds}: LoadedRule, {start, end}: Span): Window {
  const from = start - Math.min(MOST_LEAD, 2 * forSeconds + intervalSeconds)
  return {start: from, end, stepSeconds: stepFor(end - from, Math.min(MOST_LEAD, Math.max(1, intervalSeconds)))}
}

async function playRule(deps: ImpactDeps, rule: LoadedRule, span: Span): Promise<PlayedOrNot> {
  const threshold = deps.readThreshold(rule.expression)
  const base = replayOf(rule)
  if (threshold === null) return {replay: {...base, ...none, cannotSay: 'noThreshold', detail: ''}}
  const window = windowFor(rule, span)
  const answer = await range(deps, threshold.expression, window)
  if (!answer.ok) return {replay: {...base, ...none, threshold, cannotSay: 'notAnswered', detail: answer.detail}}
  if (answer.value.length === 0) return {replay: {...base, ...none, threshold, cannotSay: 'noSeries', detail: ''}}
  return {played: play(rule, threshold, answer.value, window, span)}
}

/** What a rule would have cost: how often each variant fires in days in which nothing was wrong. */
async function counted(
  deps: ImpactDeps,
  {rule, threshold, sooner, asItIs}: Played,
  {incidents, end}: ImpactQuestion,
  span: Span,
): Promise<RuleReplay> {
  const {expression, operator} = threshold
  const days = {start: end - DAYS_SECONDS, end, stepSeconds: DAYS_STEP}
  const answer = await range(deps, `(${expression}) ${operator} ${String(loosest(threshold))}`, days)
  const alarms = (variant: Variant): number | null =>
    answer.ok ? firingsOutside(firingsOf(answer.value, operator, variant, days), incidents) : null
  const trials = sooner.map(({variant, at}): RuleTrial => ({
    ...{...variant, firesAt: iso(at), soonerSeconds: Math.round(span.end - at)},
    falseAlarms: alarms(variant),
  }))
  return {
    ...{...replayOf(rule), threshold, cannotSay: null, detail: answer.ok ? '' : answer.detail},
    firesAt: asItIs === null ? null : iso(asItIs),
    falseAlarms: alarms({threshold: threshold.value, forSeconds: rule.forSeconds}),
    trials: bestTrials(trials),
  }
}

function uncounted({rule, threshold, asItIs}: Played): RuleReplay {
  const firesAt = asItIs === null ? null : iso(asItIs)
  return {...replayOf(rule), ...none, threshold, firesAt, cannotSay: null, detail: ''}
}

/** Of the days before the end, how much Prometheus scraped anything in. */
async function covered({metrics}: ImpactDeps, end: number): Promise<number | null> {
  const query = `count_over_time((count(count_over_time(up[${String(SLOT)}s])))[${String(DAYS_SECONDS)}s:${String(SLOT)}s])`
  const answer = await answered(async () => {
    const {samples, warnings} = await metrics.query(query, {at: end})
    return {value: samples[0]?.value ?? 0, warnings}
  })
  return answer.ok && Number.isFinite(answer.value) ? Math.min(DAYS_SECONDS, answer.value * SLOT) : null
}

function soonest({sooner}: Played): number {
  return Math.min(...sooner.map(({at}) => at))
}

/** Whether an alert could have told of it sooner: a range query for each rule, and one more for those that could. */
export async function replayRules(deps: ImpactDeps, question: ImpactQuestion): Promise<DetectionReplay> {
  const {startedAt, detectedAt} = question
  const span = {start: startedAt ?? detectedAt, end: detectedAt}
  const empty = {
    ...{from: iso(span.start), detectedAt: iso(detectedAt), rules: [], left: 0, coveredSeconds: null, detail: ''},
    stepSeconds: stepFor(span.end - span.start),
  }
  if (span.end - span.start < 1) return {...empty, cannotSay: 'noStart'}
  const loaded = await answered(async () => ({value: await deps.rules.alerts(), warnings: []}))
  if (!loaded.ok) return {...empty, cannotSay: 'notAnswered', detail: loaded.detail}
  const rules = loaded.value.filter(({name}) => !isAlwaysFiring(name))
  if (rules.length === 0) return {...empty, cannotSay: 'noRules'}
  const looked = rules.slice(0, MOST_RULES)
  const [coveredSeconds, played] = await Promise.all([
    covered(deps, question.end),
    Promise.all(looked.map((rule) => playRule(deps, rule, span))),
  ])
  const useful = played
    .flatMap((one) => ('played' in one && one.played.sooner.length > 0 ? [one.played] : []))
    .sort((one, other) => soonest(one) - soonest(other))
    .slice(0, MOST_COUNTED)
  const costs = await Promise.all(useful.map((one) => counted(deps, one, question, span)))
  const costOf = (one: Played): RuleReplay => costs[useful.indexOf(one)] ?? uncounted(one)
  const replays = played.map((one) => ('played' in one ? costOf(one.played) : one.replay))
  const stepSeconds = Math.max(...looked.map((rule) => windowFor(rule, span).stepSeconds))
  return {...empty, stepSeconds, rules: replays, left: rules.length - looked.length, coveredSeconds, cannotSay: null}
}
