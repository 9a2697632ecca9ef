import {join} from 'node:path'
import {FaciError} from '../../../domain/errors.js'
import {isMissing} from '../../../files/atomic-file.js'
import {readPlain} from '../plain-file.js'
import {replaceInStore, storeFailure} from '../private-files.js'
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

/** What a handle is given to. Its file stays when the incident goes, so that nobody gets it again. */
interface Given {
  readonly id: string
  /** When it was to be pruned; it was, once it has no events. */
  readonly prunedAt: string | null
}

const PRUNED = 'pruned '

async function givenTo({handles}: IncidentPlaces, handle: string): Promise<Given | null> {
  const path = join(handles, handle)
  try {
    const [id = '', mark = ''] = (await readPlain(path)).trim().split('\n')
    return {id, prunedAt: mark.startsWith(PRUNED) ? mark.slice(PRUNED.length) : null}
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
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
