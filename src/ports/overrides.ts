import type {NewDecision, OverrideDecision} from '../domain/oncall/override-decision.js'

export interface OverrideListing {
  /** In the order in which they count: a later one covers an earlier one. Withdrawn ones too. */
  readonly decisions: readonly OverrideDecision[]
  /** Ids of those that are there and cannot be read; a withdrawn one is none of them. */
  readonly unreadable: readonly string[]
}

/**
 * Overrides of the rota that were decided after it was written. They are only added to; any number of processes may write at once, and
 * nothing of what any of them wrote is lost. Errors: `unreachable` when it cannot be read or written.
 */
export interface Overrides {
  /** Behind all that was there. On disk when it resolves, to its id. */
  readonly add: (decision: NewDecision) => Promise<string>
  /** Takes one back, also one that cannot be read; twice is as good as once. On disk when it resolves. Errors: `notFound`. */
  readonly withdraw: (id: string) => Promise<void>
  readonly list: () => Promise<OverrideListing>
  /** The right to decide, for one process at a time; null while another one has it. That of a process that died is given. */
  readonly alone: () => Promise<{readonly release: () => Promise<void>} | null>
}
