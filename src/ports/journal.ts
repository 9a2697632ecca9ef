/** What every journal event carries; the rest is the event's own. */
export interface JournalEntry {
  readonly sequence: number
  /** ISO 8601 UTC. */
  readonly at: string
  readonly by: string
  readonly kind: string
}

export interface JournalWriter<E extends {readonly kind: string}> {
  /**
   * Appended in the order of the calls, and on disk when it resolves if `durable`; use it before and after anything that changes
   * the world. Errors: `unreachable` when it cannot be written (disk full, no permission).
   */
  readonly append: (event: E, durable?: boolean) => Promise<JournalEntry & E>
  readonly close: () => Promise<void>
}

export interface JournalReading<E> {
  readonly events: readonly (JournalEntry & E)[]
  /** Lines that could not be read: a torn last line after a crash. */
  readonly torn: number
}

export interface RunFiles {
  /**
   * Keeps evidence or a copy beside the journal. `name` is a plain file name; content is masked before it is written, and never
   * held whole when it is a stream. Resolves to the file's path: a name that is taken gets a number, nothing is written over.
   */
  readonly keep: (name: string, content: string | AsyncIterable<Buffer>) => Promise<string>
}

/** Append-only JSON Lines, one directory a run (`runs/<ulid>/`), one writer a file. Secrets are masked before writing. */
export interface Journal<E extends {readonly kind: string}> {
  /** Starts `runs/<id>/<file>.jsonl`, or goes on with it after its last event; the default file is `journal`. */
  readonly open: (id: string, file?: string) => Promise<JournalWriter<E> & RunFiles>
  /** Errors: `notFound`. */
  readonly read: (id: string, file?: string) => Promise<JournalReading<E>>
  /** The names of the journal files of a run, for `read`: its own and those of the actions that joined it. */
  readonly files: (id: string) => Promise<readonly string[]>
  /** What `keep` wrote under that name; null when there is nothing. */
  readonly keptFile: (id: string, name: string) => Promise<string | null>
  /** Newest first; `limit` newest ids. */
  readonly list: (limit: number) => Promise<readonly string[]>
}
