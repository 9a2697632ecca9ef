import {PROMQL_VERSIONS, type PromqlVersion} from '../../promql/functions.js'
import type {Expressions} from '../../text/expressions.js'
import {ALERT_CHECKS} from './alert-checks.js'
import type {AlertFinding} from './alert-finding.js'
import {expressionRefusals} from './expression-refusals.js'
import type {Refusal} from './refusal.js'
import type {RuleFile} from './rule-file.js'

function asError({file, line, column, fault}: Refusal): AlertFinding {
  return {...fault, severity: ALERT_CHECKS[fault.rule].severity, file, line, column}
}

function asRemark({file, line, column, fault}: Refusal, version: PromqlVersion): AlertFinding {
  return {rule: 'version', version, fault, severity: ALERT_CHECKS.version.severity, file, line, column}
}

/**
 * Why Prometheus does not load a file. What only one line of its versions refuses is no error, as long as the other one takes the whole
 * file: then it is told which does.
 */
export function refusedIn(file: RuleFile, expressions: Expressions): readonly AlertFinding[] {
  const refusals = [...file.refusals, ...file.rules.flatMap((rule) => expressionRefusals(rule, expressions))]
  const taking = PROMQL_VERSIONS.filter((version) => !refusals.some(({versions}) => versions.includes(version)))
  const [newest] = PROMQL_VERSIONS
  return refusals.map((refusal) => {
    const {versions} = refusal
    const isSure = versions.length === PROMQL_VERSIONS.length || (taking.length === 0 && versions[0] === newest)
    return isSure ? asError(refusal) : asRemark(refusal, versions[0] ?? '3')
  })
}
