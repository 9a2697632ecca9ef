import type {Alert} from '../domain/alert/alert.js'

/** Alertmanager. Errors: `unreachable`, `timedOut`, `badAnswer`. */
export interface Alerts {
  /** All active alerts, also silenced and inhibited ones, most severe first. */
  readonly active: () => Promise<readonly Alert[]>
  readonly version: () => Promise<string>
}
