import {type SelectorNode, selectorsOf} from '../../promql/expression.js'
import {PROMQL_VERSIONS, type PromqlVersion} from '../../promql/functions.js'
import {isSelective} from '../../promql/matcher.js'
import {typeProblems} from '../../promql/type-problems.js'
import type {FilePlace} from '../../text/file-place.js'
import type {Expressions} from '../../text/expressions.js'
import type {DefinedRule} from '../defined-rule.js'
import type {LoadFault} from './alert-fault.js'
import type {Refusal} from './refusal.js'

interface Refused {
  readonly fault: LoadFault
  readonly place: FilePlace
  readonly versions: readonly PromqlVersion[]
}

/** Named groups as Go reads them since Prometheus 3. */
const LATER_GROUP = /(?<!\\)\(\?</
/** Version 2 puts a parenthesis behind it, which is quoted then too. */
const OPEN_QUOTING = /(?:^|[^\\])(?:\\\\)*\\Q(?![^]*\\E)/

function patternProblems({matchers, place}: SelectorNode, expressions: Expressions): readonly Refused[] {
  return matchers.flatMap(({operator, value: pattern}) => {
    if (!operator.endsWith('~')) return []
    const fault = {rule: 'promql', what: 'pattern', pattern} as const
    if (!expressions.reads(pattern)) return [{fault, place, versions: PROMQL_VERSIONS}]
    return LATER_GROUP.test(pattern) || OPEN_QUOTING.test(pattern) ? [{fault, place, versions: ['2'] as const}] : []
  })
}

function selectorProblems(node: SelectorNode, expressions: Expressions): readonly Refused[] {
  const wrong = patternProblems(node, expressions)
  if (wrong.length > 0 || node.name !== null || isSelective(node.matchers, expressions)) return wrong
  return [{fault: {rule: 'promql', what: 'everything'}, place: node.place, versions: PROMQL_VERSIONS}]
}

/** The same thing that several versions say is said once. */
function merged(all: readonly Refused[]): readonly Refused[] {
  const found = new Map<string, Refused>()
  for (const one of all) {
    const key = JSON.stringify([one.fault, one.place])
    const before = found.get(key)
    found.set(key, before === undefined ? one : {...before, versions: [...before.versions, ...one.versions]})
  }
  return [...found.values()]
}

function refused({expression}: DefinedRule, expressions: Expressions): readonly Refused[] {
  if (!expression.ok) {
    const {line, column, ...problem} = expression.problem
    // What is not there is told of the rule.
    if (expression.text === '') return []
    return [{fault: {rule: 'promql', ...problem}, place: {line, column}, versions: PROMQL_VERSIONS}]
  }
  const unread = expression.refused.map(({version, problem: {line, column, ...problem}}): Refused => {
    return {fault: {rule: 'promql', ...problem}, place: {line, column}, versions: [version]}
  })
  const reading = PROMQL_VERSIONS.filter((version) => !expression.refused.some((one) => one.version === version))
  const mistyped = reading.flatMap((version) =>
    typeProblems(expression.tree, version).map(({place, ...problem}): Refused => ({
      fault: {rule: 'type', ...problem},
      place,
      versions: [version],
    })),
  )
  return [
    ...unread,
    ...mistyped,
    ...selectorsOf(expression.tree).flatMap((node) => selectorProblems(node, expressions)),
  ]
}

/** Why versions of Prometheus do not take the expression of a rule. */
export function expressionRefusals(rule: DefinedRule, expressions: Expressions): readonly Refusal[] {
  return merged(refused(rule, expressions)).flatMap(({fault, place: {line, column}, versions}) =>
    rule.allowed.includes(fault.rule) ? [] : [{file: rule.file, line, column, fault, versions}],
  )
}
