/** An alert as a Prometheus rule file defines it, and where. */
export interface AlertRule {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly severity: string | null
  /** What its annotation `runbook` says. */
  readonly runbook: string | null
  /** The names of the labels and annotations that the rule itself gives; those of its series are not known. */
  readonly words: readonly string[]
}
