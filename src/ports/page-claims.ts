import type {SkipReason} from '../domain/escalation/escalation-due.js'
import type {IsoTime} from '../domain/time/iso-time.js'

/** A step of a round of an incident's escalation, and all that is needed to carry it out. */
export interface PageClaim {
  /** ULID. */
  readonly incident: string
  readonly round: number
  /** From 0. */
  readonly step: number
  readonly at: IsoTime
  readonly why: 'paged' | SkipReason
  readonly people: readonly string[]
  /** The notices that carry it out, by ids that are chosen before: whoever sends them sends the same. */
  readonly notices: readonly {readonly channel: string; readonly id: string}[]
}

export interface KeptClaim extends PageClaim {
  /** Whether it was carried out. */
  readonly isDone: boolean
}

/** The right to page, for one process at a time. */
export interface PagingRight {
  /** Throws `locked` when it is no longer ours: a laptop may have slept. Call before each page. */
  readonly recheck: () => Promise<void>
  readonly release: () => Promise<void>
}

/** Which steps were taken. A step is claimed once, whoever calls. Errors: `unreachable` when it cannot be read or written. */
export interface PageClaims {
  /** On disk when it resolves; false: somebody has it. */
  readonly claim: (claim: PageClaim) => Promise<boolean>
  /** Of one incident; one that cannot be read counts as skipped long ago. */
  readonly of: (incident: string) => Promise<readonly KeptClaim[]>
  readonly finish: (claim: Pick<PageClaim, 'incident' | 'round' | 'step'>) => Promise<void>
  /** null while another process has it. That of a process that died is given. */
  readonly alone: () => Promise<PagingRight | null>
  /** Whether a process that lives has it now. Writes nothing. */
  readonly isTaken: () => Promise<boolean>
}
