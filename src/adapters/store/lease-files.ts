import {constants} from 'node:fs'
import {link, lstat, open, readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {parseLeaseRecord} from './lease-record.js'
import type {LeaseRecord} from './lease-record.js'
import {FILE_MODE, isMissing, isTaken, storeFailure, syncDirectory, withDraft} from './private-files.js'

/** Where the leases of one project lie, and what their files are called. */
export interface LeasePlace {
  readonly directory: string
  /** `<name>.<term>.json`. */
  readonly name: string
  /** Any account of this machine may write here, and must be able to read who holds what. */
  readonly isPublic: boolean
}

/**
 * The leases of one project as numbered files, `<name>.<term>.json`. The highest term counts, whether held, released or stale; a new
 * lease is the next term. Creating that file is atomic (a hard link), so of any number of processes that saw the same term end, one
 * becomes its successor; and since the highest file is never removed, a process that was paused meanwhile can't come back with a term
 * that looks new. A term is an entry of the folder: a link is no lease, and is never followed.
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
    throw storeFailure(directory, error)
  }
}

function termOf(name: string, entry: string): number | null {
  const prefix = `${name}.`
  if (!entry.startsWith(prefix) || !entry.endsWith(EXTENSION)) return null
  const text = entry.slice(prefix.length, -EXTENSION.length)
  return TERM.test(text) ? Number(text) : null
}

async function termNumbers({directory, name}: LeasePlace): Promise<readonly number[]> {
  return (await entriesIn(directory)).map((entry) => termOf(name, entry)).filter((number) => number !== null)
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

async function readTerm(place: LeasePlace, number: number): Promise<Term | null> {
  const path = termPath(place, number)
  try {
    const {text, mtimeMs, uid} = await readPlain(path)
    return {place, number, path, record: text === null ? null : parseLeaseRecord(text), heartbeat: mtimeMs, uid}
  } catch (error) {
    const entry = await lstat(path).catch(() => null)
    if (entry === null) return null
    // In the private store it may be a colleague's, and alive. In a public place it cannot be a lease: those are for all to read.
    if (!place.isPublic && !entry.isSymbolicLink()) throw storeFailure(path, error)
    return {place, number, path, record: null, heartbeat: entry.mtimeMs, uid: entry.uid}
  }
}

/** The term that counts; null when there never was one. */
export async function latestTerm(place: LeasePlace): Promise<Term | null> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const numbers = await termNumbers(place)
    if (numbers.length === 0) return null
    const term = await readTerm(place, Math.max(...numbers))
    // Gone since: a successor has cleaned up, so there is a higher one now.
    if (term !== null) return term
  }
  throw storeFailure(place.directory, new Error('its locks change faster than they can be read'))
}

/** An entry of a term: its record, or a note of what was started under it. */
const OF_TERM = /^([1-9]\d{0,11})\.(?:json|\d+\.started)$/

/** What others own stays: it counts no more. */
async function removeEarlier({directory, name}: LeasePlace, number: number): Promise<void> {
  const prefix = `${name}.`
  const earlier = (await entriesIn(directory)).filter((entry) => {
    const [, term] = entry.startsWith(prefix) ? (OF_TERM.exec(entry.slice(prefix.length)) ?? []) : []
    return term !== undefined && Number(term) < number
  })
  await Promise.allSettled(earlier.map((entry) => rm(join(directory, entry), {force: true})))
}

async function create({directory, isPublic}: LeasePlace, path: string, content: string): Promise<boolean> {
  const publish = async (draft: string): Promise<boolean> => {
    await link(draft, path)
    await syncDirectory(directory)
    return true
  }
  try {
    return await withDraft(directory, content, publish, isPublic ? PUBLIC_MODE : FILE_MODE)
  } catch (error) {
    if (isTaken(error)) return false
    throw storeFailure(path, error)
  }
}

function noNumberLeft(path: string): FaciError {
  const suggestions = [`ls -l ${path}`, `rm ${path}`]
  return new FaciError('locked', `the lock file ${path} leaves no number for the next`, {suggestions})
}

/** The path of the term after `previous`, now ours; null when another process was first. The folder must be there. */
export async function nextTerm(place: LeasePlace, previous: Term | null, content: string): Promise<string | null> {
  if (previous?.number === LAST_TERM) throw noNumberLeft(previous.path)
  const number = (previous?.number ?? 0) + 1
  const path = termPath(place, number)
  if (!(await create(place, path, content))) return null
  if (Math.max(...(await termNumbers(place))) !== number) {
    await rm(path, {force: true})
    return null
  }
  await removeEarlier(place, number)
  return path
}
