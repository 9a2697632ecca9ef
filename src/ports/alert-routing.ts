import type {NotificationCounts} from '../domain/alerts/alert-test.js'
import type {AlertGroup} from '../domain/alerts/alert-group.js'
import type {LoadedRouting} from '../domain/alerts/routing.js'
import type {Labels} from '../domain/promql/sample.js'
import type {IsoTime} from '../domain/time/iso-time.js'

/** An alert as Prometheus sends it. */
export interface SentAlert {
  readonly labels: Labels
  readonly annotations: Labels
  readonly startsAt: IsoTime
  /** When it counts as resolved unless it is sent again. */
  readonly endsAt: IsoTime
}

/** Alertmanager's routing, and what it counts. Errors: `unreachable`, `timedOut`, `badAnswer`. */
export interface AlertRouting {
  /** As it has loaded it. */
  readonly routing: () => Promise<LoadedRouting>
  /** Those of now, with alerts for which nobody is told. */
  readonly groups: () => Promise<readonly AlertGroup[]>
  readonly send: (alerts: readonly SentAlert[]) => Promise<void>
  /** The notifications that it has sent, and the attempts that failed, since it started. */
  readonly notifications: () => Promise<NotificationCounts>
}
