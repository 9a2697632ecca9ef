import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {FaciError} from '../../../domain/errors.js'
import type {IncidentEntry} from '../../../domain/incidents/incident-event.js'
import {incidentRecord} from '../../../domain/incidents/incident-record.js'
import type {IncidentFacts} from '../../../domain/incidents/incident.js'
import type {IncidentReading} from '../../../ports/incident-store.js'
import {isMissing, makeFile, syncFolder} from '../../../files/atomic-file.js'
import {storeFileMode} from '../../../files/shared-folder.js'
import {inBatches} from '../in-batches.js'
import {journalLine, parseJournalLines} from '../journal-lines.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
import {namesIn} from '../names-in.js'
import {publishWhole} from '../publish-whole.js'
import {bringBack, FIRST_EVENT} from './bring-back.js'
import type {IncidentPlaces} from './incident-places.js'

/** `000012-<ulid>.jsonl`: an event each, written whole by one process. */
const EVENT = /^(\d{6,})-([0-9A-HJKMNP-TV-Z]{26})\.jsonl$/
const DIGITS = 6

async function namesOf({root}: IncidentPlaces, id: string): Promise<readonly string[]> {
  return (await namesIn(join(root, id))).filter((name) => EVENT.test(name)).sort()
}

/** Where its beginning is missing, whoever prunes may have it aside. */
export async function eventNames(places: IncidentPlaces, id: string): Promise<readonly string[]> {
  const names = await namesOf(places, id)
  if (names[0]?.startsWith(FIRST_EVENT) === true) return names
  await bringBack(places, id)
  return namesOf(places, id)
}

function sequenceOf(name: string): number {
  return Number(EVENT.exec(name)?.[1] ?? 0)
}

/** One more than the highest that is there. */
export function nextSequence(names: readonly string[]): number {
  return Math.max(0, ...names.map(sequenceOf)) + 1
}

export function notFound(id: string): FaciError {
  return new FaciError('notFound', `No incident ${id}`, {suggestions: ['faci incident list']})
}

function fileOf({sequence, id}: IncidentEntry): string {
  return `${String(sequence).padStart(DIGITS, '0')}-${id}.jsonl`
}

/** The first of an incident: it alone makes the folder. */
export async function writeFirstEvent({root}: IncidentPlaces, incident: string, entry: IncidentEntry): Promise<void> {
  await publishWhole(join(root, incident), fileOf(entry), `${journalLine(entry)}\n`)
}

/** False: the folder is not there. */
async function isWritten(folder: string, entry: IncidentEntry): Promise<boolean> {
  const path = join(folder, fileOf(entry))
  try {
    // One of this name is ours: it was written before the folder was moved.
    const isNew = await makeFile(path, `${journalLine(entry)}\n`, storeFileMode(folder))
    if (!isNew) await syncFolder(folder)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw storeFailure(path, error)
  }
}

/** A prune moves a folder aside once, for as long as a look takes. */
const TRIES = 10
const PAUSE_MS = 5

/** Whoever prunes either sees the draft of it, and lets the incident stay, or has settled before that it goes. Errors: `notFound`. */
export async function writeEvent(places: IncidentPlaces, incident: string, entry: IncidentEntry): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await isWritten(join(places.root, incident), entry)) return
    await bringBack(places, incident)
    if (tries > 0) await pause(PAUSE_MS)
  }
  throw notFound(incident)
}

async function readEvent(path: string): Promise<IncidentEntry | null> {
  try {
    const {events} = parseJournalLines<IncidentEntry>(await readPlain(path))
    return events[0] ?? null
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

/** Errors: `notFound` for one without events. */
export async function readIncident(places: IncidentPlaces, id: string, isAgain = false): Promise<IncidentReading> {
  const names = await eventNames(places, id)
  if (names.length === 0) throw notFound(id)
  const read = await inBatches(names, (name) => readEvent(join(places.root, id, name)))
  // It was moved while it was read: it comes back, or is gone.
  if (read.includes(null) && !isAgain && (await namesOf(places, id)).length < names.length)
    return readIncident(places, id, true)
  const entries = read.filter((entry) => entry !== null)
  return {id, entries, unreadable: read.length - entries.length, place: join(places.root, id)}
}

/** null: nothing of it says that it was opened. */
export async function factsOf(places: IncidentPlaces, id: string): Promise<IncidentFacts | null> {
  try {
    return incidentRecord(id, (await readIncident(places, id)).entries)?.facts ?? null
  } catch (error) {
    if (error instanceof FaciError && error.code === 'notFound') return null
    throw error
  }
}
