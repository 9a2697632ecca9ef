import type {Finding} from '../../findings/finding.js'
import type {FilePlace} from '../../text/file-place.js'
import type {DefinedRule} from '../defined-rule.js'
import {ALERT_CHECKS} from './alert-checks.js'
import type {AlertFault} from './alert-fault.js'

/** Something wrong with a rule. */
export type AlertFinding = Finding<AlertFault>

/** Without a place it is one of the rule's name. */
export type RuleFault = AlertFault & {readonly place?: FilePlace}

/** Whoever allows a counter allows what is named like one. */
function isAllowed({allowed}: DefinedRule, {rule}: RuleFault): boolean {
  return allowed.includes(rule) || (rule === 'counter-name' && allowed.includes('counter'))
}

/** Nothing where a comment above the rule allows it. */
export function findingsOf(defined: DefinedRule, faults: readonly RuleFault[]): readonly AlertFinding[] {
  return faults
    .filter((fault) => !isAllowed(defined, fault))
    .map(({place: {line, column} = defined, ...fault}) => {
      const {severity} = ALERT_CHECKS[fault.rule]
      return {...fault, severity, file: defined.file, line, column}
    })
}
