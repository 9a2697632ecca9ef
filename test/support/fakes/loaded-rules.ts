import type {LoadedRule} from '../../../src/domain/alerts/loaded-rule.js'
import type {Relabeling} from '../../../src/domain/alerts/relabel.js'
import type {LoadedRules} from '../../../src/ports/loaded-rules.js'

export function aLoadedRule(rule: Partial<LoadedRule> = {}): LoadedRule {
  return {
    ...{name: 'APIDown', group: 'api', expression: 'up == 0', forSeconds: 60, intervalSeconds: 15},
    labels: {severity: 'critical', priority: 'P0'},
    annotations: {summary: 'the API is down', runbook: 'api-down'},
    ...{state: 'inactive', error: null, evaluationAgeSeconds: 3, alerts: []},
    ...rule,
  }
}

export function fakeLoadedRules(
  rules: readonly LoadedRule[],
  relabeling: Relabeling = {externalLabels: {}, rules: []},
): LoadedRules {
  return {alerts: () => Promise.resolve(rules), relabeling: () => Promise.resolve(relabeling)}
}
