import {FaciError} from '../errors.js'
import {quoted} from '../signals/promql.js'
import type {Labels} from '../signals/sample.js'

export const OPERATORS = ['=~', '!~', '!=', '='] as const

/** What one label must be: `severity=~"crit.*"`. */
export interface Matcher {
  readonly label: string
  readonly operator: (typeof OPERATORS)[number]
  readonly value: string
}

const CASELESS = '(?i)'
const MATCHER = /^([A-Za-z_]\w*)\s*(=~|!~|!=|=)(.*)$/s
const QUOTED = /^"((?:[^"\\]|\\.)*)"$|^'((?:[^'\\]|\\.)*)'$/s

/** As PromQL: anchored at both ends, a dot is any character. Throws `SyntaxError`. */
function anchored(pattern: string): RegExp {
  const caseless = pattern.startsWith(CASELESS)
  const source = caseless ? pattern.slice(CASELESS.length) : pattern
  return new RegExp(`^(?:${source})$`, caseless ? 'si' : 's')
}

export function isPattern(pattern: string): boolean {
  try {
    anchored(pattern)
    return true
  } catch {
    return false
  }
}

/** What stands between quotes, its escapes resolved. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character))
}

/** A label that is missing is the empty text. Throws `SyntaxError` for a pattern that JavaScript does not understand. */
export function holds({label, operator, value}: Matcher, labels: Labels): boolean {
  const actual = Object.hasOwn(labels, label) ? (labels[label] ?? '') : ''
  switch (operator) {
    case '=':
      return actual === value
    case '!=':
      return actual !== value
    case '=~':
      return anchored(value).test(actual)
    case '!~':
      return !anchored(value).test(actual)
  }
}

/** True for a matcher that no label would satisfy only by being absent. */
function needsLabel(matcher: Matcher): boolean {
  return !holds(matcher, {})
}

/** Whether there is a matcher that needs a label: without one everything is matched, which Alertmanager refuses. */
export function isSelective(matchers: readonly Matcher[]): boolean {
  return matchers.some(needsLabel)
}

export function matcherText({label, operator, value}: Matcher): string {
  return `${label}${operator}${quoted(value)}`
}

function wrong(text: string, why: string): FaciError {
  return new FaciError('usage', `${JSON.stringify(text)} is no matcher: ${why}`, {
    suggestions: [`--matcher 'instance=~"api-.*"'`],
  })
}

function valueIn(text: string, written: string): string {
  const inside = QUOTED.exec(written)
  if (inside !== null) return unescaped(inside[1] ?? inside[2] ?? '')
  if (/^["']/.test(written)) throw wrong(text, 'the quote is not closed')
  return written
}

/** `instance=~"a.*"`, the quotes may be left out. Throws `usage`. */
export function parseMatcher(text: string): Matcher {
  const [, label, written, rest = ''] = MATCHER.exec(text.trim()) ?? []
  const operator = OPERATORS.find((candidate) => candidate === written)
  if (label === undefined || operator === undefined)
    throw wrong(text, 'a label, one of = != =~ !~, and a value are expected')
  const value = valueIn(text, rest.trim())
  if (operator.endsWith('~') && !isPattern(value)) throw wrong(text, 'its regular expression is not understood')
  return {label, operator, value}
}
