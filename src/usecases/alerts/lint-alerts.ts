import type {AlertFinding} from '../../domain/alerts/lint/alert-finding.js'
import {inOrder} from '../../domain/findings/finding.js'
import {type AlertLintReport, alertLintVerdict} from '../../domain/alerts/lint/alert-lint-report.js'
import {lintRules} from '../../domain/alerts/lint/lint-rules.js'
import type {RuleFile} from '../../domain/alerts/lint/rule-file.js'
import {withSecondOpinion} from '../../domain/alerts/lint/second-opinion.js'
import {namedCounters, typedCounters} from '../../domain/alerts/lint/typed-counters.js'
import type {Refusal} from '../../domain/alerts/lint/refusal.js'
import type {Result} from '../../domain/result.js'
import type {AlertRules} from '../../ports/alert-rules.js'
import type {Library} from '../../ports/library.js'
import type {Patterns} from '../../ports/patterns.js'
import type {RuleCheck, RuleChecker} from '../../ports/rule-checker.js'
import {growthOfAll} from './metric-growth.js'
import {BACKTEST_SECONDS, lintAlertsLive, type LintAlertsLiveDeps} from './lint-alerts-live.js'

export interface LintAlertsDeps {
  readonly alertRules: AlertRules
  readonly library: Library
  readonly checker: RuleChecker
  readonly patterns: () => Promise<Patterns>
  /** null without `--live`. */
  readonly live: LintAlertsLiveDeps | null
}

export interface LintAlertsInput {
  /** Files below it are told relative to it. */
  readonly directory: string
}

function relativeTo<T extends {readonly file: string}>(directory: string, one: T): T {
  return one.file.startsWith(`${directory}/`) ? {...one, file: one.file.slice(directory.length + 1)} : one
}

/** Wherever it names a file. */
function findingFrom(directory: string, one: AlertFinding): AlertFinding {
  const found = relativeTo(directory, one)
  return found.rule === 'duplicate' ? {...found, first: relativeTo(directory, found.first)} : found
}

/** Those that are there to be loaded: no folder, no manifest, nothing that faci could not open itself. */
function toBeLoaded(files: readonly RuleFile[]): readonly string[] {
  return files
    .filter(({notes, refusals}) => notes.every((note) => note === 'documents') && !refusals.some(isUnread))
    .map(({file}) => file)
}

function isUnread({fault: {rule}}: Refusal): boolean {
  return rule === 'unread'
}

/** What the tool says; none is no gap, one that does not answer is. */
function asked(check: RuleCheck | null): {readonly promtool: string | null; readonly warnings: readonly string[]} {
  if (check === null) return {promtool: null, warnings: []}
  if ('why' in check) return {promtool: null, warnings: [`promtool was not asked: ${check.why}`]}
  return {promtool: check.version, warnings: []}
}

const NOTHING = {findings: [], backtests: [], notChecked: [], warnings: []}

/**
 * Everything that is wrong with the rules, at once: PromQL, what alerts must say, and with `--live` what Prometheus knows of them. Errors:
 * `configInvalid` for rule files that cannot be read.
 */
export async function lintAlerts(
  {alertRules, library, live, patterns, checker}: LintAlertsDeps,
  {directory}: LintAlertsInput,
): Promise<Result<AlertLintReport>> {
  const [files, runbooks, expressions] = await Promise.all([alertRules.rules(), library.list(), patterns()])
  const rules = files.flatMap((file) => file.rules)
  const loadable = toBeLoaded(files)
  const [{findings, backtests, notChecked, warnings}, check] = await Promise.all([
    live === null ? NOTHING : lintAlertsLive(live, rules),
    loadable.length === 0 ? null : checker.check(loadable),
  ])
  const names = runbooks.map(({name}) => name)
  const form = lintRules(files, {runbooks: names, expressions})
  const found = check === null || 'why' in check ? form : withSecondOpinion(form, {...check, asked: loadable})
  const own = live === null ? found : typedCounters(found, await growthOfAll(live.metrics, namedCounters(found)))
  const all: readonly AlertFinding[] = [...own, ...findings]
  const {promtool, warnings: unasked} = asked(check)
  const told = [...warnings, ...unasked]
  const report: AlertLintReport = {
    alerts: rules.filter(({kind}) => kind === 'alert').length,
    records: rules.filter(({kind}) => kind === 'record').length,
    live: live !== null,
    promtool,
    findings: inOrder(all.map((one) => findingFrom(directory, one))),
    backtests: backtests.map((one) => relativeTo(directory, one)),
    backtestSeconds: BACKTEST_SECONDS,
    notChecked,
  }
  return {verdict: alertLintVerdict(report), data: report, ...(told.length === 0 ? {} : {warnings: told})}
}
