import {RE2JS, RE2JSException} from 're2js'
import type {Patterns} from '../../ports/patterns.js'

function read(pattern: string, flags: number): RE2JS | string {
  try {
    return RE2JS.compile(pattern, flags)
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return error.message.replace(/^error parsing regexp: /, '')
  }
}

const MOST_KEPT = 500
const kept = new Map<string, RE2JS | string>()

/** A rule of relabeling meets every alert: each expression is read once. */
function whole(pattern: string): RE2JS | string {
  const known = kept.get(pattern)
  if (known !== undefined) return known
  if (kept.size >= MOST_KEPT) kept.clear()
  const expression = read(pattern, RE2JS.DOTALL)
  kept.set(pattern, expression)
  return expression
}

export const re2jsPatterns: Patterns = {
  problem: (pattern) => {
    const expression = read(pattern, 0)
    return typeof expression === 'string' ? expression : null
  },
  reads: (pattern) => typeof whole(pattern) !== 'string',
  matches: (pattern, text) => {
    const expression = whole(pattern)
    return typeof expression !== 'string' && expression.testExact(text)
  },
  groups: (pattern, text) => {
    const expression = whole(pattern)
    if (typeof expression === 'string') return null
    const matcher = expression.matcher(text)
    if (!matcher.matches()) return null
    const numbered = Array.from({length: matcher.groupCount() + 1}, (_, index) => matcher.group(index) ?? '')
    const named = Object.keys(expression.namedGroups()).map((name) => [name, matcher.group(name) ?? ''] as const)
    return {numbered, named: Object.fromEntries(named)}
  },
  finder: (pattern) => {
    const expression = read(pattern, 0)
    return (text) => typeof expression !== 'string' && expression.test(text)
  },
}
