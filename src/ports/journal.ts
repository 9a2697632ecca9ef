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
  /** Events that were written and are gone: damaged lines and holes in the sequence. A torn line was never whole: it is none. */
  readonly missing: number
}

/** What can be said of a journal without reading it whole. */
export interface JournalEnds<E> {
  /** null when the first line cannot be read. */
  readonly first: (JournalEntry & E) | null
  /** As many of the last events as a few KiB hold, in order; the first too when the journal is that short. */
  readonly last: readonly (JournalEntry & E)[]
}

export interface RunFiles {
  /**
   * Keeps evidence or a copy beside the journal, whatever `name` holds; content is masked before it is written, and never
   * held whole when it is a stream. Resolves to the file's path: a name that is taken gets a number, nothing is written over.
   * `secrets`: what is hidden in this file too, and nowhere else.
   */
  readonly keep: (name: string, content: string | AsyncIterable<Buffer>, secrets?: readonly string[]) => Promise<string>
}

/** Append-only JSON Lines, one directory a run (`runs/<ulid>/`), one writer a file. Secrets are masked before writing. */
export interface Journal<E extends {readonly kind: string}> {
  /**
   * Starts `runs/<id>/<file>.jsonl`, or goes on with it after its last event; the default file is `journal`. Errors: `locked` while
   * another process writes it.
   */
  readonly open: (id: string, file?: string) => Promise<JournalWriter<E> & RunFiles>
  /** Who writes a run's own journal now, as `ana@vm (pid 12)`; null when nobody does, or whoever did is gone. */
  readonly writer: (id: string) => Promise<string | null>
  /** Errors: `notFound`. */
  readonly read: (id: string, file?: string) => Promise<JournalReading<E>>
  /** Reads only the ends, however long the journal is. Errors: `notFound`. */
  readonly ends: (id: string, file?: string) => Promise<JournalEnds<E>>
  /** What was kept beside the journal under this name; null when nothing was. */
  readonly kept: (id: string, name: string) => Promise<string | null>
  /** The names of the journal files of a run, for `read`: its own and those of the actions that joined it. */
  readonly files: (id: string) => Promise<readonly string[]>
  /** Newest first; `limit` newest ids. */
  readonly list: (limit: number) => Promise<readonly string[]>
  /** The ids of runs without a journal that can be read, newest first; a run that is just being started is none of them. */
  readonly unreadable: () => Promise<readonly string[]>
  /** The folder in which the runs lie, for whoever has to look. */
  readonly place: string
}
