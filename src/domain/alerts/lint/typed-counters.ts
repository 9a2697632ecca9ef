import {ALERT_CHECKS} from './alert-checks.js'
import type {AlertFinding} from './alert-finding.js'

/** Whether Prometheus knows of a metric that its raw value only grows; null: it does not tell. */
export type Grows = ReadonlyMap<string, boolean | null>

/** The metrics that are taken for counters by their name alone. */
export function namedCounters(findings: readonly AlertFinding[]): readonly string[] {
  return [...new Set(findings.flatMap((one) => (one.rule === 'counter-name' ? [one.name] : [])))]
}

/** What may tell of a metric: its family is called as it is, or without its ending. */
export function familiesOf(metric: string): readonly string[] {
  return [metric, metric.replace(/_(?:total|bucket)$/, '')]
}

/** A counter by name is one in truth, or none, where that is known. */
export function typedCounters(findings: readonly AlertFinding[], grows: Grows): readonly AlertFinding[] {
  return findings.flatMap((one): readonly AlertFinding[] => {
    if (one.rule !== 'counter-name') return [one]
    const known = grows.get(one.name) ?? null
    if (known === null) return [{...one, isUntold: true}]
    const {name, file, line, column} = one
    return known ? [{rule: 'counter', severity: ALERT_CHECKS.counter.severity, name, file, line, column}] : []
  })
}
