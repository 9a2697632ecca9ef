import type {AlertFinding} from '../../domain/alerts/lint/alert-finding.js'
import {inOrder} from '../../domain/findings/finding.js'
import {type AlertLintReport, alertLintVerdict} from '../../domain/alerts/lint/alert-lint-report.js'
import {lintRules} from '../../domain/alerts/lint/lint-rules.js'
import {namedCounters, typedCounters} from '../../domain/alerts/lint/typed-counters.js'
import type {Result} from '../../domain/result.js'
import type {AlertRules} from '../../ports/alert-rules.js'
import type {Library} from '../../ports/library.js'
import type {Patterns} from '../../ports/patterns.js'
import {growthOfAll} from './metric-growth.js'
import {BACKTEST_SECONDS, lintAlertsLive, type LintAlertsLiveDeps} from './lint-alerts-live.js'

export interface LintAlertsDeps {
  readonly alertRules: AlertRules
  readonly library: Library
  readonly patterns: () => Promise<Patterns>
  /** null without `--live`. */
  readonly live: LintAlertsLiveDeps | null
}

export interface LintAlertsInput {
  /** Files below it are told relative to it. */
  readonly directory: string
}

const NOTHING = {findings: [], backtests: [], notChecked: [], warnings: []}

/**
 * Everything that is wrong with the rules, at once: PromQL, what alerts must say, and with `--live` what Prometheus knows of them. Errors:
 * `configInvalid` for rule files that cannot be read.
 */
export async function lintAlerts(
  {alertRules, library, live, patterns}: LintAlertsDeps,
  {directory}: LintAlertsInput,
): Promise<Result<AlertLintReport>> {
  const [files, runbooks, expressions] = await Promise.all([alertRules.rules(), library.list(), patterns()])
  const rules = files.flatMap((file) => file.rules)
  const {findings, backtests, notChecked, warnings} = live === null ? NOTHING : await lintAlertsLive(live, rules)
  const relative = <T extends {readonly file: string}>(one: T): T =>
    one.file.startsWith(`${directory}/`) ? {...one, file: one.file.slice(directory.length + 1)} : one
  const names = runbooks.map(({name}) => name)
  const found = lintRules(files, {runbooks: names, expressions})
  const own = live === null ? found : typedCounters(found, await growthOfAll(live.metrics, namedCounters(found)))
  const all: readonly AlertFinding[] = [...own, ...findings]
  const report: AlertLintReport = {
    alerts: rules.filter(({kind}) => kind === 'alert').length,
    records: rules.filter(({kind}) => kind === 'record').length,
    live: live !== null,
    findings: inOrder(all.map(relative)),
    backtests: backtests.map(relative),
    backtestSeconds: BACKTEST_SECONDS,
    notChecked,
  }
  return {verdict: alertLintVerdict(report), data: report, ...(warnings.length === 0 ? {} : {warnings})}
}
