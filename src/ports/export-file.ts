/** A file being written beside its final place; it appears there whole or not at all. Errors: `unreachable` when it cannot be written. */
export interface ExportFile {
  readonly write: (text: string) => Promise<void>
  /** On disk and in place when it resolves, replacing what was there. */
  readonly commit: () => Promise<void>
  /** Leaves no trace. */
  readonly discard: () => Promise<void>
}

/** Errors: `usage` when the place cannot be written to. */
export interface ExportFiles {
  readonly open: (path: string) => Promise<ExportFile>
  /** Makes a folder, and those above it, where they are missing. */
  readonly makeFolder: (path: string) => Promise<void>
}
