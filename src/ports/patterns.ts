/** Regular expressions that somebody else wrote, in RE2's syntax, which is Prometheus's: matched in time linear in the text, whatever they say. */
export interface Patterns {
  /** Why a text is no such expression; null when it is one. */
  readonly problem: (pattern: string) => string | null
  /** Whether `pattern` matches all of `text`; a dot is any character, as in PromQL. False for what is no pattern. */
  readonly matches: (pattern: string, text: string) => boolean
}
