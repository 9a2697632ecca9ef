import type {Labels} from '../promql/sample.js'
import type {IsoTime} from '../time/iso-time.js'

export interface GroupedAlert {
  readonly labels: Labels
  readonly startsAt: IsoTime
  /** `suppressed`: silenced, inhibited, or muted by time. `unprocessed`: Alertmanager has not looked yet. */
  readonly state: 'active' | 'suppressed' | 'unprocessed'
  /** Whether something of it (a label, an annotation, its source) reads as the beginning of a template. */
  readonly likeTemplate: boolean
}

/** Alerts that Alertmanager tells one receiver of together. */
export interface AlertGroup {
  readonly receiver: string
  readonly labels: Labels
  readonly alerts: readonly GroupedAlert[]
}
