/** A time as a calendar has it. */
export interface CalendarTime {
  /** What a wall clock shows, as if it were UTC, in ms since the epoch. */
  readonly wall: number
  /** `UTC`, or the TZID as it is written; null: whatever zone the reader is in. */
  readonly zone: string | null
  /** Time that passes after it. */
  readonly plusMs: number
}

/** When an entry comes again. */
export interface CalendarRecurrence {
  /** What RRULE says, without its UNTIL; null: there is none. */
  readonly rule: string | null
  /** Nothing of the rule begins after it; null: it has no such end. */
  readonly until: CalendarTime | null
  /** Further beginnings (RDATE). */
  readonly more: readonly CalendarTime[]
  /** Beginnings that are left out (EXDATE), or that an entry of its own stands for (RECURRENCE-ID). */
  readonly except: readonly CalendarTime[]
}

/** An entry that is not cancelled; its end is not part of it. */
export interface CalendarEntry {
  readonly summary: string
  /** Null: it comes only once. Otherwise `period` is the first time. `unclear`: it comes again, and when is not understood. */
  readonly recurrence: CalendarRecurrence | 'unclear' | null
  /** Null: not understood. */
  readonly period: {readonly from: CalendarTime; readonly to: CalendarTime} | null
}
