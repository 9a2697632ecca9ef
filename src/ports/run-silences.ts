/** What became of a run's silences at its end. */
export interface EndedSilences {
  readonly ended: number
  /** Why those that are known of could not all be ended: they end by themselves within minutes. */
  readonly problem: string | null
}

/** The silences that a run's blocks make last as long as the run. Nothing here throws: Alertmanager away never stops a run. */
export interface RunSilences {
  /** From now on they are renewed; what it gives ends them. */
  readonly keep: (runId: string) => () => Promise<EndedSilences>
}
