import {constants} from 'node:fs'
import {link, lstat, open, readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {inBatches} from './in-batches.js'
import {parseLeaseRecord} from './lease-record.js'
import type {LeaseRecord} from './lease-record.js'
import {isMissing, isTaken, syncFolder, withDraft} from '../../files/atomic-file.js'
import {storeFileMode} from '../../files/shared-folder.js'
import {storeFailure} from './private-files.js'

/** Where the leases of one project lie, and what their files are called. */
export interface LeasePlace {
  readonly directory: string
  /** `<name>.<term>.json`. */
  readonly name: string
  /** Any account of this machine may write here, and must be able to read who holds what. */
  readonly isPublic: boolean
}

/**
 * The leases of one project as numbered files, `<name>.<term>.json`. A new lease is the term after the highest. Creating that file is
 * atomic (a hard link), so of any number of processes that saw the same term end, one becomes its successor; and one that finds a term it
 * had not seen before gives its own back. Since the highest file is never removed, a process that was paused meanwhile can't come back with
 * a term that looks new. A term is an entry of the folder: a link is no lease, and is never followed.
 */
export interface Term {
  readonly place: LeasePlace
  readonly number: number
  readonly path: string
  /** null when the entry cannot be read as one: junk, a link, a directory, a pipe, too large, not for us to read. */
  readonly record: LeaseRecord | null
  /** Milliseconds since the epoch. */
  readonly heartbeat: number
  /** Whose the entry is. */
  readonly uid: number
}

/**
 * The account that a process has to run for to be believed of a file of `uid`; null for any. In a public place everybody can name any
 * process of this machine; root need not, and we ourselves would not.
 */
export function ownerToMatch({isPublic}: LeasePlace, uid: number): number | null {
  return isPublic && uid !== 0 && uid !== process.getuid?.() ? uid : null
}

/**
 * What is in a place at one moment. It is held while any of these is: where accounts share it, what one of them adds at the top can end
 * nobody else's lease.
 */
export interface Terms {
  readonly place: LeasePlace
  /** All that are there. */
  readonly numbers: ReadonlySet<number>
  /** The one that was taken last; null when there never was one. */
  readonly latest: Term | null
  /** Of each account that has been here, its highest; only where accounts share the place. */
  readonly others: readonly Term[]
}

/** What a lease file may be called: a million million terms, written in one way only. */
const TERM = /^[1-9]\d{0,11}$/
const LAST_TERM = 10 ** 12 - 1
const EXTENSION = '.json'
export const PUBLIC_MODE = 0o644
const LARGEST_RECORD = 65_536
/** Each means that another process has changed the folder in between. */
export const MOST_TRIES = 50

function termPath({directory, name}: LeasePlace, number: number): string {
  return join(directory, `${name}.${String(number)}${EXTENSION}`)
}

export async function entriesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (isMissing(error)) return []
    throw storeFailure(directory, error, directory)
  }
}

function termOf(name: string, entry: string): number | null {
  const prefix = `${name}.`
  if (!entry.startsWith(prefix) || !entry.endsWith(EXTENSION)) return null
  const text = entry.slice(prefix.length, -EXTENSION.length)
  return TERM.test(text) ? Number(text) : null
}

async function termNumbers({directory, name}: LeasePlace): Promise<ReadonlySet<number>> {
  return new Set((await entriesIn(directory)).map((entry) => termOf(name, entry)).filter((number) => number !== null))
}

/** The highest, without those at the very end, which leave no number for the next: nobody gets there by taking turns. 0: none. */
function highestOf(numbers: ReadonlySet<number>): number {
  let end = LAST_TERM
  while (numbers.has(end)) end -= 1
  let highest = 0
  for (const number of numbers) if (number > highest && number <= end) highest = number
  return highest
}

export interface PlainFile {
  /** null when there is more than a record would hold. */
  readonly text: string | null
  readonly mtimeMs: number
  readonly uid: number
}

/** Follows no link and waits for no pipe. Rejects with what `open` says. */
export async function readPlain(path: string): Promise<PlainFile> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stats = await handle.stat()
    const isReadable = stats.isFile() && stats.size <= LARGEST_RECORD
    return {text: isReadable ? await handle.readFile('utf8') : null, mtimeMs: stats.mtimeMs, uid: stats.uid}
  } finally {
    await handle.close()
  }
}

/** They say nothing of the file, but that we cannot look at it now. */
const OUR_OWN = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EIO'])

function isOurOwn(error: unknown): boolean {
  return error instanceof Error && 'code' in error && OUR_OWN.has(String(error.code))
}

/** null when it is gone. */
export async function readTerm(place: LeasePlace, number: number): Promise<Term | null> {
  const path = termPath(place, number)
  try {
    const {text, mtimeMs, uid} = await readPlain(path)
    return {place, number, path, record: text === null ? null : parseLeaseRecord(text), heartbeat: mtimeMs, uid}
  } catch (error) {
    const entry = await lstat(path).catch(() => null)
    if (entry === null) return null
    // In the private store it may be a colleague's, and alive. In a public place it cannot be a lease: those are for all to read.
    if (isOurOwn(error) || (!place.isPublic && !entry.isSymbolicLink())) throw storeFailure(path, error)
    return {place, number, path, record: null, heartbeat: entry.mtimeMs, uid: entry.uid}
  }
}

/** An account's own earlier leases are over, or it would not have got the later one. */
async function highestOfEach(place: LeasePlace, numbers: ReadonlySet<number>): Promise<readonly number[]> {
  if (!place.isPublic || numbers.size < 2) return []
  const owners = await inBatches([...numbers], async (number) => ({
    number,
    uid: (await lstat(termPath(place, number)).catch(() => null))?.uid ?? null,
  }))
  const highest = new Map<number, number>()
  for (const {number, uid} of owners) if (uid !== null && number > (highest.get(uid) ?? 0)) highest.set(uid, number)
  return [...highest.values()]
}

export async function termsIn(place: LeasePlace): Promise<Terms> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const numbers = await termNumbers(place)
    const highest = highestOf(numbers)
    const latest = highest === 0 ? null : await readTerm(place, highest)
    // Gone since: a successor has cleaned up, so there is a higher one now.
    if (latest === null && highest !== 0) continue
    const others = (await highestOfEach(place, numbers)).filter((number) => number !== highest)
    const read = await inBatches(others, (number) => readTerm(place, number))
    return {place, numbers, latest, others: read.filter((term) => term !== null)}
  }
  throw storeFailure(join(place.directory, place.name), new Error('its locks change faster than they can be read'))
}

/** An entry of a term: its record, or a note of what was started under it. */
const OF_TERM = /^([1-9]\d{0,11})\.(?:json|\d+\.started)$/

/** What others own stays: it counts no more. */
async function removeEarlier({directory, name}: LeasePlace, earlier: ReadonlySet<number>): Promise<void> {
  const prefix = `${name}.`
  const over = (await entriesIn(directory)).filter((entry) => {
    const [, term] = entry.startsWith(prefix) ? (OF_TERM.exec(entry.slice(prefix.length)) ?? []) : []
    return term !== undefined && earlier.has(Number(term))
  })
  await inBatches(over, (entry) => rm(join(directory, entry), {force: true}).catch(() => undefined))
}

async function create({directory, isPublic}: LeasePlace, path: string, content: string): Promise<boolean> {
  const publish = async (draft: string): Promise<boolean> => {
    await link(draft, path)
    await syncFolder(directory)
    return true
  }
  try {
    return await withDraft(directory, content, publish, isPublic ? PUBLIC_MODE : storeFileMode(directory))
  } catch (error) {
    if (isTaken(error)) return false
    throw storeFailure(path, error)
  }
}

/** The term after those that were seen, now ours; null when another process was faster. The folder must be there. */
export async function nextTerm(
  {place, numbers}: Terms,
  content: string,
): Promise<{readonly number: number; readonly path: string} | null> {
  const number = highestOf(numbers) + 1
  const path = termPath(place, number)
  if (!(await create(place, path, content))) return null
  const now = await termNumbers(place)
  if ([...now].some((other) => other !== number && !numbers.has(other))) {
    await rm(path, {force: true})
    return null
  }
  await removeEarlier(place, numbers)
  return {number, path}
}
