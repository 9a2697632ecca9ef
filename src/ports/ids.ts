export interface Ids {
  /** A ULID: sortable by time, unique. */
  readonly next: () => string
}
