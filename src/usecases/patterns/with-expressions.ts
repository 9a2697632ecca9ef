import {alternatives, type Expressions} from '../../domain/text/expressions.js'
import type {Patterns} from '../../ports/patterns.js'

export interface ExpressionDeps {
  /** Loaded only when an expression is more than words. */
  readonly patterns: () => Promise<Patterns>
}

/** What `decide` says; it is asked again, with the library, when it met an expression that is more than words. It must be pure, and not throw for what does not match. */
export async function withExpressions<T>(
  {patterns}: ExpressionDeps,
  decide: (expressions: Expressions) => T,
): Promise<T> {
  let isMore = false
  const more = (): null => {
    isMore = true
    return null
  }
  const decided = decide({
    reads: (pattern) => alternatives(pattern) !== null || more() === null,
    matches: (pattern, text) => (alternatives(pattern) ?? more())?.includes(text) ?? false,
    groups: more,
  })
  return isMore ? decide(await patterns()) : decided
}

/** What is wrong with the first of these that is no expression; null when all are. */
export async function expressionProblem(
  {patterns}: ExpressionDeps,
  written: readonly string[],
): Promise<{readonly pattern: string; readonly problem: string} | null> {
  const more = written.filter((pattern) => alternatives(pattern) === null)
  if (more.length === 0) return null
  const {problem: problemOf} = await patterns()
  const problems = more.map((pattern) => ({pattern, problem: problemOf(pattern)}))
  return problems.find((one): one is {pattern: string; problem: string} => one.problem !== null) ?? null
}
