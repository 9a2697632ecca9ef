import type {Failure, ShownNote} from '../notices/undelivered.js'
import type {IsoTime} from '../time/iso-time.js'

/** Why a page was not delivered, or how it was when not as usual. */
export type PageReason = Failure | ShownNote

/** What became of a page on a channel. */
export interface TestPage<Reason = PageReason> {
  readonly channel: string
  readonly status: 'delivered' | 'failed' | 'rejected'
  readonly reason: Reason | null
}

export interface TestedPerson<Reason = PageReason> {
  readonly person: string
  /** None where an acknowledgement is only entered. */
  readonly channels: readonly TestPage<Reason>[]
  /** null: not yet. */
  readonly acknowledgedAt: IsoTime | null
  readonly acknowledgedAfterSeconds: number | null
}

export interface PageTestReport<Reason = PageReason> {
  readonly at: IsoTime
  /** null: nothing could be tested. */
  readonly id: string | null
  /** Why nothing could be tested; null: it was. */
  readonly lacks: 'rota' | 'channel' | null
  /** Whose acknowledgement was entered; null: pages were sent. */
  readonly acknowledgedBy: string | null
  readonly waitSeconds: number
  readonly people: readonly TestedPerson<Reason>[]
  /** What became of the end of each alert that a pager was to open for it. */
  readonly closings: readonly TestPage<Reason>[]
}

/** A step of a test, as it happens. */
export type PageTestStep =
  | {readonly kind: 'begun'; readonly id: string; readonly people: readonly string[]}
  | {readonly kind: 'sent'; readonly person: string; readonly page: TestPage}
  | {readonly kind: 'waiting'; readonly id: string; readonly until: IsoTime}
  /** `left`: whose acknowledgement is still waited for. */
  | {
      readonly kind: 'acknowledged'
      readonly person: string
      readonly afterSeconds: number
      readonly left: readonly string[]
    }
  | {readonly kind: 'closed'; readonly page: TestPage}
