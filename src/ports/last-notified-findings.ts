export interface Remembered {
  /** What was last told; the empty text at first. */
  readonly told: string
  /** A notice that was about to be handed over when its process ended, and what it tells. */
  readonly telling: {readonly text: string; readonly noticeId: string} | null
}

/** What was last told of a check, so that nobody is told the same thing twice. Errors: `unreachable` when the store cannot be used. */
export interface LastNotifiedFindings {
  /**
   * Runs `work` with what was remembered, and remembers what it answers as told. `telling` is to be called before a notice is handed
   * over: what it says outlives the process. Two at once take turns. Errors: `locked` when another one takes too long.
   */
  readonly update: (
    check: string,
    work: (before: Remembered, telling: (text: string, noticeId: string) => Promise<void>) => Promise<string>,
  ) => Promise<void>
}
