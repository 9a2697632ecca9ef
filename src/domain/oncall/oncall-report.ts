import type {IsoTime} from '../time/iso-time.js'

/** Somebody's time on call without interruption. */
export interface DutyReport {
  readonly person: string
  /** Null: for more than a year. */
  readonly since: IsoTime | null
  /** Null: for more than a year. */
  readonly until: IsoTime | null
  /** The layer that says so; null: an override. */
  readonly layer: string | null
  /** Whether an override put this person there. */
  readonly isOverride: boolean
  /** Until when this person is away all the same, by an absence; null: not away. */
  readonly absentUntil: IsoTime | null
}

export interface OncallReport {
  readonly at: IsoTime
  /** The zone of the rota; null: there is no rota. */
  readonly timezone: string | null
  readonly now: DutyReport | null
  readonly next: DutyReport | null
  /** Whether `coverage` asks for somebody at that time. */
  readonly isRequired: boolean
  /** When, within a day, somebody has to be on call for the first time and nobody is; null: never. */
  readonly nextGapAt: IsoTime | null
}

export interface ShiftReport {
  readonly person: string
  readonly start: IsoTime
  readonly end: IsoTime
  /** Null: an override alone says so. */
  readonly layer: string | null
  readonly isOverride: boolean
}

export interface IntervalReport {
  readonly start: IsoTime
  readonly end: IsoTime
}

export interface ScheduleReport {
  readonly service: string
  readonly at: IsoTime
  readonly from: IsoTime
  readonly to: IsoTime
  /** The zone of the rota; null: there is no rota. */
  readonly timezone: string | null
  /** Of this person only. */
  readonly person: string | null
  /** In order; the first and the last as long as they are. */
  readonly shifts: readonly ShiftReport[]
  /** When somebody has to be on call and nobody is. */
  readonly gaps: readonly IntervalReport[]
}
