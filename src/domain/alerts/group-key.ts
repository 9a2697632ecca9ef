import type {Matcher} from '../promql/matcher.js'
import type {Labels} from '../promql/sample.js'
import {type Route, type RoutePath} from './routing.js'

/** Alertmanager's names of what groups by every label. */
const EVERY_LABEL = '...'

/** Labels below each other by name, or by `name="value"`: they differ where a name begins with another one, as `a1` does with `a`. */
export type LabelOrder = 'name' | 'text'

const PLAIN_NAME = /^[A-Za-z_]\w*$/
/** Alertmanager prints its configuration in lines that are broken at spaces: how many of them there were is not sure. */
const FOLDED = / {2}/
const PRINTED = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u
const ESCAPES: Readonly<Record<string, string>> = {
  ...{'\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v'},
  ...{'\\': '\\\\', '"': '\\"'},
}

/** By code points, as the bytes of UTF-8 are; code units would put U+1F600 before U+FF5E. */
function compareBytes(first: string, second: string): number {
  const others = second[Symbol.iterator]()
  for (const one of first) {
    const other = others.next()
    if (other.done === true) return 1
    if (one !== other.value) return (one.codePointAt(0) ?? 0) - (other.value.codePointAt(0) ?? 0)
  }
  return others.next().done === true ? 0 : -1
}

function escaped(character: string): string {
  const known = ESCAPES[character]
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, '0')}`
  if (PRINTED.test(character)) return character
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** Go's `%q`. */
export function goQuoted(text: string): string {
  return `"${Array.from(text, escaped).join('')}"`
}

const TYPES: readonly Matcher['operator'][] = ['=', '!=', '=~', '!~']

/** In Alertmanager's order: by name, value, and `=` `!=` `=~` `!~`. */
function compareMatchers(one: Matcher, other: Matcher): number {
  return (
    compareBytes(one.label, other.label) ||
    compareBytes(one.value, other.value) ||
    TYPES.indexOf(one.operator) - TYPES.indexOf(other.operator)
  )
}

/** `{severity="critical",team=~"db|cache"}` of a route's own matchers, as Alertmanager's keys have them. */
export function matchersKey(matchers: readonly Matcher[]): string {
  const value = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
  const texts = [...matchers]
    .sort(compareMatchers)
    .map(({label, operator, value: text}) => `${label}${operator}"${value(text)}"`)
  return `{${texts.join(',')}}`
}

/** Those of an alert's labels that make its group on a route. */
export function groupLabels({groupBy}: Pick<Route, 'groupBy'>, labels: Labels): Labels {
  if (groupBy.includes(EVERY_LABEL)) return labels
  return Object.fromEntries(Object.entries(labels).filter(([name]) => groupBy.includes(name)))
}

function labelsKey(labels: Labels, order: LabelOrder): string {
  const texts = Object.entries(labels).map(([name, value]) => ({name, text: `${name}=${goQuoted(value)}`}))
  texts.sort((one, other) => compareBytes(one[order], other[order]))
  return `{${texts.map(({text}) => text).join(', ')}}`
}

function minorOf(version: string): number | undefined {
  const minor = /^v?0\.(\d{1,3})\./.exec(`${version}.`)?.[1]
  return minor === undefined ? undefined : Number(minor)
}

/** In which order a version of Alertmanager writes labels; empty: it forms its keys in a way that is not known here. */
export function labelOrders(version: string): readonly LabelOrder[] {
  const minor = minorOf(version)
  if (minor === undefined || minor < 22 || minor > 33) return []
  if (minor <= 25) return ['text']
  return minor >= 28 ? ['name'] : ['name', 'text']
}

/** Whether a version takes what it has put into a page for a template, which fails where something reads as one: no one is paged then. */
export function rendersTwice(version: string): boolean {
  return (minorOf(version) ?? Infinity) > 28
}

/**
 * What Alertmanager calls the group of alerts with these group labels on a route: the matchers of the route and of all that it is in, and
 * the labels. `orders`: those that it may write labels in. null: it cannot be told for
 * sure, as where the orders differ, or a name is not of the classic kind, which versions write differently.
 */
export function groupKey({route, within}: RoutePath, labels: Labels, orders: readonly LabelOrder[]): string | null {
  if (!Object.keys(labels).every((name) => PLAIN_NAME.test(name))) return null
  const [first, ...others] = orders.map((order) => labelsKey(labels, order))
  if (first === undefined || others.some((one) => one !== first)) return null
  const path = [...within, route].map(({key}) => key).join('/')
  return FOLDED.test(path) ? null : `${path}:${first}`
}
