import type {Labels} from '../promql/sample.js'
import type {IsoTime} from '../time/iso-time.js'

/** What an alert rule finds now. */
export interface LoadedAlert {
  readonly labels: Labels
  readonly annotations: Labels
  readonly state: 'pending' | 'firing'
  readonly since: IsoTime
  /** The same by the server's own clock: how long its expression has held. */
  readonly activeSeconds: number
  /** Of the expression, in its own unit; null when it is no finite number. */
  readonly value: number | null
}

/** An alert rule as Prometheus has loaded it, and how it stands. */
export interface LoadedRule {
  readonly name: string
  readonly group: string
  readonly expression: string
  readonly forSeconds: number
  readonly intervalSeconds: number
  readonly labels: Labels
  readonly annotations: Labels
  readonly state: 'inactive' | 'pending' | 'firing'
  /** Why it could not be evaluated; null when it could. */
  readonly error: string | null
  /** Since its last evaluation, by the server's own clock; null: it has never been evaluated. */
  readonly evaluationAgeSeconds: number | null
  readonly alerts: readonly LoadedAlert[]
}
