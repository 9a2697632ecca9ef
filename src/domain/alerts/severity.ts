import {compareText} from '../text/compare-text.js'
import type {Alert} from './alert.js'

const ORDER: Readonly<Record<string, number>> = {critical: 0, warning: 1, info: 2}
const UNKNOWN_SEVERITY = 3
const NEVER_WRONG = new Set(['Watchdog', 'InfoInhibitor'])

function rank(alert: Alert): number {
  return alert.severity === null ? UNKNOWN_SEVERITY : (ORDER[alert.severity] ?? UNKNOWN_SEVERITY)
}

/** Somebody is to be woken for it. */
export function isCritical({severity, priority}: Pick<Alert, 'severity' | 'priority'>): boolean {
  return severity === 'critical' || priority === 'P0'
}

/** Most severe first, then the oldest. */
export function bySeverity(first: Alert, second: Alert): number {
  return rank(first) - rank(second) || compareText(first.since, second.since) || compareText(first.name, second.name)
}

/** Alerts that always fire, on purpose: they prove the pipeline works and say nothing is wrong. */
export function isAlwaysFiring(name: string): boolean {
  return NEVER_WRONG.has(name)
}

/** As `isAlwaysFiring`. */
export function isWatchdog(alert: Alert): boolean {
  return isAlwaysFiring(alert.name)
}
