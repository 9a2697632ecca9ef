import type {Problem} from './problem.js'
import type {PlacedRunbook} from './runbook.js'

/** What a text says as a runbook. */
export type ReadRunbook =
  | {readonly kind: 'valid'; readonly runbook: PlacedRunbook}
  | {
      readonly kind: 'invalid'
      readonly name: string
      readonly file: string
      /** All of them, in the order of the file. */
      readonly problems: readonly Problem[]
      /** What could be read all the same: for looking at, never for running. */
      readonly draft: PlacedRunbook
    }
