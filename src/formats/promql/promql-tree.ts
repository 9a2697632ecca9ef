import {parser} from '@prometheus-io/lezer-promql'
import {type Matcher, OPERATORS, unescaped} from '../../domain/promql/matcher.js'
import type {ReadExpression} from '../../domain/alerts/defined-rule.js'
import type {Expression} from '../../domain/promql/expression.js'
import type {FilePlace} from '../../domain/text/file-place.js'

type SyntaxNode = ReturnType<typeof parser.parse>['topNode']

const SHOWN = 30
const BINARY_OPERATORS = new Set(
  'Pow Mul Div Mod Add Sub Eql Neq Gte Gtr Lte Lss And Or Unless Atan2 TrimUpper TrimLower'.split(' '),
)
const EXPRESSIONS = new Set(
  (
    'AggregateExpr BinaryExpr FunctionCall MatrixSelector NumberDurationLiteral OffsetExpr AnchoredExpr SmoothedExpr ' +
    'ParenExpr StringLiteral SubqueryExpr UnaryExpr VectorSelector StepInvariantExpr'
  ).split(' '),
)

/** Turns the syntax tree into ours; `at` tells where an offset of the text is in the file. */
interface Reader {
  readonly text: string
  readonly at: (offset: number) => FilePlace
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child)
  return children
}

function textOf({text}: Reader, node: SyntaxNode | null | undefined): string {
  return node == null ? '' : text.slice(node.from, node.to)
}

function stringOf(reader: Reader, node: SyntaxNode | null): string {
  const written = textOf(reader, node)
  return written.startsWith('`') ? written.slice(1, -1) : unescaped(written.slice(1, -1))
}

function operandsOf(reader: Reader, node: SyntaxNode): readonly Expression[] {
  return childrenOf(node).flatMap((child) => (EXPRESSIONS.has(child.name) ? [read(reader, child)] : []))
}

function matchersOf(reader: Reader, node: SyntaxNode): readonly Matcher[] {
  const list = node.getChild('LabelMatchers')
  if (list === null) return []
  return childrenOf(list).flatMap((child) => {
    const operator = OPERATORS.find((one) => one === textOf(reader, child.getChild('MatchOp')))
    const label = child.getChild('LabelName') ?? child.getChild('QuotedLabelName')
    if (operator === undefined || label === null) return []
    const value = stringOf(reader, child.getChildren('StringLiteral').at(-1) ?? null)
    return [{label: textOf(reader, label).replaceAll('"', ''), operator, value}]
  })
}

function selector(reader: Reader, node: SyntaxNode, place: FilePlace): Expression {
  const written = textOf(reader, node.getChild('Identifier'))
  const quoted = node.getChild('LabelMatchers')?.getChild('QuotedLabelName') ?? null
  const all = matchersOf(reader, node)
  const named = all.find(({label, operator}) => label === '__name__' && operator === '=')
  const name = written !== '' ? written : quoted === null ? (named?.value ?? null) : textOf(reader, quoted).slice(1, -1)
  const matchers = all.filter(({label}) => label !== '__name__')
  return {kind: 'selector', name, matchers, place, operands: []}
}

function binary(reader: Reader, node: SyntaxNode, place: FilePlace): Expression {
  const [left, right] = operandsOf(reader, node)
  if (left === undefined || right === undefined) return {kind: 'string', place, operands: []}
  const sign = childrenOf(node).find(({name}) => BINARY_OPERATORS.has(name))
  const matching = node.getChild('MatchingModifierClause') !== null
  const bool = node.getChild('BoolModifier') !== null
  const operator = textOf(reader, sign).toLowerCase()
  const where = sign === undefined ? place : reader.at(sign.from)
  return {kind: 'binary', operator, matching, bool, place: where, operands: [left, right]}
}

function called(reader: Reader, node: SyntaxNode, place: FilePlace): Expression {
  const kind = node.name === 'FunctionCall' ? 'call' : 'aggregation'
  const name = textOf(reader, node.getChild('FunctionIdentifier') ?? node.getChild('AggregateOp')).toLowerCase()
  const body = node.getChild('FunctionCallBody')
  return {kind, name, place, operands: body === null ? [] : operandsOf(reader, body)}
}

function read(reader: Reader, node: SyntaxNode): Expression {
  const place = reader.at(node.from)
  switch (node.name) {
    case 'NumberDurationLiteral':
      return {kind: 'number', value: Number(textOf(reader, node)), place, operands: []}
    case 'VectorSelector':
      return selector(reader, node, place)
    case 'BinaryExpr':
      return binary(reader, node, place)
    case 'FunctionCall':
    case 'AggregateExpr':
      return called(reader, node, place)
    case 'StringLiteral':
      return {kind: 'string', place, operands: []}
    default: {
      const [inner] = operandsOf(reader, node)
      if (inner === undefined) return {kind: 'string', place, operands: []}
      const isRange = node.name === 'MatrixSelector' || node.name === 'SubqueryExpr'
      return isRange ? {kind: 'range', place, operands: [inner]} : inner
    }
  }
}

function firstError(tree: ReturnType<typeof parser.parse>): number | null {
  let found: number | null = null
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) found ??= node.from
      return found === null
    },
  })
  return found
}

/** Reads PromQL. What is not understood is a result too. */
export function readPromql(text: string, at: (offset: number) => FilePlace): ReadExpression {
  const tree = parser.parse(text)
  const error = firstError(tree)
  const root = childrenOf(tree.topNode).find(({name}) => EXPRESSIONS.has(name))
  if (error === null && root !== undefined) return {ok: true, text, tree: read({text, at}, root)}
  const offset = error ?? 0
  const near = text.slice(offset).trim().split('\n')[0]?.slice(0, SHOWN) ?? ''
  return {ok: false, text, problem: {...at(Math.min(offset, Math.max(0, text.trimEnd().length - 1))), near}}
}
