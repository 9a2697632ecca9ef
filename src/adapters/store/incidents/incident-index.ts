import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import {crc32} from 'node:zlib'
import type {IncidentFacts} from '../../../domain/incidents/incident.js'
import {isOver} from '../../../domain/incidents/incident.js'
import {ulidTime} from '../../../domain/time/ulid-time.js'
import type {IncidentListing} from '../../../ports/incident-store.js'
import {isMissing} from '../../../files/atomic-file.js'
import {inBatches} from '../in-batches.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
import {eventNames, factsOf} from './incident-events.js'
import {namesIn} from '../names-in.js'
import {incidentIds, type IncidentPlaces, publish} from './incident-places.js'

/**
 * What a list of ten thousand incidents is read from. A generation is a file that is never changed: a line for each incident. Before an event
 * is written its mark is made; whoever finds many marks writes the next generation, and takes away the marks of what it holds. A reader
 * takes the marks first and the generation then: what is in neither does not exist.
 */
const GENERATION = /^(\d{8})\.jsonl$/
const MARK = /^([0-9A-HJKMNP-TV-Z]{26})\.([0-9A-HJKMNP-TV-Z]{26})$/
/** So many incidents are read one by one for each list, at most. */
const MANY_MARKS = 16
/** Of a writer that was killed before it wrote anything. */
const OLD_MARK_MS = 86_400_000

const ID_START = '+{"id":"'.length
const ULID_LENGTH = 26

interface Generation {
  readonly number: number
  /** By id; `+` before the JSON of one that is not resolved, `-` before that of another. */
  readonly lines: ReadonlyMap<string, string>
}

const NONE: Generation = {number: 0, lines: new Map()}

function lineOf(facts: IncidentFacts): string {
  const {id, ...rest} = facts
  return `${isOver(facts) ? '-' : '+'}${JSON.stringify({id, ...rest})}`
}

/** null: it is not what was written. */
function parsed(number: number, text: string): Generation | null {
  const end = text.indexOf('\n')
  const body = text.slice(end + 1)
  if (end === -1 || text.slice(0, end) !== crc32(body).toString(16)) return null
  const lines = body.split('\n').filter((line) => line !== '')
  return {number, lines: new Map(lines.map((line) => [line.slice(ID_START, ID_START + ULID_LENGTH), line]))}
}

async function generationNames({index}: IncidentPlaces): Promise<readonly string[]> {
  return (await namesIn(index)).filter((name) => GENERATION.test(name)).sort()
}

/** The newest; one that is damaged counts as empty, so that all incidents are read one by one. */
async function newestGeneration(places: IncidentPlaces, patience = 3): Promise<Generation> {
  const name = (await generationNames(places)).at(-1)
  if (name === undefined) return NONE
  const number = Number(GENERATION.exec(name)?.[1])
  const path = join(places.index, name)
  try {
    return parsed(number, await readPlain(path)) ?? {...NONE, number}
  } catch (error) {
    // Another one is there by now.
    if (isMissing(error) && patience > 0) return newestGeneration(places, patience - 1)
    throw storeFailure(path, error)
  }
}

interface Mark {
  readonly name: string
  readonly incident: string
  readonly event: string
}

async function marksIn({changed}: IncidentPlaces): Promise<readonly Mark[]> {
  const marks = (await namesIn(changed)).map((name) => MARK.exec(name))
  return marks.flatMap((found) => {
    const [name = '', incident = '', event = ''] = found ?? []
    return name === '' ? [] : [{name, incident, event}]
  })
}

export async function mark({changed}: IncidentPlaces, incident: string, event: string): Promise<void> {
  await publish(changed, `${incident}.${event}`, '')
}

/** What the generation does not tell: marked ones, and such as were put there by hand. */
function untold(ids: readonly string[], {lines}: Generation, marks: readonly Mark[]): readonly string[] {
  const marked = new Set(marks.map(({incident}) => incident))
  return ids.filter((id) => marked.has(id) || !lines.has(id))
}

async function readAll(places: IncidentPlaces, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const facts = await inBatches(ids, (id) => factsOf(places, id))
  return new Map(ids.map((id, index) => [id, facts[index] ? lineOf(facts[index]) : null]))
}

export async function listIncidents(places: IncidentPlaces, newest: number): Promise<IncidentListing> {
  const marks = await marksIn(places)
  const [generation, ids] = await Promise.all([newestGeneration(places), incidentIds(places)])
  const anew = await readAll(places, untold(ids, generation, marks))
  const lines = ids
    .map((id) => (anew.has(id) ? anew.get(id) : generation.lines.get(id)))
    .filter((line) => line !== undefined && line !== null)
    .reverse()
  const wanted = lines.filter((line, index) => index < newest || line.startsWith('+'))
  return {incidents: wanted.map((line) => JSON.parse(line.slice(1)) as IncidentFacts), total: lines.length}
}

/** Marks whose event is there, or never will be. */
async function settled(places: IncidentPlaces, marks: readonly Mark[], now: Date): Promise<readonly Mark[]> {
  const names = new Map<string, readonly string[]>()
  for (const {incident} of marks) if (!names.has(incident)) names.set(incident, await eventNames(places, incident))
  return marks.filter(({incident, event}) => {
    if (names.get(incident)?.some((name) => name.includes(event)) === true) return true
    return now.getTime() - ulidTime(event) > OLD_MARK_MS
  })
}

async function removeFrom(directory: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(join(directory, name), {force: true})))
}

/** Writes the next generation where many marks have come together. Another process that is faster has done the work. */
export async function indexIncidents(places: IncidentPlaces, now: Date): Promise<void> {
  const marks = await marksIn(places)
  if (marks.length < MANY_MARKS) return
  const generation = await newestGeneration(places)
  // What is seen here was written before the incidents are read below.
  const done = await settled(places, marks, now)
  const ids = await incidentIds(places)
  const anew = await readAll(places, untold(ids, generation, marks))
  const lines = ids.map((id) => (anew.has(id) ? anew.get(id) : generation.lines.get(id))).filter((line) => line)
  const body = lines.map((line) => `${line ?? ''}\n`).join('')
  const name = `${String(generation.number + 1).padStart(8, '0')}.jsonl`
  if (!(await publish(places.index, name, `${crc32(body).toString(16)}\n${body}`))) return
  await removeFrom(
    places.changed,
    done.map((one) => one.name),
  )
  const older = (await generationNames(places)).filter((one) => Number(GENERATION.exec(one)?.[1]) < generation.number)
  await removeFrom(places.index, older)
}
