import {join} from 'node:path'
import {FaciError} from '../../../domain/errors.js'
import {isMissing} from '../../../files/atomic-file.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
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

async function idOfHandle({handles}: IncidentPlaces, handle: string): Promise<string | null> {
  const path = join(handles, handle)
  try {
    return (await readPlain(path)).trim()
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
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
