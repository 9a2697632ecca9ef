import type {FilePlace} from '../text/file-place.js'
import {type BinaryNode, type Expression, isSetOperator, nodesOf, typeOf} from './expression.js'

export interface TypeProblem {
  readonly place: FilePlace
  readonly message: string
  readonly suggestion: string | null
}

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

function wordFor(node: Expression): string {
  return node.kind === 'selector' && node.name !== null ? node.name : 'x'
}

function wrongOperand(name: string, operand: Expression): readonly TypeProblem[] {
  const {place} = operand
  const type = typeOf(operand)
  if (wantsRange(name)) {
    if (type === 'range') return []
    const suggestion = `${name}(${wordFor(operand)}[5m])`
    return [{place, message: `\`${name}\` needs a range vector, but this is not one`, suggestion}]
  }
  if (type !== 'range') return []
  return [{place, message: `\`${name}\` wants an instant vector, and this is a range`, suggestion: 'rate(…[5m])'}]
}

function operandProblems(name: string, operands: readonly Expression[]): readonly TypeProblem[] {
  const [first, ...others] = operands
  if (first === undefined) return []
  const subject = PARAMETRIC.has(name) ? (others[0] ?? first) : first
  const rest = operands.filter((operand) => operand !== subject && typeOf(operand) === 'range')
  return [
    ...wrongOperand(name, subject),
    ...rest.map(({place}) => ({place, message: `\`${name}\` wants no range vector here`, suggestion: null})),
  ]
}

function binaryProblems(node: BinaryNode): readonly TypeProblem[] {
  const {operator, operands, bool, place} = node
  const types = operands.map(typeOf)
  const ranges = operands.filter((operand) => typeOf(operand) === 'range')
  const problems = ranges.map((operand) => ({
    place: operand.place,
    message: `\`${operator}\` wants an instant vector or a number, and this is a range`,
    suggestion: 'rate(…[5m])',
  }))
  if (isSetOperator(node) && types.includes('scalar'))
    return [...problems, {place, message: `\`${operator}\` wants vectors on both sides`, suggestion: 'vector(…)'}]
  if (COMPARISONS.has(operator) && !bool && types.every((type) => type === 'scalar'))
    return [...problems, {place, message: 'two numbers are compared', suggestion: `${operator} bool`}]
  return problems
}

function problemsAt(node: Expression): readonly TypeProblem[] {
  if (node.kind === 'binary') return binaryProblems(node)
  return node.kind === 'call' || node.kind === 'aggregation' ? operandProblems(node.name, node.operands) : []
}

/** What Prometheus would refuse for its types, as far as that is certain without knowing every function. */
export function typeProblems(expression: Expression): readonly TypeProblem[] {
  const whole = typeOf(expression)
  const {place} = expression
  const asRule: readonly TypeProblem[] =
    whole === 'range' || whole === 'string'
      ? [{place, message: `a rule wants an instant vector, and this is a ${whole}`, suggestion: null}]
      : []
  return [...asRule, ...nodesOf(expression).flatMap(([node]) => problemsAt(node))]
}
