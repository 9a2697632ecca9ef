import type {Severity} from '../../runbook/lint/rules.js'
import {compareText} from '../../text/compare-text.js'
import type {FilePlace} from '../../promql/expression.js'
import type {DefinedRule} from '../defined-rule.js'
import {ALERT_CHECKS, type AlertCheckId} from './alert-checks.js'

/** Something wrong with a rule. */
export interface AlertFinding extends FilePlace {
  readonly rule: AlertCheckId
  readonly severity: Severity
  readonly file: string
  readonly message: string
  readonly suggestion: string | null
}

/** What a check says; without a place it is said of the rule's name. */
export interface Said {
  readonly place?: FilePlace
  readonly message: string
  readonly suggestion: string | null
}

/** Nothing where a comment above the rule allows it. */
export function findingsOf(defined: DefinedRule, rule: AlertCheckId, said: readonly Said[]): readonly AlertFinding[] {
  if (defined.allowed.includes(rule)) return []
  const {severity} = ALERT_CHECKS[rule]
  return said.map(({place: {line, column} = defined, message, suggestion}) => ({
    ...{rule, severity, file: defined.file, line, column, message, suggestion},
  }))
}

/** In the order of the files, and in each from its top. */
export function alertFindingsInOrder(findings: readonly AlertFinding[]): readonly AlertFinding[] {
  return [...findings].sort(
    (one, other) => compareText(one.file, other.file) || one.line - other.line || one.column - other.column,
  )
}
