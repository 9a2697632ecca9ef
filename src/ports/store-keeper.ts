import type {PruneItem} from '../domain/retention/prune-plan.js'
import type {PrunedGroup, Unremoved} from '../domain/retention/prune-report.js'
import type {StoreContents} from '../domain/retention/stored.js'
import type {StoreUsage} from '../domain/retention/store-usage.js'

/** The right to prune, for one process at a time. */
export interface PruningRight {
  /** False: the disk is too full to note that somebody prunes, and a second one might do so as well, which harms nothing. */
  readonly isNoted: boolean
  /** Throws `locked` when it is no longer ours: a laptop may have slept. */
  readonly recheck: () => Promise<void>
  readonly release: () => Promise<void>
}

/** `gone`: it was not there any more. `changed`: it is not as it was looked at, and stays. */
export type Removal = 'removed' | 'gone' | 'changed'

/** What the store holds as a whole, for whoever makes room in it. What faci did not write is told, and never touched. */
export interface StoreKeeper {
  /** All of it, as it is now; what is begun meanwhile may be missing. Errors: `unreachable`. */
  readonly contents: () => Promise<StoreContents>
  /** Errors: `locked`, naming who prunes; `unreachable` for a store that cannot be written. */
  readonly claim: () => Promise<PruningRight>
  /**
   * Removes one thing while it is as it was looked at. Cut off at any moment, the store stays readable, and what is left is a leftover of
   * the next `contents`. Of an incident it stays known when it was pruned. Errors: `unreachable` for what cannot be removed.
   */
  readonly remove: (item: PruneItem) => Promise<Removal>
  /** Those of them that are still there. */
  readonly remaining: (items: readonly PruneItem[]) => Promise<readonly PruneItem[]>
  /** Adds to the record of what was pruned, which is kept. On disk when it resolves. Errors: `unreachable`. */
  readonly record: (entry: PruneEntry) => Promise<void>
  /** By its id, or by a part of it that no other has, of a run that is not there; null: the records of prunes say nothing of it. Errors: `unreachable`. */
  readonly prunedRun: (wanted: string) => Promise<PrunedRun | null>
  /** How much it takes, counted for so many seconds at most. */
  readonly usage: (withinSeconds: number) => Promise<StoreUsage>
}

/** A run that a prune removed. */
export interface PrunedRun {
  readonly id: string
  /** When that prune ended, or began where it was cut off, ISO 8601 UTC. */
  readonly at: string
  /** It did not say what it removed: the run was to go, and is told to have gone where it is not there. */
  readonly isCutOff: boolean
  /** As `ana@vm`. */
  readonly by: string
}

/** What the record says of a prune. */
export type PruneEntry =
  | {readonly kind: 'prune.started'; readonly goes: readonly PrunedGroup[]}
  | {
      readonly kind: 'prune.ended'
      readonly removed: readonly PrunedGroup[]
      readonly unremoved: readonly Unremoved[]
      readonly isInterrupted: boolean
    }
