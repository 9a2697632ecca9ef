import type {FilePlace} from '../text/file-place.js'
import {FUNCTIONS, type PromqlType} from './functions.js'
import type {Matcher} from './matcher.js'

interface Node {
  readonly place: FilePlace
}

export interface SelectorNode extends Node {
  readonly kind: 'selector'
  /** null when only matchers say what is selected. */
  readonly name: string | null
  readonly matchers: readonly Matcher[]
  /** Whether it is of another time: `offset` or `@`. */
  readonly shifted: boolean
}

export interface CallNode extends Node {
  readonly kind: 'call'
  readonly name: string
  readonly operands: readonly Expression[]
}

/** Its parameter, if it has one, is the first of its operands. */
export interface AggregationNode extends Node {
  readonly kind: 'aggregation'
  readonly name: string
  readonly operands: readonly Expression[]
}

/** `on (labels)` or `ignoring (labels)`, and what `group_left (include)` brings along. */
export interface VectorMatching {
  readonly on: boolean
  readonly labels: readonly string[]
  readonly group: 'group_left' | 'group_right' | null
  readonly include: readonly string[]
}

export interface BinaryNode extends Node {
  readonly kind: 'binary'
  readonly operator: string
  readonly bool: boolean
  readonly matching: VectorMatching | null
  /** Left and right. */
  readonly operands: readonly [Expression, Expression]
}

/** `x[5m]`, or a subquery of whatever it is. */
export interface RangeNode extends Node {
  readonly kind: 'range'
  readonly operands: readonly [Expression]
  /** What stands for the colon of a subquery, as Prometheus takes any letter there: `[5 m]` is `[5:]`. */
  readonly letter: {readonly written: string; readonly place: FilePlace} | null
}

/** PromQL as a tree. Parentheses change nothing and are left out of it; `offset` and `@` are told of selectors alone. */
export type Expression =
  | (Node & {readonly kind: 'number'; readonly value: number; readonly operands: readonly []})
  | (Node & {readonly kind: 'string'; readonly operands: readonly []})
  | (SelectorNode & {readonly operands: readonly []})
  | RangeNode
  /** `+` or `-` before what is no number. */
  | (Node & {readonly kind: 'sign'; readonly operator: string; readonly operands: readonly [Expression]})
  | CallNode
  | AggregationNode
  | BinaryNode

const SET_OPERATORS = new Set(['and', 'or', 'unless'])

export function isSetOperator({operator}: BinaryNode): boolean {
  return SET_OPERATORS.has(operator)
}

function numbersOnly({operands}: Expression): boolean {
  return operands.every((operand) => typeOf(operand) === 'scalar')
}

export function typeOf(node: Expression): PromqlType {
  if (node.kind === 'number') return 'scalar'
  if (node.kind === 'string' || node.kind === 'range') return node.kind
  if (node.kind === 'call') return FUNCTIONS.get(node.name)?.gives ?? 'vector'
  return (node.kind === 'sign' || node.kind === 'binary') && numbersOnly(node) ? 'scalar' : 'vector'
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
