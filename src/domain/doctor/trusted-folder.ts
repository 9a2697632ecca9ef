/** A folder whose files are obeyed although another account may have written them. */
export interface TrustedFolder {
  /** Its real path, links followed. */
  readonly folder: string
  /** The file that says so. */
  readonly list: string
  /** Whether it was not on the list before. */
  readonly isNew: boolean
}
