import type {IncidentPage} from '../alerts/alert-page.js'
import type {Measurement} from '../impact/measurement.js'
import type {DeliveryStatus, IncidentStep} from '../notices/notice.js'
import type {ChangeReport, OverridePlan} from '../oncall/override-report.js'
import type {Priority} from '../priority.js'
import type {IsoTime} from '../time/iso-time.js'
import type {IncidentTime, Resolution} from './incident.js'

/** What of an incident can be mended at any time; what is left out stays. An empty text of a role takes it away. */
export interface IncidentChanges {
  readonly title?: string
  readonly severity?: Priority
  readonly services?: readonly string[]
  readonly alerts?: readonly string[]
  readonly impact?: string
  readonly owner?: string
  readonly commander?: string
  readonly scribe?: string
}

export const ACTION_STATES = ['open', 'done', 'dropped'] as const
export type ActionState = (typeof ACTION_STATES)[number]

/** A figure as it was seen: `p95 latency 1.84 s`. */
export interface SeenFigure {
  readonly name: string
  /** In base units; null: it could not be measured. */
  readonly value: number | null
  readonly unit: 'seconds' | 'ratio' | 'perSecond'
}

export interface AnnouncedNotice<Status = DeliveryStatus> {
  readonly noticeId: string
  readonly channel: string
  readonly status: Status
}

/** What became of a notice since; `unknown`: there is no record of it any more. An event is written with what was so at once. */
export type StatusNow = DeliveryStatus | 'deliveredLater' | 'unknown'

export interface IncidentOpened {
  readonly kind: 'incident.opened'
  readonly handle: string
  readonly title: string
  readonly severity: Priority
  readonly services: readonly string[]
  readonly alerts: readonly string[]
  readonly impact: string | null
  readonly startedAt: IsoTime | null
  readonly detectedAt: IsoTime
  /** The run that it was opened for. */
  readonly runId: string | null
  /** Where Alertmanager may page for it by the same routing key; it stays so whatever becomes of Alertmanager. */
  readonly page?: IncidentPage
}

/** `happenedAt`: apart from when it was entered. */
export type IncidentEvent = {readonly happenedAt: IsoTime} & (
  | IncidentOpened
  | {readonly kind: 'incident.acknowledged'; readonly owner: string}
  | {readonly kind: 'incident.noted'; readonly text: string}
  /** What people were told. */
  | {readonly kind: 'incident.updated'; readonly text: string}
  | {readonly kind: 'incident.changed'; readonly changes: IncidentChanges}
  | {readonly kind: 'incident.mitigated'; readonly text: string}
  | {readonly kind: 'incident.resolved'; readonly as: Resolution; readonly text: string}
  | {
      readonly kind: 'incident.reopened'
      readonly why: 'relapse' | 'asked'
      readonly text: string
      /** Where another incident has Alertmanager's page by now. */
      readonly page?: IncidentPage
    }
  /** What was believed before stays in the events before. */
  | {readonly kind: 'incident.timeCorrected'; readonly time: IncidentTime; readonly to: IsoTime}
  /** It is a part of another one, and ends with that. */
  | {readonly kind: 'incident.merged'; readonly into: string}
  | {readonly kind: 'incident.absorbed'; readonly handle: string}
  | {readonly kind: 'incident.handedOver'; readonly to: string}
  | {
      readonly kind: 'incident.announced'
      readonly step: IncidentStep
      readonly notices: readonly AnnouncedNotice<StatusNow>[]
    }
  /** A step of the rota's escalation, counted from 1, of the time after so many reopenings. */
  | {
      readonly kind: 'incident.escalated'
      readonly round: number
      readonly step: number
      /** Skipped: a later step was due by then, or it had nobody. */
      readonly why: 'paged' | 'late' | 'nobody'
      readonly people: readonly string[]
      readonly notices: readonly AnnouncedNotice<StatusNow>[]
    }
  | {readonly kind: 'incident.figures'; readonly figures: readonly SeenFigure[]}
  /** What it did, by the metrics; the last one counts, and those before stay. */
  | {readonly kind: 'incident.measured'; readonly measurement: Measurement}
  | {readonly kind: 'run.linked'; readonly runId: string}
  /** A silence was set or taken away. */
  | {readonly kind: 'alerts.silenced'; readonly silence: string; readonly text: string}
  | {readonly kind: 'alerts.unsilenced'; readonly silence: string; readonly text: string}
  /** Somebody else is on call: a shift was taken or swapped, or that was taken back. */
  | {
      readonly kind: 'oncall.changed'
      readonly act: OverridePlan['act']
      readonly override: string
      readonly changes: readonly ChangeReport[]
      /** Whether the rota, read back, was as planned. */
      readonly isAsPlanned: boolean
    }
  | {readonly kind: 'alert.changed'; readonly alert: string; readonly to: 'firing' | 'quiet'}
  | {
      readonly kind: 'action.added'
      readonly text: string
      readonly owner: string | null
      readonly dueAt: IsoTime | null
    }
  /** `number`: its place among those of the incident. */
  | {
      readonly kind: 'action.changed'
      readonly number: number
      readonly state?: ActionState
      readonly owner?: string
      readonly dueAt?: IsoTime
    }
)

/** An event as the store has it. `sequence`: one more than the highest that its writer had seen, so that causes come before effects whatever the clocks say. */
export type IncidentEntry = IncidentEvent & {
  /** ULID of the event. */
  readonly id: string
  readonly sequence: number
  /** When it was entered. */
  readonly at: IsoTime
  /** `ana@vm`. */
  readonly by: string
}
