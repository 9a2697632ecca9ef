import type {IncidentEvent} from '../../domain/incidents/incident-event.js'
import {isOver} from '../../domain/incidents/incident.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {IncidentStore} from '../../ports/incident-store.js'

/** Writes what was done into every incident that is open. What was done stays done where that fails: says why, or null. */
export async function noteInOpen(incidents: IncidentStore, events: readonly IncidentEvent[]): Promise<string | null> {
  if (events.length === 0) return null
  try {
    const open = (await incidents.list(0)).incidents.filter((incident) => !isOver(incident))
    for (const {id} of open) await incidents.append(id, events)
    return null
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return `it is not in the timeline of the incident: ${error.message}`
  }
}
