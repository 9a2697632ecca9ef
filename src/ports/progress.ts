/** One task being shown. */
export interface Task {
  /** What it is doing right now, one line. */
  readonly note: (text: string) => void
  /** A line of its live output. */
  readonly output: (line: string) => void
  readonly done: (text?: string) => void
  /** It did its work, and what it found is bad. */
  readonly found: (text: string) => void
  readonly fail: (text?: string) => void
  readonly skip: (reason: string) => void
}

export interface TaskOptions {
  /** Its output is what it is for: it stays on the screen. That of any task stays when it fails. */
  readonly keep?: boolean
}

/** Progress goes to stderr: listr2 on a TTY, timestamped plain lines elsewhere, nothing under `--json`. */
export interface Progress {
  readonly start: (title: string, options?: TaskOptions) => Task
  /** A line of its own between tasks. */
  readonly say: (text: string) => void
  /**
   * Leaves the screen as it is, so that a prompt or the result can be written, and untouched while `meanwhile` runs. A task that is still
   * open is drawn no more; its end is told when it comes.
   */
  readonly pause: (meanwhile?: () => Promise<void>) => Promise<void>
}
