/** What can be said of a runbook without reading it whole. */
export interface RunbookSummary {
  readonly name: string
  readonly title: string
  readonly severity: string
  readonly alerts: readonly string[]
  readonly services: readonly string[]
}

export interface RunbookList {
  readonly runbooks: readonly RunbookSummary[]
}
