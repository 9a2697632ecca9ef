import type {AlertRule} from '../../alerts/alert-rule.js'
import {choices, closest, didYouMean} from '../../text/did-you-mean.js'
import {parseAlertSelector} from '../../promql/alert-selector.js'
import type {Problem} from '../problem.js'
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
export function unknownAlerts({alerts, places}: PlacedRunbook, rules: readonly AlertRule[]): readonly Problem[] {
  const known = [...new Set(rules.map(({name}) => name))]
  return alerts.flatMap((entry, index): readonly Problem[] => {
    const name = alertName(entry)
    if (known.includes(name)) return []
    const near = closest(name, known)
    return [
      {
        rule: 'alert',
        ...placeAt(places.alerts, index),
        message: `no rule file defines the alert \`${name}\``,
        suggestion: didYouMean(near, choices('they define', known)),
      },
    ]
  })
}

/** Entries of `alerts` that another runbook has in the same words: neither is the more specific one. */
export function contestedAlerts(
  {name, alerts, places}: PlacedRunbook,
  all: readonly RunbookSummary[],
): readonly Problem[] {
  return alerts.flatMap((entry, index): readonly Problem[] => {
    const others = all.filter((one) => one.name !== name && one.alerts.map(sameWords).includes(sameWords(entry)))
    if (others.length === 0) return []
    return [
      {
        rule: 'alert-contested',
        ...placeAt(places.alerts, index),
        message: `\`${entry}\` is also an alert of ${others.map((other) => `\`${other.name}\``).join(', ')}`,
        suggestion: 'one alert, one runbook: remove it from the others',
      },
    ]
  })
}

/** Inputs with the name of a word that one of the runbook's alerts has, as its rule or the selector says. */
export function unfilledByAlerts(runbook: PlacedRunbook, rules: readonly AlertRule[] | null): readonly Problem[] {
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
    return [
      findingIn(file, {
        rule: 'alert-uncovered',
        line,
        column,
        message: `no runbook is for the alert \`${name}\``,
        suggestion: `add \`alerts: [${name}]\` to ${runbook === null ? 'the runbook that is for it' : `${runbook}.md`}`,
      }),
    ]
  })
}
