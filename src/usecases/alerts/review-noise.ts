import {describeAlert, runbookUrl} from '../../domain/alerts/describe-alert.js'
import type {LoadedRule} from '../../domain/alerts/loaded-rule.js'
import {type IntegrationCount, type NoiseCounts, type NoiseReport, rankNoise} from '../../domain/alerts/noise.js'
import {noiseQueries, notificationQueries, type RuleSet, ruleSets} from '../../domain/alerts/noise-queries.js'
import {isAlwaysFiring} from '../../domain/alerts/severity.js'
import type {Result} from '../../domain/result.js'
import type {Sample} from '../../domain/promql/sample.js'
import {compareText} from '../../domain/text/compare-text.js'
import type {Clock} from '../../ports/clock.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import type {Metrics} from '../../ports/metrics.js'
import {coverageGap, windowCoverage} from './window-coverage.js'

export interface ReviewNoiseDeps {
  readonly metrics: Metrics
  readonly rules: LoadedRules
  readonly clock: Clock
}

export interface ReviewNoiseInput {
  readonly windowSeconds: number
}

interface Asked<T> {
  readonly value: T
  readonly warnings: readonly string[]
}

async function ask(metrics: Metrics, expression: string): Promise<Asked<readonly Sample[]>> {
  const {samples, warnings} = await metrics.query(expression)
  return {value: samples, warnings}
}

function countFor(samples: readonly Sample[], label: string, name: string): number {
  const value = samples.find(({labels}) => labels[label] === name)?.value ?? 0
  return Number.isFinite(value) ? Math.round(value) : 0
}

async function countSet(metrics: Metrics, set: RuleSet, windowSeconds: number): Promise<Asked<readonly NoiseCounts[]>> {
  const {firings, flaps, firing, intervalSeconds} = noiseQueries(set, windowSeconds)
  const answers = await Promise.all([firings, flaps, firing].map((expression) => ask(metrics, expression)))
  const [begun, restless, lasting] = answers.map(({value}) => value)
  const value = set.names.map((name) => ({
    name,
    firings: countFor(begun ?? [], 'alertname', name),
    flaps: countFor(restless ?? [], 'alertname', name),
    firingSeconds: countFor(lasting ?? [], 'alertname', name) * intervalSeconds,
  }))
  return {value, warnings: answers.flatMap(({warnings}) => warnings)}
}

async function countNotifications(
  metrics: Metrics,
  windowSeconds: number,
): Promise<Asked<readonly IntegrationCount[] | null>> {
  const queries = notificationQueries(windowSeconds)
  const [sent, failed] = await Promise.all([ask(metrics, queries.sent), ask(metrics, queries.failed)])
  const warnings = [...sent.warnings, ...failed.warnings]
  if (sent.value.length === 0) return {value: null, warnings}
  const names = sent.value.map(({labels}) => labels['integration'] ?? '').sort(compareText)
  const counts = names.map((integration) => ({
    integration,
    sent: countFor(sent.value, 'integration', integration),
    failed: countFor(failed.value, 'integration', integration),
  }))
  return {value: counts.filter((one) => one.sent > 0 || one.failed > 0), warnings}
}

function known(rules: readonly LoadedRule[]) {
  return rules.map(({name, labels, annotations}) => ({
    name,
    ...describeAlert(labels, annotations),
    runbookUrl: runbookUrl(annotations),
  }))
}

/**
 * Which alerts made noise: how often, how long and how restlessly each fired, what was sent, and which to tune. Warnings of Prometheus
 * make it unreliable.
 */
export async function reviewNoise(
  {metrics, rules, clock}: ReviewNoiseDeps,
  {windowSeconds}: ReviewNoiseInput,
): Promise<Result<NoiseReport>> {
  const loaded = await rules.alerts()
  const now = clock.now()
  const [sets, notifications, covered] = await Promise.all([
    Promise.all(ruleSets(loaded).map((set) => countSet(metrics, set, windowSeconds))),
    countNotifications(metrics, windowSeconds),
    windowCoverage(metrics, windowSeconds, now),
  ])
  const {coveredSeconds} = covered
  const alerts = rankNoise(
    sets.flatMap(({value}) => value),
    known(loaded),
    // Without any `up` nothing is known of the coverage: shares are then of the whole window.
    coveredSeconds === 0 ? windowSeconds : coveredSeconds,
  )
  const loud = new Set(alerts.map(({name}) => name))
  const quiet = [...new Set(loaded.map(({name}) => name))].filter((name) => !loud.has(name) && !isAlwaysFiring(name))
  const data: NoiseReport = {
    ...{at: now.toISOString(), windowSeconds, coveredSeconds, alerts, quiet},
    notifications: notifications.value,
  }
  const unreliable = [...sets, notifications, covered].flatMap(({warnings}) => warnings)
  const warnings = [...new Set([...unreliable, ...coverageGap(windowSeconds, coveredSeconds)])]
  return {verdict: unreliable.length > 0 || coveredSeconds === 0 ? 'unknown' : 'ok', data, warnings}
}
