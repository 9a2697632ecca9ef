import type {RuleCheck, RuleChecker} from '../../../src/ports/rule-checker.js'

/** Says that of whatever it is asked; null: there is no such tool here. */
export function fakeRuleChecker(check: RuleCheck | null = null): RuleChecker {
  return {check: () => Promise.resolve(check)}
}
