import type {FilePlace} from '../text/file-place.js'
import type {Matcher} from './matcher.js'

interface Node {
  readonly place: FilePlace
}

export interface SelectorNode extends Node {
  readonly kind: 'selector'
  /** null when only matchers say what is selected. */
  readonly name: string | null
  readonly matchers: readonly Matcher[]
}

export interface CallNode extends Node {
  readonly kind: 'call'
  readonly name: string
  readonly operands: readonly Expression[]
}

export interface AggregationNode extends Node {
  readonly kind: 'aggregation'
  readonly name: string
  readonly operands: readonly Expression[]
}

export interface BinaryNode extends Node {
  readonly kind: 'binary'
  readonly operator: string
  readonly bool: boolean
  /** `on (…)` or `ignoring (…)`. */
  readonly matching: boolean
  /** Left and right. */
  readonly operands: readonly [Expression, Expression]
}

/** PromQL as a tree. Parentheses, signs, `offset` and `@` change no type and are left out of it. */
export type Expression =
  | (Node & {readonly kind: 'number'; readonly value: number; readonly operands: readonly []})
  | (Node & {readonly kind: 'string'; readonly operands: readonly []})
  | (SelectorNode & {readonly operands: readonly []})
  /** A range vector: `x[5m]`, or a subquery. */
  | (Node & {readonly kind: 'range'; readonly operands: readonly [Expression]})
  | CallNode
  | AggregationNode
  | BinaryNode

export type PromqlType = 'scalar' | 'string' | 'vector' | 'range'

const SCALAR_FUNCTIONS = new Set(['scalar', 'time', 'pi'])
const SET_OPERATORS = new Set(['and', 'or', 'unless'])

export function isSetOperator({operator}: BinaryNode): boolean {
  return SET_OPERATORS.has(operator)
}

export function typeOf(node: Expression): PromqlType {
  switch (node.kind) {
    case 'number':
      return 'scalar'
    case 'string':
    case 'range':
      return node.kind
    case 'call':
      return SCALAR_FUNCTIONS.has(node.name) ? 'scalar' : 'vector'
    case 'binary':
      return node.operands.every((operand) => typeOf(operand) === 'scalar') ? 'scalar' : 'vector'
    case 'selector':
    case 'aggregation':
      return 'vector'
  }
}

/** The node and all below it, each with those that it is in, the outermost first. */
export function nodesOf(
  node: Expression,
  within: readonly Expression[] = [],
): readonly (readonly [Expression, readonly Expression[]])[] {
  const inside = [...within, node]
  return [[node, within], ...node.operands.flatMap((operand) => nodesOf(operand, inside))]
}

export function selectorsOf(node: Expression): readonly SelectorNode[] {
  return nodesOf(node).flatMap(([one]) => (one.kind === 'selector' ? [one] : []))
}
