/**
 * Files that people write in too. Errors: `usage` for what is no file or cannot be read or written, `unreachable` when the disk refuses,
 * `refused` when it is not any more what it was taken for.
 */
export interface DocumentFiles {
  /** null: there is none. */
  readonly read: (path: string) => Promise<string | null>
  /** The paths of those in a folder whose names begin so; none without such a folder. */
  readonly find: (folder: string, prefix: string, suffix: string) => Promise<readonly string[]>
  /** Whole or not at all, its folder made where it is missing; `before`: what it was read as, null that there was none. */
  readonly write: (path: string, text: string, before: string | null) => Promise<void>
}
