import {alternatives, type Expressions} from '../../domain/text/expressions.js'
import type {Patterns} from '../../ports/patterns.js'

export interface ExpressionDeps {
  /** Loaded only when an expression is more than words. */
  readonly patterns: () => Promise<Patterns>
}

/** Matches words, and notes that an expression was more than that. */
class WordsOnly implements Expressions {
  isEnough = true

  readonly reads = (pattern: string): boolean => {
    if (alternatives(pattern) === null) this.isEnough = false
    return true
  }

  readonly matches = (pattern: string, text: string): boolean =>
    this.reads(pattern) && (alternatives(pattern)?.includes(text) ?? false)

  readonly groups = (): null => {
    this.isEnough = false
    return null
  }
}

/** What `decide` says; it is asked again, with the library, when it met an expression that is more than words. It must be pure, and not throw for what does not match. */
export async function withExpressions<T>(
  {patterns}: ExpressionDeps,
  decide: (expressions: Expressions) => T,
): Promise<T> {
  const words = new WordsOnly()
  const decided = decide(words)
  return words.isEnough ? decided : decide(await patterns())
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
