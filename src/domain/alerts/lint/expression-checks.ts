import {
  type BinaryNode,
  type Expression,
  nodesOf,
  type SelectorNode,
  selectorsOf,
  typeOf,
} from '../../promql/expression.js'
import {type Matcher, matcherText} from '../../promql/matcher.js'
import type {RuleFault} from './alert-finding.js'

/** Functions and aggregations for which it does not matter what a series counts, only that it is there. */
const OF_PRESENCE = new Set(['absent', 'count', 'group', 'count_values', 'timestamp', 'absent_over_time'])

function nameOf(node: Expression): string {
  return node.kind === 'call' || node.kind === 'aggregation' ? node.name : ''
}

/** Whether it is compared with itself at another time: the increase of a counter, as some write it. */
function isIncrease(outer: Expression, {name}: SelectorNode): boolean {
  if (outer.kind !== 'binary') return false
  const same = selectorsOf(outer).filter((one) => one.name === name)
  return new Set(same.map(({shifted}) => shifted)).size > 1
}

/** What is named like a counter, and whose value since the last restart is taken for a rate. */
export function bareCounters(expression: Expression): readonly RuleFault[] {
  return nodesOf(expression).flatMap(([node, within]) => {
    if (node.kind !== 'selector' || !/^[^:]*_(?:total|bucket)$/.test(node.name ?? '')) return []
    if (within.some((outer) => outer.kind === 'range' || OF_PRESENCE.has(nameOf(outer)) || isIncrease(outer, node)))
      return []
    return [{rule: 'counter-name' as const, place: node.place, name: node.name ?? '', isUntold: false}]
  })
}

/** What Prometheus loads, and then says of each evaluation that it is no vector. */
export function noVectors(expression: Expression): readonly RuleFault[] {
  const type = typeOf(expression)
  return type === 'range' || type === 'string' ? [{rule: 'no-vector', place: expression.place, type}] : []
}

/** `[5 m]`, of which Prometheus makes a subquery over five seconds. */
export function mistakenColons(expression: Expression): readonly RuleFault[] {
  return nodesOf(expression).flatMap(([node]) => {
    if (node.kind !== 'range' || node.letter === null) return []
    return [{rule: 'subquery' as const, place: node.letter.place, letter: node.letter.written}]
  })
}

export function rankings(expression: Expression): readonly RuleFault[] {
  return nodesOf(expression).flatMap(([node]) => {
    if (node.kind !== 'aggregation' || (node.name !== 'topk' && node.name !== 'bottomk')) return []
    return [{rule: 'topk' as const, place: node.place, name: node.name}]
  })
}

function sameMatchers(one: SelectorNode, other: SelectorNode): boolean {
  const texts = ({matchers}: SelectorNode): string => matchers.map(matcherText).sort().join()
  return texts(one) === texts(other)
}

/** The one selector of a side that nothing aggregates; null for any other. */
function rawSelector(side: Expression): SelectorNode | null {
  const nodes = nodesOf(side).map(([node]) => node)
  if (nodes.some(({kind}) => kind === 'aggregation')) return null
  const selectors = selectorsOf(side)
  return selectors.length === 1 ? (selectors[0] ?? null) : null
}

function isUnaggregatedRatio({operator, matching, operands}: BinaryNode): boolean {
  if (operator !== '/' || matching !== null) return false
  const [part, whole] = operands.map(rawSelector)
  if (part == null || whole == null || part.name === null) return false
  return part.name === whole.name && part.shifted === whole.shifted && !sameMatchers(part, whole)
}

/** `rate(x{status="500"}[5m]) / rate(x[5m])` is 1 for every series with that status: each is divided by itself. */
export function unaggregatedRatios(expression: Expression): readonly RuleFault[] {
  return nodesOf(expression).flatMap(([node]) => {
    if (node.kind !== 'binary' || !isUnaggregatedRatio(node)) return []
    return [{rule: 'ratio' as const, place: node.place}]
  })
}

function upSelectors(node: Expression): readonly SelectorNode[] {
  return selectorsOf(node).filter(({name}) => name === 'up')
}

function isNumber(node: Expression, value: number): boolean {
  return node.kind === 'number' && node.value === value
}

/** The side that is compared with 0, as in `x == 0` or `x < 1`; null for any other comparison. */
function comparedWithZero({operator, operands: [left, right]}: BinaryNode): Expression | null {
  if (operator === '<' && isNumber(right, 1)) return left
  if (operator !== '==') return null
  if (isNumber(right, 0)) return left
  return isNumber(left, 0) ? right : null
}

/** The selectors of `up` whose being 0 is looked for. */
function downs(expression: Expression): readonly SelectorNode[] {
  return nodesOf(expression).flatMap(([node]) => {
    const compared = node.kind === 'binary' ? comparedWithZero(node) : null
    return compared === null ? [] : upSelectors(compared)
  })
}

/** What is told to be absent, anywhere in the expression. */
export function absentSelectors(expression: Expression): readonly SelectorNode[] {
  return nodesOf(expression).flatMap(([node]) =>
    node.kind === 'call' && node.name.startsWith('absent') ? upSelectors(node) : [],
  )
}

function covers(absent: SelectorNode, {matchers}: SelectorNode): boolean {
  const given = new Set(matchers.map((one: Matcher) => matcherText(one)))
  return absent.matchers.every((one) => given.has(matcherText(one)))
}

/** `up == 0` finds nothing when the target is gone altogether; `absents` are those of all alerts. */
export function missingAbsents(expression: Expression, absents: readonly SelectorNode[]): readonly RuleFault[] {
  return downs(expression).flatMap((down) => {
    if (absents.some((absent) => covers(absent, down))) return []
    const selector = `up{${down.matchers.map(matcherText).join(',')}}`
    return [{rule: 'absent' as const, place: down.place, selector}]
  })
}
