import {join} from 'node:path'
import {FaciError} from '../../../domain/errors.js'
import type {IncidentEntry} from '../../../domain/incidents/incident-event.js'
import {incidentRecord} from '../../../domain/incidents/incident-record.js'
import type {IncidentFacts} from '../../../domain/incidents/incident.js'
import type {IncidentReading} from '../../../ports/incident-store.js'
import {isMissing} from '../../../files/atomic-file.js'
import {inBatches} from '../in-batches.js'
import {journalLine, parseJournalLines} from '../journal-lines.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
import {namesIn} from '../names-in.js'
import {publishWhole} from '../publish-whole.js'
import type {IncidentPlaces} from './incident-places.js'

/** `000012-<ulid>.jsonl`: an event each, written whole by one process. */
const EVENT = /^(\d{6,})-([0-9A-HJKMNP-TV-Z]{26})\.jsonl$/
const DIGITS = 6

export async function eventNames({root}: IncidentPlaces, id: string): Promise<readonly string[]> {
  return (await namesIn(join(root, id))).filter((name) => EVENT.test(name)).sort()
}

function sequenceOf(name: string): number {
  return Number(EVENT.exec(name)?.[1] ?? 0)
}

/** One more than the highest that is there. */
export function nextSequence(names: readonly string[]): number {
  return Math.max(0, ...names.map(sequenceOf)) + 1
}

export async function writeEvent({root}: IncidentPlaces, incident: string, entry: IncidentEntry): Promise<void> {
  const name = `${String(entry.sequence).padStart(DIGITS, '0')}-${entry.id}.jsonl`
  await publishWhole(join(root, incident), name, `${journalLine(entry)}\n`)
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
export async function readIncident(places: IncidentPlaces, id: string): Promise<IncidentReading> {
  const names = await eventNames(places, id)
  if (names.length === 0) throw new FaciError('notFound', `No incident ${id}`, {suggestions: ['faci incident list']})
  const read = await inBatches(names, (name) => readEvent(join(places.root, id, name)))
  const entries = read.filter((entry) => entry !== null)
  return {id, entries, unreadable: read.length - entries.length}
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
