import type {IsoTime} from '../time/iso-time.js'

export interface TestedPerson {
  readonly person: string
  /** What became of their page on each channel; none where an acknowledgement is only entered. */
  readonly channels: readonly {readonly channel: string; readonly status: 'delivered' | 'failed' | 'rejected'}[]
  /** null: not yet. */
  readonly acknowledgedAt: IsoTime | null
  readonly acknowledgedAfterSeconds: number | null
}

export interface PageTestReport {
  readonly at: IsoTime
  /** null: nothing could be tested. */
  readonly id: string | null
  /** Why nothing could be tested; null: it was. */
  readonly lacks: 'rota' | 'channel' | null
  /** Whose acknowledgement was entered; null: pages were sent. */
  readonly acknowledgedBy: string | null
  readonly waitSeconds: number
  readonly people: readonly TestedPerson[]
}
