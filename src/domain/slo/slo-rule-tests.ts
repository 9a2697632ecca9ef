import {BURN_WINDOWS, TIERS, tierProblem} from './burn-tiers.js'
import {eventSeries, SCRAPES_A_MINUTE, type Traffic} from './event-series.js'
import {fastestThreshold, slowShare} from './tier-shares.js'
import {budgetRatio, type Objective} from './objective.js'
import type {Expressions} from '../text/expressions.js'
import {errorRatioName, type RuleOptions, sloRules} from './slo-rules.js'

export interface PromtoolTest {
  readonly name: string
  readonly interval: string
  readonly input_series: readonly {readonly series: string; readonly values: string}[]
  readonly promql_expr_test: readonly {
    readonly expr: string
    readonly eval_time: string
    readonly exp_samples: readonly {readonly value: number}[]
  }[]
}

export interface PromtoolFile {
  readonly rule_files: readonly string[]
  readonly evaluation_interval: string
  readonly tests: readonly PromtoolTest[]
}

/** What happens to a service, minute by minute, and what its alerts must make of it. */
interface Scenario {
  readonly name: string
  readonly traffic: readonly Traffic[]
  /** Every process ends at that minute: counters begin at 0 again. */
  readonly restartAt?: number
  readonly lacksErrors?: boolean
  readonly vanishes?: boolean
  readonly checks: readonly {readonly expr: string; readonly minute: number; readonly value: number | null}[]
}

const REQUESTS = 1000

function firing(objective: Objective, alert: string, severity: string): string {
  return `count(ALERTS{alertname="${alert}", slo="${objective.name}", severity="${severity}", alertstate="firing"})`
}

function spell(minutes: number, share: number, total = REQUESTS): Traffic {
  return {minutes, total, bad: Math.round(total * share)}
}

/** So many a minute that a budget of them is at least one: a strict objective needs more of them, or nothing bad would be left of a share. */
const eventsFor = (budget: number): number => Math.max(REQUESTS, Math.ceil(1 / budget))

/** Scrapes are few: of a strict objective, a slow burn is less than a few of them, and cannot be played. */
const canBurnSlowly = ({indicator}: Objective, share: number): boolean =>
  indicator.kind !== 'up' || share * 120 * SCRAPES_A_MINUTE >= 4

/** To a thousandth: sums of floats end in noise, and promtool compares exactly. */
function rounded(expression: string): string {
  return `round(${expression}, 0.001)`
}

interface Place {
  readonly objective: Objective
  readonly budget: number
  readonly pages: string
  readonly tickets: string
  readonly ratio: string
}

function quietScenarios({objective, budget, pages, tickets, ratio}: Place): readonly Scenario[] {
  const none = (minute: number) => [
    {expr: pages, minute, value: null},
    {expr: tickets, minute, value: null},
  ]
  const healthy: Scenario = {
    name: 'healthy: half of the budget burns at its pace, nothing fires',
    traffic: [spell(90, budget / 2, eventsFor(budget))],
    checks: none(89),
  }
  // A target is scraped in any case: it is never idle, and has no series of errors.
  if (objective.indicator.kind === 'up') return [healthy]
  return [
    healthy,
    {
      name: 'no error series: the ratio is 0',
      traffic: [spell(70, 0)],
      lacksErrors: true,
      checks: [{expr: ratio, minute: 69, value: 0}, ...none(69)],
    },
    {
      name: 'idle: no ratio, and no alert',
      traffic: [spell(70, 0, 0)],
      checks: [{expr: `count(${ratio})`, minute: 69, value: null}, ...none(69)],
    },
  ]
}

const CALM = 60

/** As long as it takes to fill the long window of the fastest tier to its threshold, and for the alert to hold. */
function outageMinutes(objective: Objective, budget: number): number {
  return Math.ceil(60 * fastestThreshold(objective, budget)) + 10
}

/** As many minutes, as bad, as bring the long window of the fastest tier to half of its threshold. */
function spike(objective: Objective, budget: number): Traffic {
  const outage = 30 * fastestThreshold(objective, budget)
  const minutes = Math.max(1, Math.ceil(outage))
  return spell(minutes, Math.min(1, outage / minutes))
}

function resetScenarios({indicator}: Objective, ratio: string, share: number): readonly Scenario[] {
  if (indicator.kind === 'up') return []
  const {bad, total} = spell(80, share)
  return [
    {
      name: 'counter reset: a restart changes no ratio',
      traffic: [spell(80, share)],
      restartAt: 40,
      checks: [{expr: rounded(ratio), minute: 79, value: Number((bad / total).toFixed(3))}],
    },
  ]
}

/** Without a job a target that vanishes is not missed. */
function vanishedScenarios({objective, pages}: Place, {job}: RuleOptions, lasting: number): readonly Scenario[] {
  if (objective.indicator.kind !== 'up' || job === null) return []
  return [
    {
      name: 'vanished from discovery: pages, as any outage',
      traffic: [spell(CALM, 0), spell(lasting, 1)],
      vanishes: true,
      checks: [{expr: `${pages} > bool 0`, minute: CALM + lasting - 1, value: 1}],
    },
  ]
}

function loudScenarios({objective, budget, pages, tickets, ratio}: Place): readonly Scenario[] {
  const calm = spell(CALM, 0)
  const slow = slowShare(objective, budget)
  const lasting = outageMinutes(objective, budget)
  const outage = [calm, spell(lasting, 1)]
  const burst = spike(objective, budget)
  const isUsed = (index: number): boolean => {
    const tier = TIERS[index]
    return tier !== undefined && tierProblem(tier, objective.windowSeconds, budget) === null
  }
  const slowBurn: Scenario = {
    name: 'slow burn: too fast for long is a ticket, no page',
    traffic: [spell(130, slow, eventsFor(budget))],
    checks: [
      {expr: `${tickets} > bool 0`, minute: 129, value: 1},
      {expr: pages, minute: 129, value: null},
    ],
  }
  return [
    ...(isUsed(0)
      ? [
          {
            name: 'outage: pages',
            traffic: outage,
            checks: [
              {expr: `${pages} > bool 0`, minute: CALM + lasting - 1, value: 1},
              // It is too young to have spent a budget of its window.
              {expr: firing(objective, 'ErrorBudgetSpent', 'warning'), minute: CALM + lasting - 1, value: null},
            ],
          },
          {
            name: 'recovery: quiet once the short window of the slower page is clean',
            traffic: [...outage, spell(45, 0)],
            checks: [{expr: pages, minute: CALM + lasting + 40, value: null}],
          },
          {
            name: 'short spike: the long window stays under its threshold, nobody is paged',
            traffic: [calm, burst, spell(20, 0)],
            checks: [1, 5, 10].map((after) => ({expr: pages, minute: CALM + burst.minutes + after, value: null})),
          },
        ]
      : []),
    ...(isUsed(2) && canBurnSlowly(objective, slow) ? [slowBurn] : []),
    ...resetScenarios(objective, ratio, slow),
  ]
}

function absentScenario(objective: Objective, absentFor: number): Scenario {
  const expr = firing(objective, 'ObjectiveUnmeasured', 'warning')
  return {
    name: 'absent: told once it has lasted',
    traffic: [],
    checks: [
      {expr, minute: Math.max(0, absentFor - 1), value: null},
      {expr, minute: absentFor + 2, value: 1},
    ],
  }
}

function minutesOf(duration: string): number {
  const [, count = '0', unit = 'm'] = /^(\d+)([smhd])$/.exec(duration) ?? []
  return Number(count) * ({s: 1 / 60, m: 1, h: 60, d: 1440}[unit] ?? 1)
}

function absentForMinutes(objective: Objective, options: RuleOptions): number {
  const rules = sloRules(objective, options).flatMap((group) => group.rules)
  const rule = rules.find((one) => 'alert' in one && one.alert === 'ObjectiveUnmeasured')
  return rule !== undefined && 'for' in rule ? minutesOf(rule.for) : 0
}

/**
 * promtool tests for the rules of one objective: outage, slow burn, healthy, short spike, recovery, idle, no error series, absent,
 * counter reset. Null when no series can be made up that the indicator would count: it is an expression, or a matcher is too clever.
 */
export function sloRuleTests(
  objective: Objective,
  options: RuleOptions,
  expressions: Expressions,
): readonly PromtoolTest[] | null {
  const budget = budgetRatio(objective)
  const own = `{slo="${objective.name}"}`
  const place: Place = {
    objective,
    budget,
    pages: firing(objective, 'ErrorBudgetBurn', 'critical'),
    tickets: firing(objective, 'ErrorBudgetBurn', 'warning'),
    ratio: `sum(${errorRatioName(BURN_WINDOWS[2] ?? 3600)}${own})`,
  }
  const pagesAtAll = TIERS[0] !== undefined && tierProblem(TIERS[0], objective.windowSeconds, budget) === null
  const scenarios = [
    ...loudScenarios(place),
    ...(pagesAtAll ? vanishedScenarios(place, options, outageMinutes(objective, budget)) : []),
    ...quietScenarios(place),
    absentScenario(objective, absentForMinutes(objective, options)),
  ]
  const tests = scenarios.map(({name, traffic, checks, restartAt, lacksErrors, vanishes}) => {
    const history = {traffic, restartAt, lacksErrors, vanishes}
    const series = eventSeries(objective.indicator, options, history, expressions)
    if (series === null) return null
    return {
      name: `${objective.name}: ${name}`,
      interval: objective.indicator.kind === 'up' ? `${60 / SCRAPES_A_MINUTE}s` : '1m',
      input_series: series,
      promql_expr_test: checks.map(({expr, minute, value}) => ({
        expr,
        eval_time: `${minute}m`,
        exp_samples: value === null ? [] : [{value}],
      })),
    }
  })
  const made = tests.filter((test) => test !== null)
  return made.length === tests.length ? made : null
}

export function promtoolFile(ruleFile: string, tests: readonly PromtoolTest[]): PromtoolFile {
  return {rule_files: [ruleFile], evaluation_interval: '1m', tests}
}
