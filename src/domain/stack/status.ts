import type {ListedAlert} from '../alert/alert-board.js'
import type {Silence} from '../alert/silence.js'
import type {SignalReading} from '../signals/reading.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Cause} from './cause.js'
import type {Absence} from './compose-project.js'
import type {EndpointHealth} from './health.js'
import type {Section} from './section.js'
import type {ServiceState} from './service-state.js'

/** Something that happened to the service lately. */
export interface Change {
  readonly at: IsoTime
  readonly what: string
  /** `restarted`: by the engine, because it ended; `action`: what faci did. */
  readonly kind: 'created' | 'started' | 'exited' | 'restarted' | 'removed' | 'action'
  /** Empty for an action. */
  readonly services: readonly string[]
  /** How it ended, last if it was restarted; the code is null when the engine no longer knows it. */
  readonly ending: {readonly exitCode: number | null; readonly outOfMemory: boolean} | null
  /** How often the engine has restarted it since somebody last started it; null unless it did. */
  readonly restartCount: number | null
}

export interface LockView {
  readonly state: 'free' | 'held' | 'stale'
  readonly holder: string | null
  readonly reason: string | null
  readonly since: IsoTime | null
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
  /** Not null: the project has no containers at all. */
  readonly absent: Absence | null
  readonly services: Section<readonly ServiceState[]>
  readonly health: Section<readonly EndpointHealth[]>
  readonly signals: Section<readonly SignalReading[]>
  readonly alerts: Section<readonly ListedAlert[]>
  /** Those that keep alerts quiet now. */
  readonly silences: readonly Silence[]
  /** Why more may be firing than is shown. */
  readonly alertDoubts: readonly string[]
  readonly changes: readonly Change[]
  readonly lock: Section<LockView>
  readonly undelivered: Section<number>
  /** What is in the store and cannot be read: notices in the outbox, journals of runs. */
  readonly unreadable: Section<{readonly notices: number; readonly runs: number}>
}
