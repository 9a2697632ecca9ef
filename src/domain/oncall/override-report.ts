import type {Environment} from '../environment.js'
import type {Refusal} from '../consent/refusal.js'
import type {IsoTime} from '../time/iso-time.js'
import type {DecisionAct} from './override-decision.js'

/** Somebody else is on call; null: nobody. */
export interface ChangeReport {
  readonly start: IsoTime
  readonly end: IsoTime
  readonly before: string | null
  readonly after: string | null
}

/** Who is put on call while they are away. */
export interface AwayOnCall {
  readonly person: string
  readonly start: IsoTime
  readonly end: IsoTime
}

/** What a decision changes. */
export interface OverridePlan extends Environment {
  readonly at: IsoTime
  readonly act: DecisionAct | 'undo'
  /** Whoever takes; both who swap; whoever is concerned by what is taken back. */
  readonly people: readonly string[]
  readonly changes: readonly ChangeReport[]
  readonly away: readonly AwayOnCall[]
}

export interface OverrideReport {
  readonly plan: OverridePlan
  readonly dryRun: boolean
  readonly refusal: Refusal | null
  /** It was so before, and nothing was written. */
  readonly isAlready: boolean
  /** When whoever takes is no longer on call, of what they have already; null: nothing was asked that is so already. */
  readonly alreadyUntil: IsoTime | null
  /** The decision; null: nothing was written. */
  readonly id: string | null
  /** Who is on call now, as read back afterwards; null: nobody, or nothing was written. */
  readonly nowOnCall: string | null
  /** Where the rota, read back, is not as planned: somebody decided otherwise meanwhile. `before` is who was to be on call. */
  readonly unlike: readonly ChangeReport[]
}

/** What an edit of the rota changes. */
export interface RotaDiff {
  readonly at: IsoTime
  readonly from: IsoTime
  readonly to: IsoTime
  /** The file that the rota in force is compared with. */
  readonly against: string
  /** The zone of the rota in force; null: there is none. */
  readonly timezone: string | null
  readonly changes: readonly ChangeReport[]
  readonly people: readonly {
    readonly person: string
    readonly gainedSeconds: number
    readonly lostSeconds: number
  }[]
}
