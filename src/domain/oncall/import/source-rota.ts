import type {WallTime} from '../rota.js'

export const TOOLS = ['pagerduty', 'opsgenie', 'grafana'] as const

/** Whose export it is. */
export type Tool = (typeof TOOLS)[number]

/** Somebody as the other tool has them. */
export interface SourcePerson {
  readonly id: string
  readonly name: string | null
  readonly email: string | null
  /** A member's id. */
  readonly slack: string | null
  /** A user's id. */
  readonly pagerduty: string | null
}

/** `start` in minutes of a week that begins on Monday; it may go on into the next week. */
export interface WeekWindow {
  readonly start: number
  readonly minutes: number
}

/** People who take turns, as the other tool has them. Wall times are of the rota's zone and may have seconds. */
export interface SourceRotation {
  readonly name: string
  /** A higher one covers a lower one; those of the same rank are on call at the same time. */
  readonly rank: number
  /** How long a turn is by the clock on the wall. */
  readonly everyMinutes: number
  /** Where turn 0 begins, which is the first person's. */
  readonly anchor: WallTime
  /** Nobody is on call by it before. */
  readonly from: WallTime
  readonly until: WallTime | null
  /** Ids. */
  readonly people: readonly string[]
  /** Null: always. */
  readonly windows: readonly WeekWindow[] | null
  /** Whether a turn without any of the windows is somebody's all the same. */
  readonly countsIdleTurns: boolean
  /** What of it is lost although it is carried over. */
  readonly losses: readonly ImportFinding[]
}

export interface SourceOverride {
  readonly person: string
  /** Epoch ms. */
  readonly start: number
  readonly end: number
  /** Names of the rotations that it covers; null: all of them. */
  readonly rotations: readonly string[] | null
}

export interface SourceStep {
  /** Null: nobody whom a step of faci can notify. */
  readonly notify: {readonly kind: 'current'} | {readonly kind: 'person'; readonly id: string} | null
  readonly withinSeconds: number
  /** Whom it notifies there. */
  readonly about: string
}

/** Who was on call, says the tool itself. Epoch ms. */
export interface ComputedShift {
  readonly person: string
  readonly start: number
  readonly end: number
}

/** A schedule of another tool, in terms that all of them share. */
export interface SourceRota {
  readonly tool: Tool
  readonly schedule: string
  readonly timezone: string
  readonly people: readonly SourcePerson[]
  /** In the order of the file; a finding stands where a rotation cannot be read. */
  readonly rotations: readonly (SourceRotation | ImportFinding)[]
  readonly overrides: readonly (SourceOverride | ImportFinding)[]
  readonly escalation: readonly SourceStep[]
  readonly computed: readonly ComputedShift[]
  /** What is about no part alone. */
  readonly findings: readonly ImportFinding[]
}

export type FindingKind =
  // A rotation that is left out.
  | 'simultaneous'
  | 'participant'
  | 'team'
  | 'emptyTurn'
  | 'empty'
  | 'turnLength'
  | 'recurrence'
  | 'tooManyTurns'
  | 'tooManyLayers'
  | 'zone'
  | 'virtualStart'
  | 'missingShift'
  | 'noShifts'
  | 'disabled'
  // A rotation that is carried over in part.
  | 'severalAtOnce'
  | 'seconds'
  | 'repeatedHour'
  | 'until'
  // An override that is left out.
  | 'overrideHour'
  | 'overridePerson'
  | 'overrideRotation'
  | 'tooManyOverrides'
  // Overrides that may be somewhere else.
  | 'whoseOverride'
  | 'noOverrides'
  // Escalation.
  | 'step'
  | 'stepWait'
  | 'stepEarlier'
  | 'loops'
  | 'policy'
  | 'chain'
  // Escalation that may be somewhere else.
  | 'noEscalation'
  // People.
  | 'contact'
  | 'renamed'
  | 'unnamed'
  // The whole.
  | 'calendar'
  | 'differs'

/** What was not carried over, or not understood, or is another's word for something. */
export interface ImportFinding {
  readonly kind: FindingKind
  readonly part: 'rota' | 'people' | 'layers' | 'overrides' | 'escalation'
  /** What it is about, as the other tool has it. */
  readonly name: string
  /** What `kind` leaves open; the words for it say what that is. */
  readonly detail: string
}

/** For people: an instant, or a wall time of a zone that is named beside it. */
export function minuteText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

export function utcText(at: number): string {
  return `${minuteText(at)} UTC`
}

export function finding(
  kind: FindingKind,
  part: ImportFinding['part'],
  name: string,
  detail: string | number = '',
): ImportFinding {
  return {kind, part, name, detail: String(detail)}
}

export function isFinding(entry: object): entry is ImportFinding {
  return 'kind' in entry && 'part' in entry
}
