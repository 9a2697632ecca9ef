import type {Priority} from '../../domain/priority.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {IncidentPlace} from './incident-deps.js'

/** An alert that it is about, as far as anybody knows it. */
export interface KnownAlert {
  readonly name: string
  readonly severity: string | null
  readonly priority: string | null
  /** When it began to fire; null: it does not, or nobody could be asked. */
  readonly firingSince: IsoTime | null
}

export interface OpenIncidentInput extends IncidentPlace {
  readonly title: string
  /** null: by its alerts. */
  readonly severity: Priority | null
  readonly services: readonly string[]
  readonly alerts: readonly KnownAlert[]
  readonly impact: string | null
  readonly text: string
  readonly startedAt: IsoTime | null
  readonly detectedAt: IsoTime | null
  /** Whatever else is open. */
  readonly isNew: boolean
  readonly runId: string | null
}
