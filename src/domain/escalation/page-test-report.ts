import type {Failure, ShownNote} from '../notices/undelivered.js'
import type {IsoTime} from '../time/iso-time.js'

/** Why a page was not delivered, or how it was when not as usual. */
export type PageReason = Failure | ShownNote

export interface TestedPerson<Reason = PageReason> {
  readonly person: string
  /** What became of their page on each channel; none where an acknowledgement is only entered. */
  readonly channels: readonly {
    readonly channel: string
    readonly status: 'delivered' | 'failed' | 'rejected'
    readonly reason: Reason | null
  }[]
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
}
