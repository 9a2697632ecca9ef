import type {IsoTime} from '../time/iso-time.js'

/** Something that happened to the service lately. */
export interface Activity {
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
