import type {Expressions} from '../domain/text/expressions.js'

/** Regular expressions that somebody else wrote, in RE2's syntax, which is Prometheus's: matched in time linear in the text, whatever they say. */
export interface Patterns extends Expressions {
  /** Why a text is no such expression, or one that takes too long to match all of a long value; null when it may be used. */
  readonly problem: (pattern: string) => string | null
  /** The same of one that is looked for anywhere in a text, by `finder`. */
  readonly searchProblem: (pattern: string) => string | null
  /** Whether it matches somewhere in a text; there a dot is no line's end. What is no such expression is nowhere. */
  readonly finder: (pattern: string) => (text: string) => boolean
}
