import type {AlertDoubt} from '../../../domain/alerts/doubt.js'
import {worded, type WordsFor} from '../worded.js'

function first([name = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? name : `${name} and ${String(rest.length)} more`
}

export const DOUBT: WordsFor<AlertDoubt> = {
  unreachable: ({message}) => message,
  noRules: 'Prometheus has no alert rules loaded: nothing can fire',
  rulesFail: ({rules, error}) => `Prometheus cannot evaluate ${first(rules)}: ${error}`,
  rulesNotEvaluatedYet: ({rules}) => `Prometheus has not evaluated ${first(rules)} yet`,
  rulesStale: ({rules, sinceSeconds}) =>
    `Prometheus has not evaluated ${first(rules)} for ${String(Math.round(sinceSeconds))} s`,
  untraced: ({alerts}) =>
    `Alertmanager does not have ${alerts.join(', ')}, and how Prometheus relabels alerts cannot be told`,
}

export function doubtText(doubt: AlertDoubt): string {
  return worded(DOUBT, doubt)
}
