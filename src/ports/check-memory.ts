/** What was last told of a check, so that nobody is told the same thing twice. Errors: `unreachable` when the store cannot be used. */
export interface CheckMemory {
  /**
   * Runs `work` with what was remembered, the empty text at first, and remembers what it answers. Two at once take turns.
   * Errors: `locked` when another one takes too long.
   */
  readonly update: (check: string, work: (before: string) => Promise<string>) => Promise<void>
}
