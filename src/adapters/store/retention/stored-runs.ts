import {basename, join} from 'node:path'
import {rethrowBugOrInterrupt} from '../../../domain/errors.js'
import {glimpseRun} from '../../../domain/execution/run-list.js'
import type {JournaledEvent} from '../../../domain/journal/journal-actions.js'
import type {NotedImage, StoredRun} from '../../../domain/retention/stored.js'
import {keptReference} from '../../../domain/stack/kept-image.js'
import {ulidTime} from '../../../domain/time/ulid-time.js'
import {fileName} from '../../../files/file-name.js'
import type {JournalEntry, JournalReading} from '../../../ports/journal.js'
import type {Leases} from '../../../ports/lease.js'
import {parseJournalLines} from '../journal-lines.js'
import {writerOf} from '../journal-writer.js'
import {readPlain} from '../plain-file.js'
import {barrierAt, type Entry, entriesOf, sizeOf, versionOf} from './folder-entries.js'
import {DRAFT} from './names.js'

type RunJournalEvent = JournalEntry & JournaledEvent

const OWN_JOURNAL = 'journal.jsonl'
const JOURNAL = /\.jsonl(?:\.writer)?$/
const RUNBOOK = /^runbook(?:-\d+)?\.md$/
/** Behind the name of a block's attempt; a second file of one name has a number too. */
const OUTPUT = /^(.*-\d+?)(?:-\d+)?\.out$/s

const UNREADABLE: JournalReading<JournaledEvent> = {events: [], torn: 0, missing: 1}

async function readJournal(path: string): Promise<JournalReading<JournaledEvent>> {
  try {
    return parseJournalLines<JournaledEvent>(await readPlain(path))
  } catch {
    return UNREADABLE
  }
}

/** Names of files that the journals say were kept. */
function keptNames(events: readonly RunJournalEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) => (event.kind === 'evidence.kept' ? event.files.map((path) => basename(path)) : [])),
  )
}

function outputsOf(events: readonly RunJournalEvent[]): ReadonlySet<string> {
  const tries = events.flatMap((event) =>
    event.kind === 'block.started' ? [fileName(`${event.id}-${String(event.attempt)}`)] : [],
  )
  return new Set(tries)
}

/** What was kept beside the journals, by their word. */
function evidenceNames(entries: readonly Entry[], events: readonly RunJournalEvent[]): ReadonlySet<string> {
  const [kept, outputs] = [keptNames(events), outputsOf(events)]
  const isEvidence = ({name, kind}: Entry): boolean =>
    kind === 'file' && (kept.has(name) || outputs.has(OUTPUT.exec(name)?.[1] ?? ''))
  return new Set(entries.filter(isEvidence).map(({name}) => name))
}

function isOfRun({name, kind}: Entry): boolean {
  return kind === 'file' && (JOURNAL.test(name) || RUNBOOK.test(name) || DRAFT.test(name))
}

function imagesIn(events: readonly RunJournalEvent[]): readonly NotedImage[] {
  return events.flatMap((event): readonly NotedImage[] => {
    if (event.kind === 'image.kept') return [{as: 'kept', name: event.image.reference, imageId: event.image.imageId}]
    if (event.kind !== 'images.released') return []
    const {project, images} = event
    return images.map(({service, imageId}) => ({
      ...{as: 'released', name: keptReference(project, service, 'previous'), imageId},
    }))
  })
}

interface ReadRun {
  readonly entries: readonly Entry[]
  readonly events: readonly RunJournalEvent[]
  /** Of the run's own journal alone. */
  readonly own: readonly RunJournalEvent[]
  /** Something that was written is gone. */
  readonly isDamaged: boolean
}

async function readRun(folder: string): Promise<ReadRun> {
  const entries = await entriesOf(folder)
  const journals = entries.filter(({name, kind}) => kind === 'file' && name.endsWith('.jsonl'))
  const read = await Promise.all(journals.map(({name}) => readJournal(join(folder, name))))
  const own = read[journals.findIndex(({name}) => name === OWN_JOURNAL)]
  return {
    entries,
    events: read.flatMap(({events}) => events),
    own: own?.events ?? [],
    isDamaged: read.some(({missing}) => missing > 0),
  }
}

/** The files beside a run's journals that they say were kept. */
export async function evidenceOf(folder: string): Promise<readonly Entry[]> {
  const {entries, events} = await readRun(folder)
  const names = evidenceNames(entries, events)
  return entries.filter(({name}) => names.has(name))
}

async function isWritten(folder: string, entries: readonly Entry[], now: Date): Promise<boolean> {
  const noted = entries.filter(({name}) => name.endsWith('.jsonl.writer'))
  const writers = noted.map(({name}) => writerOf(join(folder, name.slice(0, -'.writer'.length)), now))
  return (await Promise.all(writers)).some((writer) => writer !== null)
}

/** The run that the lock of a project is held for; undefined: nobody can say. A stale one too: somebody will ask what became of it. */
export type Holders = (project: string) => Promise<string | null | undefined>

export function holdersOf(leases: Pick<Leases, 'inspect'>): Holders {
  const known = new Map<string, ReturnType<Holders>>()
  const look = async (project: string): ReturnType<Holders> => {
    try {
      const state = await leases.inspect(project)
      return state.kind === 'free' ? null : state.holder.runId
    } catch (error) {
      rethrowBugOrInterrupt(error)
      return undefined
    }
  }
  return (project) => {
    const found = known.get(project) ?? look(project)
    known.set(project, found)
    return found
  }
}

function newestOf(id: string, events: readonly JournalEntry[]): string {
  const times = events.map(({at}) => Date.parse(at)).filter((time) => !Number.isNaN(time))
  return new Date(times.reduce((most, time) => Math.max(most, time), ulidTime(id))).toISOString()
}

/** What is in a run's folder that a run does not hold. */
function foreignIn({entries, events}: Pick<ReadRun, 'entries' | 'events'>): readonly string[] {
  const evidence = evidenceNames(entries, events)
  return entries.filter((entry) => !isOfRun(entry) && !evidence.has(entry.name)).map(({name}) => name)
}

interface FoundRun {
  readonly run: StoredRun
  readonly foreign: readonly string[]
}

type Standing = Pick<StoredRun, 'ending' | 'isInUse' | 'runbook' | 'incident'>

function incidentOf(own: readonly RunJournalEvent[]): string | null {
  const started = own.find((event) => event.kind === 'run.started')
  return started?.kind === 'run.started' ? (started.incident ?? null) : null
}

/** How it stands, by its own journal and by who is at it. */
async function standingOf(
  id: string,
  {own, isDamaged}: ReadRun,
  {isWrittenTo, holders}: {readonly isWrittenTo: boolean; readonly holders: Holders},
): Promise<Standing> {
  const glimpse = glimpseRun(id, {first: own[0] ?? null, last: own})
  if (glimpse === null || isDamaged) return {ending: 'unknown', isInUse: isWrittenTo, runbook: null, incident: null}
  const holder = await holders(glimpse.project)
  return {
    ending: glimpse.finished ? 'ended' : 'notEnded',
    isInUse: isWrittenTo || holder === id || holder === undefined,
    runbook: glimpse.kind === 'runbook' ? glimpse.what : null,
    incident: incidentOf(own),
  }
}

/** One run, and what in its folder is none of it. */
export async function storedRun(runs: string, id: string, now: Date, holders: Holders): Promise<FoundRun> {
  const folder = join(runs, id)
  const read = await readRun(folder)
  const {entries, events} = read
  const foreign = foreignIn(read)
  const names = evidenceNames(entries, events)
  const evidence = entries.filter(({name}) => names.has(name))
  const rest = entries.filter(({name}) => !names.has(name))
  const inside = await barrierAt(folder)
  const isWrittenTo = await isWritten(folder, entries, now)
  // It goes after what was kept in it, with nothing else there.
  const run: StoredRun = {
    ...{id, ...sizeOf(rest), version: versionOf(rest), barrier: (await barrierAt(runs)) ?? inside},
    ...{begunAt: new Date(ulidTime(id)).toISOString(), lastAt: newestOf(id, events)},
    ...(await standingOf(id, read, {isWrittenTo, holders})),
    images: imagesIn(events),
    isMixed: foreign.length > 0,
    evidence: {id, ...sizeOf(evidence), version: versionOf(evidence), barrier: inside},
  }
  return {run, foreign: foreign.map((name) => `runs/${id}/${name}`)}
}
