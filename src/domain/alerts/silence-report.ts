import type {Refusal} from '../consent/refusal.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Matcher} from '../promql/matcher.js'
import type {CoveredAlert, Silence} from './silence.js'

/** A silence with how many active alerts it keeps quiet now. */
export interface ListedSilence extends Silence {
  readonly alerts: number
  /** The run that it is leased to. */
  readonly runId: string | null
}

export interface SilenceList {
  readonly at: IsoTime
  readonly silences: readonly ListedSilence[]
}

/** What would be silenced, for how long, by whom and why. */
export interface SilencePlan {
  readonly at: IsoTime
  readonly environment: string
  readonly production: boolean
  readonly matchers: readonly Matcher[]
  readonly durationSeconds: number
  readonly endsAt: IsoTime
  readonly createdBy: string
  readonly comment: string
  /** The run that it is leased to: it ends with the run. */
  readonly runId: string | null
  readonly covers: readonly CoveredAlert[]
  /** What a person should know before saying yes. */
  readonly cautions: readonly string[]
}

export interface SilenceReport {
  readonly plan: SilencePlan
  readonly dryRun: boolean
  readonly refusal: Refusal | null
  /** Of the silence that was made. */
  readonly silenceId: string | null
}

export interface UnsilenceReport {
  readonly at: IsoTime
  readonly environment: string
  readonly production: boolean
  /** Those that end, or would. */
  readonly silences: readonly ListedSilence[]
  readonly dryRun: boolean
  readonly refusal: Refusal | null
  /** Ids of those that were ended. */
  readonly ended: readonly string[]
}
