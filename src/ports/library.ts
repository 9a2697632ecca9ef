import type {Problem} from '../domain/runbook/problem.js'
import type {Runbook} from '../domain/runbook/runbook.js'

/** What can be said of a runbook without reading it whole. */
export interface RunbookSummary {
  readonly name: string
  readonly title: string
  readonly severity: string
  readonly alerts: readonly string[]
  readonly services: readonly string[]
}

export type ReadRunbook =
  | {readonly kind: 'valid'; readonly runbook: Runbook}
  /** Every problem, in the order of the file. */
  | {readonly kind: 'invalid'; readonly name: string; readonly file: string; readonly problems: readonly Problem[]}

/** The runbooks of a service: `NAME.md` in one directory. */
export interface Library {
  /** By name. Fast; does not check what it lists. */
  readonly list: () => Promise<readonly RunbookSummary[]>
  /** Errors: `notFound` with the name that was probably meant. */
  readonly read: (name: string) => Promise<ReadRunbook>
}
