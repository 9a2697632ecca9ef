import type {Weekday} from '../time/weekday.js'
import type {Interval} from './interval.js'

/** What a wall clock shows, as if it were UTC, in ms since the epoch. Which instant that is, is for the rota's zone to say (`wall-clock.ts`). */
export type WallTime = number

export interface Person {
  readonly name: string
  readonly email: string | null
  /** A member's id, as in `<@U012AB3CD>`. */
  readonly slack: string | null
  /** A user's id. */
  readonly pagerduty: string | null
}

export type RotationUnit = 'hours' | 'days' | 'weeks' | 'months'

/** Minutes after midnight; `end` is after `start`, and after 1440 where the window ends on the next day. */
export interface DayWindow {
  readonly start: number
  readonly end: number
}

/** Wall-clock windows, each of the day on which it begins. Null: the whole day; every day. */
export interface Restriction {
  readonly hours: readonly DayWindow[] | null
  readonly weekdays: readonly Weekday[] | null
}

/** People who take turns. */
export interface Layer {
  readonly name: string
  readonly every: {readonly count: number; readonly unit: RotationUnit}
  /** The hand-off from which every other is counted: turn n begins n units after it, and turn 0 is the first person's. */
  readonly anchor: WallTime
  /** Whether nobody is on call before the anchor; otherwise turns are counted backwards too. */
  readonly startsAtAnchor: boolean
  /** Nobody is on call from here on; null: it never ends. */
  readonly end: WallTime | null
  readonly people: readonly string[]
  readonly restriction: Restriction
}

export type EscalationTarget =
  {readonly kind: 'current' | 'next' | 'everyone'} | {readonly kind: 'person'; readonly name: string}

export interface EscalationStep {
  readonly notify: EscalationTarget
  /** How long they have to acknowledge before it goes on. */
  readonly withinSeconds: number
}

/** A person is on call in this interval, instead of whoever the layers say; with `replaces` only where that person would be. */
export interface Override extends Interval {
  readonly person: string
  readonly replaces: string | null
}

export interface Absence extends Interval {
  readonly person: string
  readonly reason: string | null
}

/** Where it is written in the zone of the rota, unless another is named; `plusMs` is time that passes after it. */
export interface WrittenMoment {
  readonly wall: WallTime
  readonly zone: string | null
  readonly plusMs: number
}

export interface WrittenPeriod {
  readonly from: WrittenMoment
  readonly to: WrittenMoment
}

/** An entry of a calendar that says nothing certain about when somebody is away. */
export interface UnreadAbsence {
  readonly person: string
  readonly file: string
  readonly what: string
  readonly why: 'recurring' | 'zone' | 'time' | 'file' | 'cut'
}

/** Somebody is away again and again. Its times are of the zone of `from`. */
export interface RecurringAbsence extends Pick<Absence, 'person' | 'reason'> {
  readonly file: string
  /** The first time. */
  readonly from: WrittenMoment
  /** By the clock on the wall, and then time that passes. */
  readonly lasts: {readonly wallMs: number; readonly plusMs: number}
  /** When it begins by its rule, from one wall time to another; null: there is too much to it. */
  readonly begins: (from: WallTime, to: WallTime) => readonly WallTime[] | null
  /** Nothing of the rule begins after it. */
  readonly until: WrittenMoment | null
  /** Further beginnings. */
  readonly more: readonly WrittenMoment[]
  readonly except: readonly WrittenMoment[]
}

/** A rota as its file has it: wall times, and no instant yet. */
export interface WrittenRota {
  readonly timezone: string
  readonly people: readonly Person[]
  /** A later one covers an earlier one. Names are unique. */
  readonly layers: readonly Layer[]
  /** When somebody has to be on call. */
  readonly coverage: Restriction
  readonly overrides: readonly (WrittenPeriod & Pick<Override, 'person' | 'replaces'>)[]
  readonly absences: readonly (WrittenPeriod & Pick<Absence, 'person' | 'reason'>)[]
  readonly recurring: readonly RecurringAbsence[]
  readonly unread: readonly UnreadAbsence[]
  readonly escalation: readonly EscalationStep[]
}

/** What `shiftsBetween` is asked about. */
export interface Rota extends Omit<WrittenRota, 'overrides' | 'absences'> {
  /** A later one covers an earlier one. */
  readonly overrides: readonly Override[]
  readonly absences: readonly Absence[]
}

/** Somebody's time on call without interruption, of one turn of one layer. Epoch ms. */
export interface Shift extends Interval {
  readonly person: string
  /** The layer it is of; null where an override alone says so. */
  readonly layer: string | null
  /** Of the layer; null where an override alone says so. */
  readonly turn: number | null
  /** What put this person here instead of whom the layers say. */
  readonly override: Override | null
}
