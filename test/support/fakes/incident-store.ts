import {FaciError} from '../../../src/domain/errors.js'
import type {IncidentEntry, IncidentEvent} from '../../../src/domain/incidents/incident-event.js'
import {incidentRecord} from '../../../src/domain/incidents/incident-record.js'
import {isOver} from '../../../src/domain/incidents/incident.js'
import type {IncidentStore} from '../../../src/ports/incident-store.js'
import type {Clock} from '../../../src/ports/clock.js'
import type {Ids} from '../../../src/ports/ids.js'

export interface FakeIncidentsOptions {
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Ids
  readonly by?: string
  readonly mask?: (text: string) => string
}

/** Incidents in memory. */
export function fakeIncidents({clock, ids, by = 'ana@vm', mask = (text) => text}: FakeIncidentsOptions): IncidentStore {
  const kept = new Map<string, IncidentEntry[]>()
  let isTaken = false
  const add = (id: string, events: readonly IncidentEvent[]): void => {
    const entries = kept.get(id) ?? []
    for (const event of events) {
      const sequence = Math.max(0, ...entries.map((one) => one.sequence)) + 1
      const entry = {sequence, at: clock.now().toISOString(), by, id: ids.next(), ...event}
      entries.push(JSON.parse(mask(JSON.stringify(entry))) as IncidentEntry)
    }
    kept.set(id, entries)
  }
  const known = (id: string): readonly IncidentEntry[] => {
    const entries = kept.get(id)
    if (entries === undefined) throw new FaciError('notFound', `No incident ${id}`)
    return entries
  }
  return {
    open: (event) => {
      const id = ids.next()
      const handle = `INC-${String(kept.size + 1)}`
      add(id, [{...event, handle}])
      return Promise.resolve({id, handle})
    },
    alone: () => {
      if (isTaken) return Promise.resolve(null)
      isTaken = true
      const release = (): Promise<void> => {
        isTaken = false
        return Promise.resolve()
      }
      return Promise.resolve({release})
    },
    opener: () => Promise.resolve(isTaken ? by : null),
    append: async (id, events) => {
      await Promise.resolve()
      known(id)
      add(id, events)
    },
    read: async (id) => {
      await Promise.resolve()
      return {id, entries: known(id), unreadable: 0, place: `/srv/store/incidents/${id}`}
    },
    list: (newest) => {
      const all = [...kept].flatMap(([id, entries]) => incidentRecord(id, entries)?.facts ?? [])
      const lines = all.sort((one, other) => (one.id < other.id ? 1 : -1))
      const incidents = lines.filter((facts, index) => index < newest || !isOver(facts))
      return Promise.resolve({incidents, total: lines.length})
    },
    find: (name) => {
      const ids = [...kept.keys()].sort()
      if (name.toLowerCase() === 'last') return Promise.resolve(ids.at(-1) ?? null)
      const handle = /^(?:inc)?-?0*(\d{1,9})$/i.exec(name)?.[1]
      if (handle !== undefined) return Promise.resolve([...kept.keys()][Number(handle) - 1] ?? null)
      const found = ids.filter((id) => id.includes(name.toUpperCase()))
      if (found.length > 1)
        return Promise.reject(new FaciError('usage', `${String(found.length)} incidents have ${name} in their id`))
      return Promise.resolve(found[0] ?? null)
    },
    prunedAt: () => Promise.resolve(null),
  }
}
