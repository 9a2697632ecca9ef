import {lstat} from 'node:fs/promises'
import {join} from 'node:path'
import {rethrowBugOrInterrupt} from '../../../domain/errors.js'
import type {IncidentEntry} from '../../../domain/incidents/incident-event.js'
import {parseJournalLines} from '../journal-lines.js'
import {asideName, giveBack, pruningName} from '../moved-folder.js'
import {namesIn} from '../names-in.js'
import {readPlain} from '../plain-file.js'
import {givenTo} from './handle-file.js'
import type {IncidentPlaces} from './incident-places.js'

/** The event that opened it, and gives its handle. */
export const FIRST_EVENT = '000001-'
const HANDLE = /^INC-\d+$/

async function handleIn(folder: string, names: readonly string[]): Promise<string> {
  const first = names.find((name) => name.startsWith(FIRST_EVENT))
  if (first === undefined) return ''
  try {
    const [event] = parseJournalLines<IncidentEntry>(await readPlain(join(folder, first))).events
    return event?.kind === 'incident.opened' ? event.handle : ''
  } catch {
    return ''
  }
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

/**
 * Whether what a prune left under the name of what goes must not go: the incident's folder was made anew meanwhile, or its handle was never
 * marked, as it is before anything of an incident goes.
 */
export async function isTorn(places: IncidentPlaces, id: string): Promise<boolean> {
  const going = join(places.root, pruningName(id))
  const names = await namesIn(going)
  if (names.length === 0) return false
  if (await isThere(join(places.root, id))) return true
  const handle = await handleIn(going, names)
  const given = HANDLE.test(handle) ? await givenTo(places, handle) : null
  return given?.id === id && given.prunedAt === null
}

/** An incident that a prune has moved aside, or tore apart, gets its folder back as far as this account may do that. */
export async function bringBack(places: IncidentPlaces, id: string): Promise<void> {
  const path = join(places.root, id)
  try {
    await giveBack(join(places.root, asideName(id)), path)
    if (await isTorn(places, id)) await giveBack(join(places.root, pruningName(id)), path)
  } catch (error) {
    rethrowBugOrInterrupt(error)
  }
}
