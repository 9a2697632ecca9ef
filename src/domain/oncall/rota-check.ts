import type {IsoTime} from '../time/iso-time.js'
import type {UnreadAbsence} from './rota.js'

/**
 * gap: somebody has to be on call and nobody is; overlap: two are asked to be and one hides the other; neverServes: is in the rota and never
 * on call; doubleShift: in two layers at once, or two shifts in a row; absence: on call while away.
 */
export type RotaFindingKind = 'gap' | 'overlap' | 'neverServes' | 'doubleShift' | 'absence'

export interface RotaFinding {
  readonly kind: RotaFindingKind
  readonly start: IsoTime
  readonly end: IsoTime
  readonly people: readonly string[]
}

export interface Fairness {
  readonly person: string
  readonly hours: number
  /** From 22:00 to 06:00, with an hour on call at least. */
  readonly nights: number
  /** Saturdays and Sundays with an hour on call at least. */
  readonly weekendDays: number
}

export interface RotaCheckReport {
  readonly from: IsoTime
  readonly to: IsoTime
  /** The zone of the rota; null: there is no rota. */
  readonly timezone: string | null
  /** Version of the time-zone data that all of this was computed with, such as 2025b; null: Node.js does not tell. */
  readonly timezoneData: string | null
  readonly findings: readonly RotaFinding[]
  /** Of everybody who is in the rota. */
  readonly fairness: readonly Fairness[]
  /** What calendars of absences say and faci does not understand: they may clash too. */
  readonly unread: readonly UnreadAbsence[]
}
