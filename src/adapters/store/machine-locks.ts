import type {LeasePlace} from './lease-files.js'

/** The locks of this machine, for all its checkouts and accounts. */
export interface MachineLocks {
  /** Where a lease on this project lies or may lie: nothing is made, and the engine is only asked when something is there. */
  readonly placesToSee: (project: string) => Promise<readonly LeasePlace[]>
  /** Where one has to be taken; the folder is made. Errors: `unreachable` when there is none. */
  readonly placesToTake: (project: string) => Promise<readonly LeasePlace[]>
}
