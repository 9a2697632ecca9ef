import type {AlertDoubt} from '../alerts/doubt.js'
import type {ListedAlert} from '../alerts/alert-board.js'
import type {OngoingIncident} from '../incidents/ongoing-incident.js'
import type {OncallReport} from '../oncall/oncall-report.js'
import type {Silence} from '../alerts/silence.js'
import type {SignalReading} from '../signals/reading.js'
import type {Activity} from '../journal/activity.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Cause} from './cause.js'
import type {Absence} from '../stack/compose-project.js'
import type {EndpointHealth} from '../stack/health.js'
import type {Section} from '../section.js'
import type {ServiceState} from '../stack/service-state.js'

export interface LockView {
  readonly state: 'free' | 'held' | 'stale'
  readonly holder: string | null
  readonly reason: string | null
  readonly since: IsoTime | null
}

export interface HeldNotices {
  readonly notices: number
  readonly until: IsoTime
}

/** One screen: what a person on call needs first. */
export interface StatusReport {
  readonly service: string
  readonly environment: string
  readonly production: boolean
  readonly project: string
  readonly at: IsoTime
  /** What keeps it from being healthy, the worst first, each with what to type. */
  readonly causes: readonly Cause[]
  /** Those that are not over, the gravest first. They are no part of the verdict, which is about the service. */
  readonly incidents: Section<readonly OngoingIncident[]>
  /** No part of the verdict either. */
  readonly oncall: Section<OncallReport>
  /** Not null: the project has no containers at all. */
  readonly absent: Absence | null
  readonly services: Section<readonly ServiceState[]>
  readonly health: Section<readonly EndpointHealth[]>
  readonly signals: Section<readonly SignalReading[]>
  readonly alerts: Section<readonly ListedAlert[]>
  /** Those that keep alerts quiet now. */
  readonly silences: readonly Silence[]
  /** Why more may be firing than is shown. */
  readonly alertDoubts: readonly AlertDoubt[]
  readonly changes: readonly Activity[]
  readonly lock: Section<LockView>
  readonly undelivered: Section<number>
  /** When the oldest of them was made; null: there is none, or nobody knows. */
  readonly oldestUndeliveredAt: IsoTime | null
  /** What is held back as faci.yml wants it, and when the first of it is sent; null: nothing is. */
  readonly heldNotices: HeldNotices | null
  /** How many of them the fallback channel has. */
  readonly onFallback: number
  /** What is in the store and cannot be read: notices in the outbox, journals of runs. */
  readonly unreadable: Section<{readonly notices: number; readonly runs: number}>
}
