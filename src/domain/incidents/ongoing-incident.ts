import {command} from '../text/shell-command.js'
import {
  type Incident,
  type IncidentFacts,
  isOver,
  isUpdateOverdue,
  shownIncident,
  type UpdateIntervals,
} from './incident.js'

/** An incident that is not over, and what it waits for. */
export interface OngoingIncident extends Incident {
  /** What to type; null: nothing for now. */
  readonly next: string | null
}

export interface IncidentRules {
  readonly updates: UpdateIntervals
  /** For so many seconds one that recovered is watched for a relapse. */
  readonly watchSeconds: number
}

function isWatchedLongEnough({state, mitigatedAt}: IncidentFacts, now: Date, watchSeconds: number): boolean {
  return state === 'mitigated' && mitigatedAt !== null && now.getTime() - Date.parse(mitigatedAt) > watchSeconds * 1000
}

function nextOf(incident: Incident, now: Date, watchSeconds: number): string | null {
  const {state, handle} = incident
  if (state === 'open' || state === 'reopened') return command`faci incident ack ${handle}`
  if (isWatchedLongEnough(incident, now, watchSeconds)) return command`faci incident resolve ${handle}`
  return isUpdateOverdue(incident, now) ? command`faci incident update ${handle} --message '…'` : null
}

/** Those that are not over: the gravest first, of the same severity in the order in which they are given. */
export function ongoingIncidents(
  incidents: readonly IncidentFacts[],
  {updates, watchSeconds}: IncidentRules,
  now: Date,
): readonly OngoingIncident[] {
  return incidents
    .filter((facts) => !isOver(facts))
    .map((facts) => shownIncident(facts, updates))
    .map((incident) => ({...incident, next: nextOf(incident, now, watchSeconds)}))
    .sort((one, other) => one.severity.localeCompare(other.severity))
}
