/** PromQL for the events of a time range, written as `[1h]` or `[1h] @ 1790000000`. */
export interface EventQueries {
  /** Which of the two `part` counts. */
  readonly side: 'good' | 'bad'
  readonly part: (range: string) => string
  readonly total: (range: string) => string
  /** Has a value while the service is measured. */
  readonly present: (range: string) => string
}
