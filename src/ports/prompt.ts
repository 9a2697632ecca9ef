export interface Choice {
  readonly key: string
  readonly label: string
}

/** Questions to a person. Without a TTY on stdin and stderr `available` is false and nothing may be asked. */
export interface Prompt {
  readonly available: boolean
  /** The key of the choice made. Errors: `interrupted` on Ctrl-C. */
  readonly choose: (question: string, choices: readonly Choice[], fallback?: string) => Promise<string>
  /** What was typed, trimmed. */
  readonly ask: (question: string) => Promise<string>
}
