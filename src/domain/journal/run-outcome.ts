/** How a run ended for the incident it was for. */
export type RunOutcome =
  | 'resolved'
  /** Not resolved by a mitigation; what was done is undone, and every condition holds. */
  | 'rolledBack'
  | 'rollbackFailed'
  | 'alreadyResolved'
  | 'unresolved'
  | 'unknown'
  | 'refused'
  | 'interrupted'
  /** Only the read-only part ran, or the runbook does not say what resolved means. */
  | 'diagnosed'
