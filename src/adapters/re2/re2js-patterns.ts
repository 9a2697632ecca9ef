import {RE2JS, RE2JSException} from 're2js'
import type {Patterns} from '../../ports/patterns.js'
import {bounded, costOfCharacter, hasWholeTable, MOST_COST} from './matching-cost.js'

function read(pattern: string, flags: number): RE2JS | string {
  try {
    return bounded(RE2JS.compile(pattern, flags))
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return error.message.replace(/^error parsing regexp: /, '')
  }
}

const MOST_KEPT = 500

/** Instructions, as RE2 counts them, a repetition written out. */
const MOST_INSTRUCTIONS = 500

function sizeProblem(expression: RE2JS): string | null {
  const size = expression.programSize()
  if (size <= MOST_INSTRUCTIONS) return null
  return `it is too long: ${String(size)} steps with its repetitions written out, of at most ${String(MOST_INSTRUCTIONS)}; repeat less often, {1000} as *`
}

/**
 * Of what is met by long texts: 128 KB of any text take less than a tenth of a second. What backends have in their configuration may cost
 * more: it matches here what it matches there.
 */
function costProblem(expression: RE2JS): string | null {
  if (hasWholeTable(expression) || costOfCharacter(expression) <= MOST_COST) return null
  return 'it is too slow for long lines: too many of its steps can be under way at once; repeat less often, {100} as *'
}

interface Typed {
  readonly expression: RE2JS | null
  readonly problem: string | null
}

/** What a person types is read once, with the table that its problem was looked for in. */
const typed = new Map<string, Typed>()

function asTyped(pattern: string): Typed {
  const known = typed.get(pattern)
  if (known !== undefined) return known
  const expression = read(pattern, 0)
  const made: Typed =
    typeof expression === 'string'
      ? {expression: null, problem: expression}
      : {expression, problem: sizeProblem(expression) ?? costProblem(expression)}
  if (typed.size >= MOST_KEPT) typed.clear()
  typed.set(pattern, made)
  return made
}

const kept = new Map<string, RE2JS | string>()

/** Go's reader takes one name for several groups, and this one does not; the first of them keeps it. */
function withoutRepeatedNames(pattern: string): string {
  const seen = new Set<string>()
  return pattern.replaceAll(/\\[^]|\(\?P?<(\w{1,200})>/g, (found: string, name: string | undefined) => {
    if (name === undefined || !seen.has(name)) {
      if (name !== undefined) seen.add(name)
      return found
    }
    return '('
  })
}

/** A rule of relabeling meets every alert: each expression is read once. */
function whole(pattern: string): RE2JS | string {
  const known = kept.get(pattern)
  if (known !== undefined) return known
  if (kept.size >= MOST_KEPT) kept.clear()
  const first = read(pattern, RE2JS.DOTALL)
  const isNamedTwice = typeof first === 'string' && first.startsWith('duplicate capture group name')
  const expression = isNamedTwice ? read(withoutRepeatedNames(pattern), RE2JS.DOTALL) : first
  kept.set(pattern, expression)
  return expression
}

export const re2jsPatterns: Patterns = {
  problem: (pattern) => {
    // As it was written: what the error quotes is that.
    const expression = read(pattern, 0)
    if (typeof expression === 'string') return expression
    // Anchored, as a value is matched: no match begins in the middle of it.
    return sizeProblem(expression) ?? costProblem(bounded(RE2JS.compile(`\\A(?:${pattern})\\z`, RE2JS.DOTALL)))
  },
  searchProblem: (pattern) => asTyped(pattern).problem,
  reads: (pattern) => typeof whole(pattern) !== 'string',
  matches: (pattern, text) => {
    const expression = whole(pattern)
    return typeof expression !== 'string' && expression.testExact(text)
  },
  groups: (pattern, text) => {
    const expression = whole(pattern)
    // Which groups match is asked of what matches only: without them, most texts are read by a table of states.
    if (typeof expression === 'string' || !expression.testExact(text)) return null
    const matcher = expression.matcher(text)
    if (!matcher.matches()) return null
    const numbered = Array.from({length: matcher.groupCount() + 1}, (_, index) => matcher.group(index) ?? '')
    const named = Object.keys(expression.namedGroups()).map((name) => [name, matcher.group(name) ?? ''] as const)
    return {numbered, named: Object.fromEntries(named)}
  },
  finder: (pattern) => {
    const {expression} = asTyped(pattern)
    return (text) => expression?.test(text) === true
  },
}
