import type {IncidentPage} from '../alerts/alert-page.js'
import type {Priority} from '../priority.js'
import type {IsoTime} from '../time/iso-time.js'

/** `mitigated`: recovered, and watched for a relapse. `reopened`: it came back, and nobody has said again that they are on it. */
export type IncidentState = 'open' | 'acknowledged' | 'mitigated' | 'resolved' | 'reopened'

/** What a resolved incident turned out to be. All but `fixed` are left out of statistics. */
export const RESOLUTIONS = ['fixed', 'false-alarm', 'duplicate'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

/** The moments of an incident, apart from when they were typed. null: not yet, or nobody knows. */
export interface IncidentTimes {
  /** The service began to suffer. */
  readonly startedAt: IsoTime | null
  /** Somebody, or an alert, noticed. */
  readonly detectedAt: IsoTime | null
  readonly acknowledgedAt: IsoTime | null
  readonly mitigatedAt: IsoTime | null
  readonly resolvedAt: IsoTime | null
}

export type IncidentTime = keyof IncidentTimes

/** The order in which they happen. */
export const INCIDENT_TIMES: readonly IncidentTime[] = [
  'startedAt',
  'detectedAt',
  'acknowledgedAt',
  'mitigatedAt',
  'resolvedAt',
]

/** What the events of an incident come to, without what depends on the clock or on faci.yml. */
export interface IncidentFacts extends IncidentTimes {
  /** ULID. */
  readonly id: string
  /** `INC-7`. */
  readonly handle: string
  readonly title: string
  /** As it was opened; the title may be mended. */
  readonly subject: string
  readonly severity: Priority
  readonly state: IncidentState
  readonly services: readonly string[]
  readonly alerts: readonly string[]
  /** What its users notice, in words for everybody; null: nobody has said. */
  readonly impact: string | null
  /** Who works on it; null: nobody yet. */
  readonly owner: string | null
  readonly commander: string | null
  readonly scribe: string | null
  readonly openedAt: IsoTime
  /** When people were last told; the next update is promised from then. */
  readonly lastUpdateAt: IsoTime
  readonly reopenings: number
  /** Action items that nobody has done or dropped. */
  readonly openActions: number
  /** null while it is not resolved. */
  readonly resolution: Resolution | null
  /** The handle of the incident that it is a part of; null stands for itself. */
  readonly mergedInto: string | null
  /** null: no channel adopts Alertmanager's pages, and what pages has a page of faci's own. */
  readonly page: IncidentPage | null
}

/** An incident as it is shown, at some moment. */
export interface Incident extends IncidentFacts {
  /** null once it is resolved. */
  readonly nextUpdateDueAt: IsoTime | null
  /** From its start to its detection; null while either is unknown, as are the others. */
  readonly timeToDetectSeconds: number | null
  /** From its detection. */
  readonly timeToAcknowledgeSeconds: number | null
  /** From its start, or from its detection while the start is unknown. */
  readonly timeToMitigateSeconds: number | null
  /** Likewise. */
  readonly timeToResolveSeconds: number | null
}

/** After how many seconds without one people are owed an update, by severity. */
export type UpdateIntervals = Readonly<Record<Priority, number>>

function secondsBetween(from: IsoTime | null, to: IsoTime | null): number | null {
  if (from === null || to === null) return null
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000
  return seconds < 0 ? null : seconds
}

function later(at: IsoTime, seconds: number): IsoTime {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}

export function isOver({state}: Pick<IncidentFacts, 'state'>): boolean {
  return state === 'resolved'
}

export function shownIncident(facts: IncidentFacts, intervals: UpdateIntervals): Incident {
  const {lastUpdateAt} = facts
  const begun = facts.startedAt ?? facts.detectedAt
  return {
    ...facts,
    nextUpdateDueAt: isOver(facts) ? null : later(lastUpdateAt, intervals[facts.severity]),
    timeToDetectSeconds: secondsBetween(facts.startedAt, facts.detectedAt),
    timeToAcknowledgeSeconds: secondsBetween(facts.detectedAt, facts.acknowledgedAt),
    timeToMitigateSeconds: secondsBetween(begun, facts.mitigatedAt),
    timeToResolveSeconds: secondsBetween(begun, facts.resolvedAt),
  }
}

/** Whether people wait for an update that was promised by now. */
export function isUpdateOverdue({nextUpdateDueAt: due}: Pick<Incident, 'nextUpdateDueAt'>, now: Date): boolean {
  return due !== null && Date.parse(due) <= now.getTime()
}
