import {join} from 'node:path'
import {FaciError} from '../../../domain/errors.js'
import {replaceInStore} from '../private-files.js'
import {givenTo, PRUNED} from './handle-file.js'
import {eventNames} from './incident-events.js'
import {namesIn} from '../names-in.js'
import {publishWhole} from '../publish-whole.js'
import {incidentIds, type IncidentPlaces} from './incident-places.js'

const HANDLE = /^INC-(\d+)$/
const TYPED = /^(?:inc)?-?0*(\d{1,9})$/i
/** More processes than can ask for a handle at once. */
const TRIES = 10_000

/** The next one, for this incident alone: whoever is first has it. */
export async function claimHandle({handles}: IncidentPlaces, id: string): Promise<string> {
  const taken = (await namesIn(handles)).map((name) => Number(HANDLE.exec(name)?.[1] ?? 0))
  const first = taken.reduce((most, number) => Math.max(most, number), 0) + 1
  for (let number = first; number < first + TRIES; number += 1) {
    const handle = `INC-${String(number)}`
    if (await publishWhole(handles, handle, `${id}\n`)) return handle
  }
  throw new FaciError('unreachable', `No handle is free in ${handles}`)
}

async function idOfHandle(places: IncidentPlaces, handle: string): Promise<string | null> {
  const given = await givenTo(places, handle)
  if (given === null) return null
  if (given.prunedAt === null) return given.id
  return (await eventNames(places, given.id)).length > 0 ? given.id : null
}

/** Notes that the incident is about to go: it counts from the moment when its events are gone. Errors: `unreachable`. */
export async function pruneHandle(
  places: IncidentPlaces,
  {handle, id, at}: {readonly handle: string; readonly id: string; readonly at: string},
): Promise<void> {
  if (!HANDLE.test(handle) || (await givenTo(places, handle))?.id !== id) return
  await replaceInStore(join(places.handles, handle), `${id}\n${PRUNED}${at}\n`)
}

/** When the incident of this handle was pruned; null: it was not, or there never was one. */
export async function prunedAt(places: IncidentPlaces, name: string): Promise<string | null> {
  const number = TYPED.exec(name)?.[1]
  const given = number === undefined ? null : await givenTo(places, `INC-${number}`)
  const at = given?.prunedAt ?? ''
  if (given === null || Number.isNaN(Date.parse(at))) return null
  return (await eventNames(places, given.id)).length > 0 ? null : at
}

/** A folder without events is of a writer that was killed before it wrote one. */
async function lastOpened(places: IncidentPlaces, ids: readonly string[]): Promise<string | null> {
  for (const id of ids.toReversed()) if ((await eventNames(places, id)).length > 0) return id
  return null
}

/** Errors: `usage` for a part of several ids. */
export async function findIncident(places: IncidentPlaces, name: string): Promise<string | null> {
  const number = TYPED.exec(name)?.[1]
  if (number !== undefined) return idOfHandle(places, `INC-${number}`)
  const ids = await incidentIds(places)
  if (name.toLowerCase() === 'last') return lastOpened(places, ids)
  const typed = name.toUpperCase()
  const found = ids.filter((id) => id.includes(typed))
  if (found.length > 1)
    throw new FaciError('usage', `${String(found.length)} incidents have ${name} in their id`, {
      suggestions: ['faci incident list'],
    })
  return found[0] ?? null
}
