export interface Choice {
  readonly key: string
  readonly label: string
  /** What tells it from the others; a choice that has it stands on a line of its own. */
  readonly note?: string
}

/** Questions to a person, one at a time: a new one ends the one that is open as Ctrl-C would. Without a TTY on stdin and stderr `available` is false and nothing may be asked. */
export interface Prompt {
  readonly available: boolean
  /** The key of the choice made. Errors: `interrupted` on Ctrl-C, or when the signal comes while nobody answers. */
  readonly choose: (
    question: string,
    choices: readonly Choice[],
    fallback?: string,
    signal?: AbortSignal,
  ) => Promise<string>
  /** What was typed, trimmed. */
  readonly ask: (question: string, signal?: AbortSignal) => Promise<string>
}
