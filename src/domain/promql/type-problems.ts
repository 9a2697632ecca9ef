import type {FilePlace} from '../text/file-place.js'
import {
  type AggregationNode,
  type BinaryNode,
  type CallNode,
  type Expression,
  isSetOperator,
  nodesOf,
  typeOf,
} from './expression.js'
import {EXPERIMENTAL, FUNCTIONS, PARAMETERS, type PromqlType, type PromqlVersion} from './functions.js'

/** `name`: of the function or the operator; `of`: of the metric that it is given. */
export type TypeProblem =
  | {readonly what: 'wantsRange'; readonly name: string; readonly of: string | null}
  | {
      readonly what: 'wantsInstant' | 'wantsNoRange' | 'wantsNumber' | 'wantsVectors' | 'comparesNumbers'
      readonly name: string
    }
  | {readonly what: 'wantsType'; readonly name: string; readonly wanted: PromqlType; readonly given: PromqlType}
  | {
      readonly what: 'arguments'
      readonly name: string
      readonly least: number
      readonly most: number | null
      readonly given: number
    }
  | {
      readonly what: 'unknownFunction' | 'experimental' | 'boolOperator' | 'matchesNumbers' | 'groupsSets'
      readonly name: string
    }
  | {readonly what: 'labelTwice'; readonly name: string; readonly label: string}

type PlacedProblem = TypeProblem & {readonly place: FilePlace}

const COMPARISONS = new Set(['==', '!=', '>', '<', '>=', '<='])

function wrongOperand(name: string, operand: Expression, wanted: PromqlType): readonly PlacedProblem[] {
  const {place} = operand
  const given = typeOf(operand)
  if (given === wanted) return []
  if (wanted === 'range') {
    if (given === 'vector')
      return [{place, what: 'wantsRange', name, of: operand.kind === 'selector' ? operand.name : null}]
  } else if (given === 'range') return [{place, what: wanted === 'vector' ? 'wantsInstant' : 'wantsNoRange', name}]
  return [{place, what: 'wantsType', name, wanted, given}]
}

function countProblem(
  {name, operands, place}: CallNode | AggregationNode,
  least: number,
  most: number | null,
): readonly PlacedProblem[] {
  const given = operands.length
  if (given >= least && (most === null || given <= most)) return []
  return [{place, what: 'arguments', name, least, most, given}]
}

function callProblems(node: CallNode, version: PromqlVersion): readonly PlacedProblem[] {
  const {name, operands, place} = node
  const found = FUNCTIONS.get(name)
  if (!found?.versions.includes(version))
    return [{place, what: EXPERIMENTAL.has(name) ? 'experimental' : 'unknownFunction', name}]
  const wrongCount = countProblem(node, found.least, found.most)
  if (wrongCount.length > 0) return wrongCount
  return operands.flatMap((operand, index) => {
    const wanted = found.takes[index] ?? found.takes.at(-1)
    return wanted === undefined ? [] : wrongOperand(name, operand, wanted)
  })
}

function aggregationProblems(node: AggregationNode): readonly PlacedProblem[] {
  const {name, operands, place} = node
  if (EXPERIMENTAL.has(name)) return [{place, what: 'experimental', name}]
  const parameter = PARAMETERS.get(name)
  const takes: readonly PromqlType[] = parameter === undefined ? ['vector'] : [parameter, 'vector']
  const wrongCount = countProblem(node, takes.length, takes.length)
  if (wrongCount.length > 0) return wrongCount
  return operands.flatMap((operand, index) => wrongOperand(name, operand, takes[index] ?? 'vector'))
}

function matchingProblems(node: BinaryNode, types: readonly PromqlType[]): readonly PlacedProblem[] {
  const {operator: name, matching, place} = node
  if (matching === null) return []
  const twice = matching.on ? matching.labels.filter((label) => matching.include.includes(label)) : []
  const problems = twice.map((label) => ({place, what: 'labelTwice' as const, name, label}))
  if (!types.every((type) => type === 'vector'))
    return matching.labels.length === 0 ? problems : [...problems, {place, what: 'matchesNumbers', name}]
  return isSetOperator(node) && matching.group !== null ? [...problems, {place, what: 'groupsSets', name}] : problems
}

function comparesNumbers({operator, bool}: BinaryNode, types: readonly PromqlType[]): boolean {
  return COMPARISONS.has(operator) && !bool && types.every((type) => type === 'scalar')
}

function binaryProblems(node: BinaryNode): readonly PlacedProblem[] {
  const {operator: name, operands, bool, place} = node
  const types = operands.map(typeOf)
  const wrong = operands.flatMap((operand): readonly PlacedProblem[] => {
    const given = typeOf(operand)
    if (given === 'range') return [{place: operand.place, what: 'wantsNumber', name}]
    return given === 'string' ? [{place: operand.place, what: 'wantsType', name, wanted: 'vector', given}] : []
  })
  return [
    ...wrong,
    ...(bool && !COMPARISONS.has(name) ? [{place, what: 'boolOperator' as const, name}] : []),
    ...matchingProblems(node, types),
    ...(isSetOperator(node) && types.includes('scalar') ? [{place, what: 'wantsVectors' as const, name}] : []),
    ...(comparesNumbers(node, types) ? [{place, what: 'comparesNumbers' as const, name}] : []),
  ]
}

function signProblems(name: string, operand: Expression): readonly PlacedProblem[] {
  const given = typeOf(operand)
  if (given === 'vector' || given === 'scalar') return []
  return [{place: operand.place, what: 'wantsType', name, wanted: 'vector', given}]
}

function problemsAt(node: Expression, version: PromqlVersion): readonly PlacedProblem[] {
  switch (node.kind) {
    case 'binary':
      return binaryProblems(node)
    case 'call':
      return callProblems(node, version)
    case 'aggregation':
      return aggregationProblems(node)
    case 'sign':
      return signProblems(node.operator, node.operands[0])
    case 'range':
      return wrongOperand('[…]', node.operands[0], 'vector')
    case 'number':
    case 'selector':
    case 'string':
      return []
  }
}

/** What a version of Prometheus refuses for the functions, the numbers and types of their arguments, and how vectors are matched. */
export function typeProblems(expression: Expression, version: PromqlVersion): readonly PlacedProblem[] {
  return nodesOf(expression).flatMap(([node]) => problemsAt(node, version))
}
