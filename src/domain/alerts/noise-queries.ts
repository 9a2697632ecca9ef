import {promDuration, quoted} from '../promql/promql.js'
import type {LoadedRule} from './loaded-rule.js'
import {isAlwaysFiring} from './severity.js'

/** A firing that ends sooner than this was over before anybody could look. */
export const SHORT_SECONDS = 300
/** A firing that comes sooner than this after the one before is the same trouble again. */
export const SOON_SECONDS = 1800

/** The alerts that are evaluated equally often; a subquery's step must be just that. */
export interface RuleSet {
  readonly intervalSeconds: number
  readonly names: readonly string[]
}

export interface NoiseQueries {
  readonly intervalSeconds: number
  /** Each gives one sample for each alert, by `alertname`. */
  readonly firings: string
  readonly flaps: string
  /** In evaluations. */
  readonly firing: string
}

/** Without those that always fire on purpose. */
export function ruleSets(rules: readonly LoadedRule[]): readonly RuleSet[] {
  const intervals = new Map<string, number>()
  for (const {name, intervalSeconds} of rules) {
    if (isAlwaysFiring(name)) continue
    intervals.set(name, Math.min(intervalSeconds, intervals.get(name) ?? Infinity))
  }
  return [...new Set(intervals.values())].map((intervalSeconds) => ({
    intervalSeconds,
    names: [...intervals].filter(([, interval]) => interval === intervalSeconds).map(([name]) => name),
  }))
}

function escaped(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

/**
 * How often, how long and how restlessly alerts fired in the last `windowSeconds`. A firing begins where there was none one evaluation
 * before, with the same labels. It is a flap when it is over `SHORT_SECONDS` later, or when another was there within `SOON_SECONDS`
 * before it; the youngest cannot be judged yet and count as none.
 */
export function noiseQueries({intervalSeconds, names}: RuleSet, windowSeconds: number): NoiseQueries {
  const firing = `ALERTS{alertstate="firing",alertname=~${quoted(names.map(escaped).join('|'))}}`
  const at = (offset: number): string => (offset === 0 ? firing : `${firing} offset ${promDuration(offset)}`)
  const begins = (offset: number): string => `(${at(offset)} unless ${at(offset + intervalSeconds)})`
  const step = promDuration(intervalSeconds)
  const count = (function_: string, expression: string, seconds: number): string =>
    `sum by (alertname) (${function_}((${expression})[${promDuration(Math.max(seconds, intervalSeconds))}:${step}]))`
  const before = `last_over_time(${firing}[${promDuration(SOON_SECONDS)}] offset ${promDuration(SHORT_SECONDS + intervalSeconds)})`
  const began = begins(SHORT_SECONDS)
  const flap = `(${began} unless ${firing}) or (${began} and ${before})`
  return {
    intervalSeconds,
    firings: count('sum_over_time', begins(0), windowSeconds),
    flaps: count('sum_over_time', flap, windowSeconds - SHORT_SECONDS),
    firing: count('count_over_time', firing, windowSeconds),
  }
}

/** What Alertmanager itself counts, where Prometheus scrapes it. */
export function notificationQueries(windowSeconds: number): {readonly sent: string; readonly failed: string} {
  const total = (metric: string): string => `sum by (integration) (increase(${metric}[${promDuration(windowSeconds)}]))`
  return {
    sent: total('alertmanager_notifications_total'),
    failed: total('alertmanager_notifications_failed_total'),
  }
}

/**
 * The oldest moment of the window of which Prometheus knows something, in seconds since the epoch. Steps stand at multiples of
 * themselves: the last of the coarse ones may be as long ago as they are wide, so what is younger is looked at in fine ones.
 */
export function oldestQuery(windowSeconds: number): string {
  const coarse = promDuration(Math.max(15, Math.ceil(windowSeconds / 500)))
  const oldest = (window: string, step: string): string => `min_over_time(timestamp(up)[${window}:${step}])`
  return `min(${oldest(promDuration(windowSeconds), coarse)} or ${oldest(coarse, '5s')})`
}
