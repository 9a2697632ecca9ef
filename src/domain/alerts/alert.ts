import type {Labels} from '../promql/sample.js'
import type {IsoTime} from '../time/iso-time.js'

export interface Alert {
  /** What Alertmanager calls it, as in `inhibitedBy` of others. */
  readonly fingerprint: string
  readonly name: string
  readonly state: 'pending' | 'firing' | 'suppressed'
  readonly severity: string | null
  readonly priority: string | null
  readonly summary: string | null
  readonly description: string | null
  /** The name typed after `faci runbook`, from the `runbook` annotation. */
  readonly runbook: string | null
  readonly since: IsoTime
  readonly labels: Labels
  readonly annotations: Labels
  readonly silencedBy: readonly string[]
  readonly inhibitedBy: readonly string[]
  readonly receivers: readonly string[]
}
