import type {Finding} from '../../findings/finding.js'
import type {FilePlace} from '../../text/file-place.js'
import type {DefinedRule} from '../defined-rule.js'
import {ALERT_CHECKS, type AlertCheckId} from './alert-checks.js'

/** Something wrong with a rule. */
export type AlertFinding = Finding<AlertCheckId>

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
