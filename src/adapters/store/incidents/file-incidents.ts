import {existsSync} from 'node:fs'
import {join} from 'node:path'
import type {IncidentEntry, IncidentEvent} from '../../../domain/incidents/incident-event.js'
import type {Masker} from '../../../domain/secrets/masker.js'
import type {Clock} from '../../../ports/clock.js'
import type {Ids} from '../../../ports/ids.js'
import type {IncidentStore} from '../../../ports/incident-store.js'
import type {Leases} from '../../../ports/lease.js'
import {alone} from '../alone.js'
import {maskStrings} from '../mask-strings.js'
import {eventNames, nextSequence, notFound, readIncident, writeEvent, writeFirstEvent} from './incident-events.js'
import {claimHandle, findIncident, prunedAt} from './incident-handles.js'
import {indexIncidents, listIncidents, mark} from './incident-index.js'
import {type IncidentPlaces, incidentPlaces} from './incident-places.js'

export interface FileIncidentsOptions {
  /** `.faci`. */
  readonly directory: string
  readonly masker: Masker
  readonly clock: Clock
  readonly ids: Ids
  /** The right to open an incident is a lease, kept apart from those on projects. */
  readonly leases: () => Promise<Leases>
  /** Who writes: `ana@vm`. */
  readonly by: string
}

const RIGHT_TO_OPEN = 'opening'
const RIGHT = {reason: 'opening an incident', runId: null, takeover: 'whoever opened one is gone'} as const

/** A mark that somebody took for one of a writer long gone is made again. Whoever prunes lets an incident stay that has one without its event. */
async function writeMarked(places: IncidentPlaces, incident: string, entry: IncidentEntry): Promise<void> {
  await mark(places, incident, entry.id)
  if (entry.kind === 'incident.opened') await writeFirstEvent(places, incident, entry)
  else await writeEvent(places, incident, entry)
  if (!existsSync(join(places.changed, `${incident}.${entry.id}`))) await mark(places, incident, entry.id)
}

/** Incidents as files: `incidents/<ulid>/`, a file for each event, which only its writer ever writes. */
export function fileIncidents(options: FileIncidentsOptions): IncidentStore {
  const {clock, ids, by, masker} = options
  const places = incidentPlaces(options.directory)
  const write = async (incident: string, events: readonly IncidentEvent[], first: number): Promise<void> => {
    for (const [index, event] of events.entries()) {
      const entry = {sequence: first + index, at: clock.now().toISOString(), by, id: ids.next(), ...event}
      await writeMarked(places, incident, maskStrings(entry, masker) as IncidentEntry)
    }
    // A list is none the worse without: it takes longer.
    await indexIncidents(places, clock.now()).catch(() => undefined)
  }
  return {
    open: async (event) => {
      const id = ids.next()
      const handle = await claimHandle(places, id)
      await write(id, [{...event, handle}], 1)
      return {id, handle}
    },
    alone: async () => alone(await options.leases(), RIGHT_TO_OPEN, RIGHT),
    opener: async () => {
      const state = await (await options.leases()).inspect(RIGHT_TO_OPEN).catch(() => null)
      if (state?.kind !== 'held') return null
      const {operator, host, pid} = state.holder
      return `${operator} on ${host} (pid ${String(pid)})`
    },
    append: async (id, events) => {
      const names = await eventNames(places, id)
      if (names.length === 0) throw notFound(id)
      await write(id, events, nextSequence(names))
    },
    read: (id) => readIncident(places, id),
    list: (newest) => listIncidents(places, newest),
    find: (name) => findIncident(places, name),
    prunedAt: (name) => prunedAt(places, name),
  }
}
