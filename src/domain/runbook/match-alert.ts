import type {AlertFacts} from '../alerts/alert-facts.js'
import type {Expressions} from '../text/expressions.js'
import {parseAlertSelector, selects} from '../promql/alert-selector.js'

/** What a runbook says of the alerts that it is for. */
export interface AlertTarget {
  readonly name: string
  /** Selectors as written. */
  readonly alerts: readonly string[]
}

export type AlertMatch =
  | {readonly kind: 'one'; readonly runbook: string}
  /** Equally specific: somebody has to say which. */
  | {readonly kind: 'tie'; readonly runbooks: readonly string[]}
  | {readonly kind: 'none'}

/** The number of matchers of the most specific selector that selects the alert; -1 when none does. */
function specificity({alerts}: AlertTarget, alert: AlertFacts, expressions: Expressions): number {
  const found = alerts.map((text) => {
    const read = parseAlertSelector(text)
    return read.ok && selects(read.selector, alert, expressions) ? read.selector.matchers.length : -1
  })
  return Math.max(-1, ...found)
}

/** Whether the runbook that the alert's annotation names is not for it: whoever raises an alert chooses its words, not what runs. */
export function isMisled(alert: AlertFacts, runbooks: readonly AlertTarget[], expressions: Expressions): boolean {
  const named = runbooks.find(({name}) => name === alert.annotations['runbook'])
  return named !== undefined && specificity(named, alert, expressions) < 0
}

/** One alert, one runbook: its `runbook` annotation when it names one that is for the alert, else the most specific selector. */
export function matchAlert(alert: AlertFacts, runbooks: readonly AlertTarget[], expressions: Expressions): AlertMatch {
  const named = runbooks.find(({name}) => name === alert.annotations['runbook'])
  if (named !== undefined && specificity(named, alert, expressions) >= 0) return {kind: 'one', runbook: named.name}
  const ranked = runbooks.map((target) => ({name: target.name, rank: specificity(target, alert, expressions)}))
  const best = Math.max(-1, ...ranked.map(({rank}) => rank))
  const [first, ...others] = ranked.filter(({rank}) => rank === best && rank >= 0).map(({name}) => name)
  if (first === undefined) return {kind: 'none'}
  return others.length === 0 ? {kind: 'one', runbook: first} : {kind: 'tie', runbooks: [first, ...others]}
}
