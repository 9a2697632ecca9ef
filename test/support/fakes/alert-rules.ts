import type {AlertRule} from '../../../src/domain/alerts/alert-rule.js'
import type {DefinedRule} from '../../../src/domain/alerts/defined-rule.js'
import type {UnreadRules} from '../../../src/domain/alerts/lint/rule-file.js'
import type {AlertRules} from '../../../src/ports/alert-rules.js'

export function fakeAlertRules(
  rules: readonly AlertRule[],
  defined: readonly DefinedRule[] = [],
  unread: readonly UnreadRules[] = [],
): AlertRules {
  const files = [...new Set(defined.map(({file}) => file))].map((file) => ({
    ...{file, refusals: [], notes: []},
    rules: defined.filter((rule) => rule.file === file),
  }))
  return {alerts: () => Promise.resolve({alerts: rules, unread}), rules: () => Promise.resolve(files)}
}
