import type {Deed} from '../journal/deed.js'
import type {Reason} from '../journal/reason.js'
import type {RunOutcome} from '../journal/run-outcome.js'

/** How a run is told to people, in one language. */
export interface RunWords {
  readonly outcome: (outcome: RunOutcome | 'started') => string
  /** As a person would say it: `7.5 s`, `42s`, `1m 30s`. */
  readonly duration: (seconds: number) => string
  readonly started: (operator: string) => string
  readonly reason: (reason: Reason) => string
  /** One honest line of what was done, and why it ended like this: `restart did not help; recreate resolved it after 12s.` */
  readonly summary: (deeds: readonly Deed[], reasons: readonly Reason[]) => string
  /** A text in which the numbers that a query gave are written as its readers do. */
  readonly numbers: (text: string) => string
  /** Before the id of a run. */
  readonly run: string
}
