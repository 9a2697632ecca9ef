import type {AlertRule} from '../../../src/domain/alerts/alert-rule.js'
import type {DefinedRule} from '../../../src/domain/alerts/defined-rule.js'
import type {AlertRules} from '../../../src/ports/alert-rules.js'

export function fakeAlertRules(rules: readonly AlertRule[], defined: readonly DefinedRule[] = []): AlertRules {
  return {alerts: () => Promise.resolve(rules), rules: () => Promise.resolve(defined)}
}
