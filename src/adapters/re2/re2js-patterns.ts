import {RE2JS, RE2JSException} from 're2js'
import type {Patterns} from '../../ports/patterns.js'

/** Bytes of remembered states. A few hundred of them fit, as most expressions need; making ever more costs more than going on without. */
const MOST_REMEMBERED = 262_144

function compiled(pattern: string, flags: number): RE2JS {
  const expression = RE2JS.compile(pattern, flags)
  const {dfa} = expression.re2()
  dfa.stateBudget = dfa.memBudget = MOST_REMEMBERED
  return expression
}

function read(pattern: string, flags: number): RE2JS | string {
  try {
    return compiled(pattern, flags)
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return error.message.replace(/^error parsing regexp: /, '')
  }
}

/** Instructions, as RE2 counts them, a repetition written out: each character of a text may cost one step of each. */
const MOST_INSTRUCTIONS = 500

/** Of what is met by long texts. What backends have in their configuration may be longer: it matches here what it matches there. */
function sizeProblem(expression: RE2JS): string | null {
  const size = expression.programSize()
  if (size <= MOST_INSTRUCTIONS) return null
  return `it is too long: ${String(size)} steps with its repetitions written out, of at most ${String(MOST_INSTRUCTIONS)}; repeat less often, {1000} as *`
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
    return typeof expression === 'string' ? expression : sizeProblem(expression)
  },
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
    const expression = read(pattern, 0)
    return (text) => typeof expression !== 'string' && expression.test(text)
  },
}
