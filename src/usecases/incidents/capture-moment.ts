import {FaciError} from '../../domain/errors.js'
import type {IncidentEntry, IncidentEvent, SeenFigure} from '../../domain/incidents/incident-event.js'
import {alertChanges, type SeenAlert} from '../../domain/incidents/seen-alerts.js'
import type {Clock} from '../../ports/clock.js'

/** What can be seen of the service while somebody acts; null: nothing is set up that could tell. */
export interface Eyes {
  readonly figures: (() => Promise<readonly SeenFigure[]>) | null
  readonly alerts: (() => Promise<readonly SeenAlert[]>) | null
}

/** Nobody waits for a backend that is down: what cannot be seen is not in the record. */
async function seen<T>(ask: (() => Promise<T>) | null): Promise<T | null> {
  try {
    return (await ask?.()) ?? null
  } catch (error) {
    if (error instanceof FaciError && error.code !== 'interrupted') return null
    throw error
  }
}

/** What the responder could see at this moment, for the record: figures, and alerts that came or went. */
export async function captureMoment(
  {eyes, clock}: {readonly eyes: Eyes; readonly clock: Clock},
  entries: readonly IncidentEntry[],
): Promise<readonly IncidentEvent[]> {
  const [figures, alerts] = await Promise.all([seen(eyes.figures), seen(eyes.alerts)])
  const happenedAt = clock.now().toISOString()
  const changes = alerts === null ? [] : alertChanges(entries, alerts, happenedAt)
  const measured = (figures ?? []).some(({value}) => value !== null)
  return [...changes, ...(measured ? [{kind: 'incident.figures', happenedAt, figures: figures ?? []} as const] : [])]
}
