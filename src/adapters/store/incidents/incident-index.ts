import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import type {IncidentFacts} from '../../../domain/incidents/incident.js'
import {isOver} from '../../../domain/incidents/incident.js'
import {ulidTime} from '../../../domain/time/ulid-time.js'
import type {IncidentListing} from '../../../ports/incident-store.js'
import {isMissing} from '../../../files/atomic-file.js'
import {inBatches} from '../in-batches.js'
import {readPlainBuffer} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
import {eventNames, factsOf} from './incident-events.js'
import {namesIn} from '../names-in.js'
import {publishWhole} from '../publish-whole.js'
import {incidentIds, type IncidentPlaces} from './incident-places.js'
import {listingOf, newestText, type NewestIncidents, readNewest, untoldBy} from './newest-incidents.js'
import {sealed, unsealed} from './sealed-text.js'

/**
 * What a list of ten thousand incidents is read from. A generation is a file that is never changed: a line for each incident; beside it lies
 * what most lists need of it. Before an event is written its mark is made; whoever finds many marks writes the next generation, and takes
 * away the marks of what it holds. A reader takes the marks first and the generation then: what is in neither does not exist.
 */
const GENERATION = /^(\d{8})\.jsonl$/
const OF_GENERATION = /^(\d{8})\.(?:newest\.)?jsonl$/
const MARK = /^([0-9A-HJKMNP-TV-Z]{26})\.([0-9A-HJKMNP-TV-Z]{26})$/
/** So many incidents are read one by one for each list, at most. */
const MANY_MARKS = 16
/** Of a writer that was killed before it wrote anything. */
const OLD_MARK_MS = 86_400_000

const ID_START = '+{"id":"'.length
const ULID_LENGTH = 26
const LINE_BREAK = 0x0a
const OPEN = '+'.charCodeAt(0)

/** Its lines in the order of their ids; `+` before the JSON of an incident that is not resolved, `-` before that of another. */
interface Generation {
  readonly number: number
  readonly body: Buffer
}

const NONE: Generation = {number: 0, body: Buffer.alloc(0)}

function lineOf(facts: IncidentFacts): Buffer {
  const {id, ...rest} = facts
  return Buffer.from(`${isOver(facts) ? '-' : '+'}${JSON.stringify({id, ...rest})}\n`)
}

function idAt(body: Buffer, start: number): string {
  return body.toString('latin1', start + ID_START, start + ID_START + ULID_LENGTH)
}

/** Where in the body the line of each of the ids begins, -1 for one that has none; both are in the same order. Not an object for each of ten thousand. */
function startsOf(ids: readonly string[], {body}: Generation): number[] {
  let start = 0
  let found = idAt(body, start)
  return ids.map((id) => {
    while (found !== '' && found < id) {
      start = body.indexOf(LINE_BREAK, start) + 1
      found = idAt(body, start)
    }
    return found === id ? start : -1
  })
}

function lineAt(body: Buffer, start: number): Buffer {
  return body.subarray(start, body.indexOf(LINE_BREAK, start) + 1)
}

function factsAt(body: Buffer, start: number): IncidentFacts {
  return JSON.parse(lineAt(body, start).toString('utf8', 1)) as IncidentFacts
}

function newestName(number: string): string {
  return `${number}.newest.jsonl`
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
    return {number, body: unsealed(await readPlainBuffer(path)) ?? NONE.body}
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
  await publishWhole(changed, `${incident}.${event}`, '')
}

/** How many events of an incident are about to be written: their marks are there, and no file of theirs among these. */
export async function unwrittenMarks(
  places: IncidentPlaces,
  {incident, files, now}: {readonly incident: string; readonly files: readonly string[]; readonly now: Date},
): Promise<number> {
  const own = (await marksIn(places)).filter((one) => one.incident === incident)
  const unwritten = own.filter(({event}) => !files.some((name) => name.includes(event)))
  return unwritten.filter(({event}) => now.getTime() - ulidTime(event) <= OLD_MARK_MS).length
}

interface Lines {
  readonly body: Buffer
  /** Where the line of each incident begins, oldest first. */
  readonly starts: readonly number[]
}

/** The generation, and after it what it does not tell, read anew: marked ones, and such as were put there by hand. */
async function currentLines(
  places: IncidentPlaces,
  generation: Generation,
  {ids, marks}: {readonly ids: readonly string[]; readonly marks: readonly Mark[]},
): Promise<Lines> {
  const starts = startsOf(ids, generation)
  const marked = new Set(marks.map(({incident}) => incident))
  const untold = [...ids.keys()].filter((place) => starts[place] === -1 || marked.has(ids[place] ?? ''))
  const facts = await inBatches(untold, (place) => factsOf(places, ids[place] ?? ''))
  const bodies = [generation.body]
  let end = generation.body.length
  for (const [index, place] of untold.entries()) {
    const one = facts[index] ?? null
    const line = one === null ? Buffer.alloc(0) : lineOf(one)
    starts[place] = one === null ? -1 : end
    bodies.push(line)
    end += line.length
  }
  const body = bodies.length === 1 ? generation.body : Buffer.concat(bodies)
  return {body, starts: starts.filter((start) => start !== -1)}
}

/** null: there is none beside the newest generation, or it is damaged, or was taken away as the next was written. */
async function newestIncidents(places: IncidentPlaces): Promise<NewestIncidents | null> {
  const number = GENERATION.exec((await generationNames(places)).at(-1) ?? '')?.[1]
  if (number === undefined) return null
  const path = join(places.index, newestName(number))
  try {
    return readNewest(await readPlainBuffer(path))
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

/** From what lies beside the generation; null: it does not tell enough. */
async function quickListing(
  places: IncidentPlaces,
  marks: readonly Mark[],
  wanted: number,
): Promise<IncidentListing | null> {
  const [told, ids] = await Promise.all([newestIncidents(places), incidentIds(places)])
  const marked = new Set(marks.map(({incident}) => incident))
  const untold = told === null ? null : untoldBy(told, {ids, marked}, wanted)
  if (told === null || untold === null) return null
  const read = (await inBatches(untold, (id) => factsOf(places, id))).filter((facts) => facts !== null)
  return listingOf(told, {untold, read}, {ids, wanted})
}

export async function listIncidents(places: IncidentPlaces, newest: number): Promise<IncidentListing> {
  const marks = await marksIn(places)
  const quick = await quickListing(places, marks, newest)
  if (quick !== null) return quick
  const [generation, ids] = await Promise.all([newestGeneration(places), incidentIds(places)])
  const {body, starts} = await currentLines(places, generation, {ids, marks})
  const old = starts.length - newest
  const wanted = starts.filter((start, place) => place >= old || body[start] === OPEN).reverse()
  return {incidents: wanted.map((start) => factsAt(body, start)), total: starts.length}
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

/** Both files of it; false: another process has written the generation. */
async function publishGeneration(
  {index}: IncidentPlaces,
  {number, ids, current}: {readonly number: number; readonly ids: readonly string[]; readonly current: Lines},
): Promise<boolean> {
  const name = String(number).padStart(8, '0')
  const body = current.starts.map((start) => lineAt(current.body, start).toString()).join('')
  if (!(await publishWhole(index, `${name}.jsonl`, sealed(body)))) return false
  const facts = current.starts.map((start) => factsAt(current.body, start))
  await publishWhole(index, newestName(name), newestText(ids, facts))
  return true
}

/** Writes the next generation where many marks have come together. Another process that is faster has done the work. */
export async function indexIncidents(places: IncidentPlaces, now: Date): Promise<void> {
  const marks = await marksIn(places)
  if (marks.length < MANY_MARKS) return
  const generation = await newestGeneration(places)
  // What is seen here was written before the incidents are read below.
  const done = await settled(places, marks, now)
  const ids = await incidentIds(places)
  const current = await currentLines(places, generation, {ids, marks})
  const number = generation.number + 1
  if (!(await publishGeneration(places, {number, ids, current}))) return
  await removeFrom(
    places.changed,
    done.map((one) => one.name),
  )
  const older = (await namesIn(places.index)).filter((one) => Number(OF_GENERATION.exec(one)?.[1]) < number)
  await removeFrom(places.index, older)
}
