import type {Alert} from './alert.js'

export interface AlertList {
  /** ISO 8601 UTC. */
  readonly at: string
  readonly alerts: readonly Alert[]
}
