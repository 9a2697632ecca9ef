import type {Expression, VectorMatching} from '../../domain/promql/expression.js'
import {type Matcher, OPERATORS} from '../../domain/promql/matcher.js'
import type {PromqlCursor} from './promql-cursor.js'
import {stringOf} from './promql-literals.js'
import type {Token} from './promql-lexer.js'

/** An expression, and what may still be said after it: a range only of a selector, `offset` and `@` of either, each once. */
export interface Suffixed {
  readonly node: Expression
  readonly of: 'selector' | 'range' | null
  /** One of 0 is none. */
  readonly offset: boolean
  /** `@ 5` or `@ end()`: Prometheus takes only the second before a range. */
  readonly pinned: 'time' | 'edge' | null
}

export function plain(node: Expression): Suffixed {
  return {node, of: null, offset: false, pinned: null}
}

function label(cursor: PromqlCursor): string {
  const token = cursor.next()
  if (token.kind === 'string' && cursor.dialect.quotedNames && token.text.length > 2) return stringOf(token.text)
  // Where a label may have any name, it may have a colon without quotes too.
  if (token.kind === 'metric' && cursor.dialect.quotedNames) return token.text
  return token.kind === 'name' || token.kind === 'keyword' ? token.text : cursor.unexpected(token)
}

/** `(a, b,)`. */
export function readLabels(cursor: PromqlCursor): readonly string[] {
  cursor.want('(')
  const labels: string[] = []
  while (!cursor.is(')')) {
    labels.push(label(cursor))
    if (!cursor.is(')')) cursor.want(',')
  }
  cursor.next()
  return labels
}

/** What stands before the right side of an operator. */
export function readMatching(cursor: PromqlCursor): VectorMatching | null {
  const how = cursor.skip('on', 'ignoring')
  if (how === null) return null
  const labels = readLabels(cursor)
  const grouped = cursor.skip('group_left', 'group_right')
  const include = grouped !== null && cursor.is('(') ? readLabels(cursor) : []
  const group = grouped === null ? null : grouped.word === 'group_left' ? 'group_left' : 'group_right'
  return {on: how.word === 'on', labels, group, include}
}

type BraceItem = {readonly metric: string} | {readonly metric: null; readonly matcher: Matcher}

function braceItem(cursor: PromqlCursor): BraceItem {
  const token = cursor.next()
  const isQuoted = token.kind === 'string' && cursor.dialect.quotedNames
  if (token.kind !== 'name' && !isQuoted) cursor.unexpected(token)
  const name = isQuoted ? stringOf(token.text) : token.text
  if (isQuoted && cursor.is(',', '}')) return {metric: name}
  const operator = OPERATORS.find((one) => cursor.is(one)) ?? cursor.unexpected()
  cursor.next()
  return {metric: null, matcher: {label: name, operator, value: cursor.string()}}
}

function braceItems(cursor: PromqlCursor): readonly BraceItem[] {
  const items: BraceItem[] = []
  while (!cursor.is('}')) {
    items.push(braceItem(cursor))
    if (!cursor.is('}')) cursor.want(',')
  }
  cursor.next()
  return items
}

function selected(cursor: PromqlCursor, token: Token, items: readonly BraceItem[], before: string | null): Expression {
  const all = items.flatMap((item) => (item.metric === null ? [item.matcher] : []))
  const inBraces = items.flatMap(({metric}) => metric ?? [])
  const isNamed = inBraces.length > 0 || all.some((one) => one.label === '__name__')
  if (before !== null && isNamed) cursor.fail({what: 'named', name: before}, token)
  const naming = all.find((one) => one.label === '__name__' && one.operator === '=' && one.value !== '')
  const name = before ?? inBraces.find((one) => one !== '') ?? naming?.value ?? null
  const matchers = all.filter((one) => one !== naming)
  return {kind: 'selector', name, matchers, shifted: false, place: cursor.place(token), operands: []}
}

/** A selector, from after its name or from its `{`, which is `token`. */
export function readSelector(cursor: PromqlCursor, token: Token): Suffixed {
  const before = token.text === '{' ? null : token.text
  const items = before === null || cursor.skip('{') !== null ? braceItems(cursor) : []
  return {node: selected(cursor, token, items, before), of: 'selector', offset: false, pinned: null}
}

function ranged(cursor: PromqlCursor, before: Suffixed): Suffixed {
  const open = cursor.next()
  cursor.duration({mayBeNone: false})
  const colon = cursor.skip(':')
  const isSubquery = colon !== null
  if (isSubquery && !cursor.is(']')) cursor.duration({mayBeNone: false})
  cursor.want(']')
  const {node, of, offset, pinned} = before
  const mayBeRanged = of === 'selector' && !offset && pinned !== 'time'
  if (!isSubquery && !mayBeRanged) cursor.fail({what: 'modifier', name: '[…]'}, open)
  const letter = colon === null || colon.text === ':' ? null : {written: colon.text, place: cursor.place(colon)}
  const range = {kind: 'range', place: node.place, operands: [node], letter} as const
  return {node: range, of: 'range', offset: false, pinned: isSubquery ? null : pinned}
}

/** Of another time than the rule's. */
function shifted(node: Expression): Expression {
  if (node.kind === 'selector') return {...node, shifted: true}
  return node.kind === 'range' ? {...node, operands: [shifted(node.operands[0])]} : node
}

function offset(cursor: PromqlCursor, before: Suffixed): Suffixed {
  const token = cursor.next()
  if (!cursor.dialect.durationsAreNumbers) cursor.skip('-')
  const seconds = cursor.duration({mayBeNone: cursor.dialect.durationsAreNumbers})
  if (before.of === null) cursor.fail({what: 'modifier', name: 'offset'}, token)
  if (before.offset) cursor.fail({what: 'twice', name: 'offset'}, token)
  // Prometheus counts whole nanoseconds.
  return {...before, node: shifted(before.node), offset: Math.trunc(seconds * 1e9) !== 0}
}

function pinned(cursor: PromqlCursor, before: Suffixed): Suffixed {
  const token = cursor.next()
  const isTime = cursor.skip('start', 'end') === null
  if (isTime) {
    cursor.skip('-', '+')
    const time = cursor.next()
    if (!Number.isFinite(cursor.numberIn(time))) cursor.fail({what: 'number', near: time.text}, time)
  } else {
    cursor.want('(')
    cursor.want(')')
  }
  if (before.of === null) cursor.fail({what: 'modifier', name: '@'}, token)
  if (before.pinned !== null) cursor.fail({what: 'twice', name: '@'}, token)
  return {...before, node: shifted(before.node), pinned: isTime ? 'time' : 'edge'}
}

/** All that follows an expression: ranges, `offset`, `@`. */
export function readSuffixes(cursor: PromqlCursor, first: Suffixed): Expression {
  let read = first
  for (;;) {
    if (cursor.is('[')) read = ranged(cursor, read)
    else if (cursor.is('offset')) read = offset(cursor, read)
    else if (cursor.is('@')) read = pinned(cursor, read)
    else return read.node
  }
}
