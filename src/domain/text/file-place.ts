/** Where something stands in its file; lines and columns count from 1. */
export interface FilePlace {
  readonly line: number
  readonly column: number
}
