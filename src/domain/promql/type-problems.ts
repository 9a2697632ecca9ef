import type {FilePlace} from '../text/file-place.js'
import {type BinaryNode, type Expression, isSetOperator, nodesOf, typeOf} from './expression.js'

/** `name`: of the function or the operator; `of`: of the metric that it is given. */
export type TypeProblem =
  | {readonly what: 'wantsRange'; readonly name: string; readonly of: string | null}
  | {
      readonly what: 'wantsInstant' | 'wantsNoRange' | 'wantsNumber' | 'wantsVectors' | 'comparesNumbers'
      readonly name: string
    }
  | {readonly what: 'noVector'; readonly type: 'range' | 'string'}

type PlacedProblem = TypeProblem & {readonly place: FilePlace}

const RANGE_FUNCTIONS = new Set(
  'rate irate increase delta idelta deriv resets changes predict_linear holt_winters double_exponential_smoothing'.split(
    ' ',
  ),
)
const COMPARISONS = new Set(['==', '!=', '>', '<', '>=', '<='])
/** Their first operand is a parameter. */
const PARAMETRIC = new Set([
  'quantile_over_time',
  'topk',
  'bottomk',
  'limitk',
  'limit_ratio',
  'quantile',
  'count_values',
])

function wantsRange(name: string): boolean {
  return RANGE_FUNCTIONS.has(name) || name.endsWith('_over_time')
}

function wrongOperand(name: string, operand: Expression): readonly PlacedProblem[] {
  const {place} = operand
  const type = typeOf(operand)
  if (wantsRange(name)) {
    if (type === 'range') return []
    return [{place, what: 'wantsRange', name, of: operand.kind === 'selector' ? operand.name : null}]
  }
  return type === 'range' ? [{place, what: 'wantsInstant', name}] : []
}

function operandProblems(name: string, operands: readonly Expression[]): readonly PlacedProblem[] {
  const [first, ...others] = operands
  if (first === undefined) return []
  const subject = PARAMETRIC.has(name) ? (others[0] ?? first) : first
  const rest = operands.filter((operand) => operand !== subject && typeOf(operand) === 'range')
  return [...wrongOperand(name, subject), ...rest.map(({place}) => ({place, what: 'wantsNoRange' as const, name}))]
}

function binaryProblems(node: BinaryNode): readonly PlacedProblem[] {
  const {operator: name, operands, bool, place} = node
  const types = operands.map(typeOf)
  const ranges = operands.filter((operand) => typeOf(operand) === 'range')
  const problems = ranges.map((operand) => ({place: operand.place, what: 'wantsNumber' as const, name}))
  if (isSetOperator(node) && types.includes('scalar')) return [...problems, {place, what: 'wantsVectors', name}]
  if (COMPARISONS.has(name) && !bool && types.every((type) => type === 'scalar'))
    return [...problems, {place, what: 'comparesNumbers', name}]
  return problems
}

function problemsAt(node: Expression): readonly PlacedProblem[] {
  if (node.kind === 'binary') return binaryProblems(node)
  return node.kind === 'call' || node.kind === 'aggregation' ? operandProblems(node.name, node.operands) : []
}

/** What Prometheus would refuse for its types, as far as that is certain without knowing every function. */
export function typeProblems(expression: Expression): readonly PlacedProblem[] {
  const whole = typeOf(expression)
  const {place} = expression
  const asRule: readonly PlacedProblem[] =
    whole === 'range' || whole === 'string' ? [{place, what: 'noVector', type: whole}] : []
  return [...asRule, ...nodesOf(expression).flatMap(([node]) => problemsAt(node))]
}
