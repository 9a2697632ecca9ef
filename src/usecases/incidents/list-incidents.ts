import type {IncidentList} from '../../domain/incidents/incident-report.js'
import {isOver, shownIncident, type UpdateIntervals} from '../../domain/incidents/incident.js'
import type {Result} from '../../domain/result.js'
import type {Clock} from '../../ports/clock.js'
import type {IncidentStore} from '../../ports/incident-store.js'

export interface ListIncidentsInput {
  /** The newest N beside those that are open; infinite for all. */
  readonly limit: number
  readonly onlyOpen: boolean
  readonly updates: UpdateIntervals
}

export async function listIncidents(
  {incidents, clock}: {readonly incidents: IncidentStore; readonly clock: Clock},
  {limit, onlyOpen, updates}: ListIncidentsInput,
): Promise<Result<IncidentList>> {
  const listing = await incidents.list(onlyOpen ? 0 : limit)
  const wanted = listing.incidents.filter((incident) => !onlyOpen || !isOver(incident))
  const at = clock.now().toISOString()
  const total = onlyOpen ? wanted.length : listing.total
  return {verdict: 'ok', data: {at, incidents: wanted.map((facts) => shownIncident(facts, updates)), total}}
}
