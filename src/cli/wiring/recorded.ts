import type {IncidentEvent} from '../../domain/incidents/incident-event.js'
import type {Result} from '../../domain/result.js'
import {noteInOpen} from '../../usecases/incidents/note-in-open.js'
import type {App} from '../app/app-ports.js'

/** The same result, once what was done is in the timeline of what is open; a warning where it could not be written there. */
export async function recorded<D>(app: App, result: Result<D>, events: readonly IncidentEvent[]): Promise<Result<D>> {
  if (events.length === 0) return result
  const warning = await noteInOpen(await app.incidents(), events)
  return warning === null ? result : {...result, warnings: [...(result.warnings ?? []), warning]}
}
