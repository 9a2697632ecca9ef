import type {Alert} from '../domain/alerts/alert.js'
import type {Silence, SilenceWish} from '../domain/alerts/silence.js'

/** Alertmanager. Errors: `unreachable`, `timedOut`, `badAnswer`. */
export interface Alerts {
  /** All active alerts, also silenced and inhibited ones, most severe first. */
  readonly active: () => Promise<readonly Alert[]>
  /** Those that have not ended, the soonest to end first. */
  readonly silences: () => Promise<readonly Silence[]>
  /** Makes a silence, or changes the one with that id; gives its id. Errors: `usage` when Alertmanager refuses it, and why. */
  readonly silence: (wish: SilenceWish) => Promise<string>
  /** Ends a silence now. Errors: `notFound`. */
  readonly expireSilence: (id: string) => Promise<void>
  readonly version: () => Promise<string>
}
