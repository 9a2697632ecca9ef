/** What an expression found: its groups by number (0 is everything) and by name; one that took no part is empty. */
export interface FoundGroups {
  readonly numbered: readonly string[]
  readonly named: Readonly<Record<string, string>>
}

/**
 * How regular expressions that others wrote are matched: RE2's syntax and meaning, which are Prometheus's and Alertmanager's, in time
 * linear in the text. Each is about all of the text, and a dot is any character, as in PromQL. What is no such expression matches nothing.
 */
export interface Expressions {
  /** Whether it is one. */
  readonly reads: (pattern: string) => boolean
  readonly matches: (pattern: string, text: string) => boolean
  /** null where it does not match. */
  readonly groups: (pattern: string, text: string) => FoundGroups | null
}

const ONLY_WORDS = /^[\w \-:/@,=|]*$/

/** What a pattern that is only words, and `|` between them, matches: `api|redis`. Null for any other. */
export function alternatives(pattern: string): readonly string[] | null {
  return ONLY_WORDS.test(pattern) ? pattern.split('|') : null
}
