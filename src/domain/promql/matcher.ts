import {quoted} from './promql.js'
import type {Labels} from './sample.js'
import type {Expressions} from '../text/expressions.js'

export const OPERATORS = ['=~', '!~', '!=', '='] as const

/** What one label must be: `severity=~"crit.*"`. */
export interface Matcher {
  readonly label: string
  readonly operator: (typeof OPERATORS)[number]
  readonly value: string
}

/** What stands between quotes, its escapes resolved. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character))
}

/** Alertmanager compiles `^(?:…)$`: there a dot is no line's end, as it is in Prometheus's own matchers and, since version 3, its relabeling. */
function matchesAll(value: string, actual: string, {matches}: Expressions): boolean {
  return matches(actual.includes('\n') ? `(?-s:${value})` : value, actual)
}

/** As Alertmanager means it. A label that is missing is the empty text. */
export function holds({label, operator, value}: Matcher, labels: Labels, expressions: Expressions): boolean {
  const actual = Object.hasOwn(labels, label) ? (labels[label] ?? '') : ''
  switch (operator) {
    case '=':
      return actual === value
    case '!=':
      return actual !== value
    case '=~':
      return matchesAll(value, actual, expressions)
    case '!~':
      return !matchesAll(value, actual, expressions)
  }
}

/** True for a matcher that no label would satisfy only by being absent. */
function needsLabel(matcher: Matcher, expressions: Expressions): boolean {
  return !holds(matcher, {}, expressions)
}

/** Whether there is a matcher that needs a label: without one everything is matched, which Alertmanager refuses. */
export function isSelective(matchers: readonly Matcher[], expressions: Expressions): boolean {
  return matchers.some((matcher) => needsLabel(matcher, expressions))
}

/** The regular expressions among what labels must be. */
export function expressionsIn(matchers: readonly Matcher[]): readonly string[] {
  return matchers.flatMap(({operator, value}) => (operator.endsWith('~') ? [value] : []))
}

export function matcherText({label, operator, value}: Matcher): string {
  return `${label}${operator}${quoted(value)}`
}
