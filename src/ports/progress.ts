/** One task being shown. */
export interface Task {
  /** What it is doing right now, one line. */
  readonly note: (text: string) => void
  /** A line of its live output. */
  readonly output: (line: string) => void
  readonly done: (text?: string) => void
  readonly fail: (text?: string) => void
  readonly skip: (reason: string) => void
}

/** Progress goes to stderr: listr2 on a TTY, timestamped plain lines elsewhere, nothing under `--json`. */
export interface Progress {
  readonly start: (title: string) => Task
  /** A line of its own between tasks. */
  readonly say: (text: string) => void
  /** Leaves the screen as it is, so that a prompt or the result can be written. */
  readonly pause: () => Promise<void>
}
