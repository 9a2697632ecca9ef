import {backtest} from '../../domain/alerts/backtest.js'
import type {DefinedRule} from '../../domain/alerts/defined-rule.js'
import type {AlertFinding} from '../../domain/alerts/lint/alert-finding.js'
import type {AlertLintReport, Backtested} from '../../domain/alerts/lint/alert-lint-report.js'
import {existingQuery, missingMetrics, scrapedNames} from '../../domain/alerts/lint/missing-metrics.js'
import {isAlwaysFiring} from '../../domain/alerts/severity.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Clock} from '../../ports/clock.js'
import type {Metrics} from '../../ports/metrics.js'
import {coverageGap, windowCoverage} from './window-coverage.js'

export interface LintAlertsLiveDeps {
  readonly metrics: Metrics
  readonly clock: Clock
}

type NotChecked = AlertLintReport['notChecked']

export interface LiveLint {
  readonly findings: readonly AlertFinding[]
  readonly backtests: readonly Backtested[]
  readonly notChecked: NotChecked
  readonly warnings: readonly string[]
}

export const BACKTEST_SECONDS = 7 * 86_400
/** 10,081 points a series: Prometheus gives 11,000. */
const STEP_SECONDS = 60
/** Each looks at a whole week. */
const AT_ONCE = 4

/** An interruption, or a bug, is thrown on. */
function failedCheck(check: NotChecked[number]['check'], error: unknown, what = ''): NotChecked {
  rethrowBugOrInterrupt(error)
  return [{check, reason: `${what}${error.message}`}]
}

async function lintMetrics(
  {metrics}: LintAlertsLiveDeps,
  rules: readonly DefinedRule[],
): Promise<Pick<LiveLint, 'findings' | 'notChecked'>> {
  const names = scrapedNames(rules)
  if (names.length === 0) return {findings: [], notChecked: []}
  try {
    const {samples, warnings} = await metrics.query(existingQuery(names))
    const [warning] = warnings
    if (warning !== undefined) return {findings: [], notChecked: [{check: 'metrics', reason: `unreliable: ${warning}`}]}
    const existing = new Set(samples.map(({labels}) => labels['__name__']))
    const missing = new Set(names.filter((name) => !existing.has(name)))
    return {findings: missingMetrics(rules, missing), notChecked: []}
  } catch (error) {
    return {findings: [], notChecked: failedCheck('metrics', error)}
  }
}

async function backtestOne(
  {metrics}: LintAlertsLiveDeps,
  rule: DefinedRule,
  end: number,
): Promise<Pick<LiveLint, 'backtests' | 'notChecked'>> {
  const {name, file, line, forSeconds, expression} = rule
  try {
    const range = {start: end - BACKTEST_SECONDS, end, stepSeconds: STEP_SECONDS}
    const {series, warnings} = await metrics.queryRange(expression.text, range)
    const count = backtest(series, {forSeconds: forSeconds ?? 0, stepSeconds: STEP_SECONDS})
    const notChecked = warnings.map(
      (warning) => ({check: 'backtest', reason: `${name}: unreliable: ${warning}`}) as const,
    )
    return {backtests: [{name, file, line, ...count}], notChecked}
  } catch (error) {
    return {backtests: [], notChecked: failedCheck('backtest', error, `${name}: `)}
  }
}

/** Each alert over the last week, a few at a time. */
async function backtestAll(
  deps: LintAlertsLiveDeps,
  rules: readonly DefinedRule[],
  now: Date,
): Promise<Pick<LiveLint, 'backtests' | 'notChecked'>> {
  const alerts = rules.filter(({kind, name, expression}) => kind === 'alert' && expression.ok && !isAlwaysFiring(name))
  const end = Math.floor(now.getTime() / 1000 / STEP_SECONDS) * STEP_SECONDS
  const backtests: Backtested[] = []
  const notChecked: NotChecked[number][] = []
  for (let at = 0; at < alerts.length; at += AT_ONCE) {
    const some = await Promise.all(alerts.slice(at, at + AT_ONCE).map((rule) => backtestOne(deps, rule, end)))
    backtests.push(...some.flatMap((one) => one.backtests))
    notChecked.push(...some.flatMap((one) => one.notChecked))
  }
  return {backtests, notChecked}
}

async function gaps({metrics}: LintAlertsLiveDeps, now: Date): Promise<readonly string[]> {
  try {
    const {coveredSeconds} = await windowCoverage(metrics, BACKTEST_SECONDS, now)
    return coverageGap(BACKTEST_SECONDS, coveredSeconds)
  } catch (error) {
    failedCheck('backtest', error)
    return []
  }
}

/** Holds the rules against Prometheus: whether their metrics are there, and how often each alert would have fired. */
export async function lintAlertsLive(deps: LintAlertsLiveDeps, rules: readonly DefinedRule[]): Promise<LiveLint> {
  const now = deps.clock.now()
  const [metrics, past, warnings] = await Promise.all([
    lintMetrics(deps, rules),
    backtestAll(deps, rules, now),
    gaps(deps, now),
  ])
  return {
    findings: metrics.findings,
    backtests: past.backtests,
    notChecked: [...metrics.notChecked, ...past.notChecked],
    warnings,
  }
}
