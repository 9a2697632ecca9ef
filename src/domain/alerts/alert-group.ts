import type {Labels} from '../promql/sample.js'
import type {IsoTime} from '../time/iso-time.js'

export interface GroupedAlert {
  readonly labels: Labels
  readonly startsAt: IsoTime
}

/** Alerts that Alertmanager tells one receiver of together. */
export interface AlertGroup {
  readonly receiver: string
  readonly labels: Labels
  readonly alerts: readonly GroupedAlert[]
}
