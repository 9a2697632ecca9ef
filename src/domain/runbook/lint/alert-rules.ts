import type {AlertRule} from '../../alerts/alert-rule.js'
import {closest} from '../../text/did-you-mean.js'
import {parseAlertSelector} from '../../promql/alert-selector.js'
import type {PlacedFault} from './runbook-fault.js'
import type {RunbookSummary} from '../runbook-list.js'
import {placeAt} from '../places.js'
import type {PlacedRunbook} from '../runbook.js'
import {type RunbookFinding, findingIn} from './runbook-finding.js'
import {unfilledInputs} from './pattern-rules.js'

/** `APIDown{service="api"}` is for some of the alerts called APIDown. */
function alertName(entry: string): string {
  return (entry.split('{')[0] ?? '').trim()
}

function sameWords(entry: string): string {
  return entry.replaceAll(/\s+/g, '')
}

/** Entries of `alerts` that no rule file defines. */
export function unknownAlerts({alerts, places}: PlacedRunbook, rules: readonly AlertRule[]): readonly PlacedFault[] {
  const known = [...new Set(rules.map(({name}) => name))]
  return alerts.flatMap((entry, index): readonly PlacedFault[] => {
    const name = alertName(entry)
    if (known.includes(name)) return []
    const place = placeAt(places.alerts, index)
    return [{rule: 'alert', what: 'undefined', ...place, name, near: closest(name, known), known}]
  })
}

/** Entries of `alerts` that another runbook has in the same words: neither is the more specific one. */
export function contestedAlerts(
  {name, alerts, places}: PlacedRunbook,
  all: readonly RunbookSummary[],
): readonly PlacedFault[] {
  return alerts.flatMap((entry, index): readonly PlacedFault[] => {
    const others = all.filter((one) => one.name !== name && one.alerts.map(sameWords).includes(sameWords(entry)))
    if (others.length === 0) return []
    const place = placeAt(places.alerts, index)
    return [{rule: 'alert-contested', ...place, entry, others: others.map((other) => other.name)}]
  })
}

/** Inputs with the name of a word that one of the runbook's alerts has, as its rule or the selector says. */
export function unfilledByAlerts(runbook: PlacedRunbook, rules: readonly AlertRule[] | null): readonly PlacedFault[] {
  return unfilledInputs(runbook, (entry) => {
    const read = parseAlertSelector(entry)
    const matched = read.ok ? read.selector.matchers.map(({label}) => label) : []
    const defined = (rules ?? []).filter(({name}) => name === alertName(entry)).flatMap(({words}) => words)
    return [...matched, ...defined]
  })
}

function needsRunbook({severity, runbook}: AlertRule): boolean {
  return runbook !== null || severity !== 'none'
}

/** Alerts that nobody has written a runbook for, at the place where the alert is defined. */
export function uncoveredAlerts(
  rules: readonly AlertRule[],
  all: readonly RunbookSummary[],
): readonly RunbookFinding[] {
  const covered = new Set(all.flatMap(({alerts}) => alerts.map(alertName)))
  const told = new Set<string>()
  return rules.flatMap((rule) => {
    if (!needsRunbook(rule) || covered.has(rule.name) || told.has(rule.name)) return []
    told.add(rule.name)
    const {file, line, column, name, runbook} = rule
    return [findingIn(file, {rule: 'alert-uncovered', line, column, name, runbook})]
  })
}
