import {link, readFile, readdir, rm, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {fileName} from './file-name.js'
import {parseLeaseRecord} from './lease-record.js'
import type {LeaseRecord} from './lease-record.js'
import {isMissing, isTaken, makeDirectory, storeFailure, syncDirectory, withDraft} from './private-files.js'

/**
 * The leases of one project as numbered files, `<project>.<term>.json`. The highest term counts, whether held, released or stale; a new
 * lease is the next term. Creating that file is atomic (a hard link), so of any number of processes that saw the same term end, one
 * becomes its successor; and since the highest file is never removed, a process that was paused meanwhile can't come back with a term
 * that looks new.
 */
export interface Term {
  readonly number: number
  readonly path: string
  /** null when the file cannot be read as one. */
  readonly record: LeaseRecord | null
  /** Milliseconds since the epoch. */
  readonly heartbeat: number
}

const EXTENSION = '.json'

function termPath(directory: string, project: string, number: number): string {
  return join(directory, `${fileName(project)}.${String(number)}${EXTENSION}`)
}

async function termNumbers(directory: string, project: string): Promise<readonly number[]> {
  const prefix = `${fileName(project)}.`
  try {
    const names = await readdir(directory)
    return names
      .filter((name) => name.startsWith(prefix) && name.endsWith(EXTENSION))
      .map((name) => name.slice(prefix.length, -EXTENSION.length))
      .filter((text) => /^\d+$/.test(text))
      .map(Number)
  } catch (error) {
    if (isMissing(error)) return []
    throw storeFailure(directory, error)
  }
}

async function readTerm(path: string, number: number): Promise<Term | null> {
  try {
    const [text, {mtimeMs}] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    return {number, path, record: parseLeaseRecord(text), heartbeat: mtimeMs}
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

/** The term that counts; null when there never was one. */
export async function latestTerm(directory: string, project: string): Promise<Term | null> {
  for (;;) {
    const numbers = await termNumbers(directory, project)
    if (numbers.length === 0) return null
    const number = Math.max(...numbers)
    const term = await readTerm(termPath(directory, project, number), number)
    // Gone since: a successor has cleaned up, so there is a higher one now.
    if (term !== null) return term
  }
}

async function removeEarlier(directory: string, project: string, number: number): Promise<void> {
  const earlier = (await termNumbers(directory, project)).filter((other) => other < number)
  await Promise.all(earlier.map((other) => rm(termPath(directory, project, other), {force: true})))
}

async function create(directory: string, path: string, record: LeaseRecord): Promise<boolean> {
  try {
    return await withDraft(directory, `${JSON.stringify(record)}\n`, async (draft) => {
      await link(draft, path)
      await syncDirectory(directory)
      return true
    })
  } catch (error) {
    if (isTaken(error)) return false
    throw storeFailure(path, error)
  }
}

/** The path of the term after `previous`, now ours; null when another process was first. */
export async function nextTerm(
  directory: string,
  project: string,
  previous: Term | null,
  record: LeaseRecord,
): Promise<string | null> {
  const number = (previous?.number ?? 0) + 1
  const path = termPath(directory, project, number)
  await makeDirectory(directory)
  if (!(await create(directory, path, record))) return null
  if (Math.max(...(await termNumbers(directory, project))) !== number) {
    await rm(path, {force: true})
    return null
  }
  await removeEarlier(directory, project, number)
  return path
}
