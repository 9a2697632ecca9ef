import {randomUUID} from 'node:crypto'
import {lstat, mkdir, open, readdir, rename, rm, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {command} from '../../domain/text/shell-command.js'

/** State holds evidence and names of people: only its owner may read it. */
export const FILE_MODE = 0o600
const DIRECTORY_MODE = 0o700

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
}

/** For a store that cannot be used: disk full, read-only, not ours. */
export function storeFailure(path: string, error: unknown, folder = dirname(path)): FaciError {
  const why = error instanceof Error ? error.message : 'unknown reason'
  return new FaciError('unreachable', `Can't use the store at ${path}: ${why}`, {
    cause: error,
    suggestions: [command`df -h ${folder}`, command`ls -ld ${folder}`],
  })
}

/** A new name in a directory survives a power cut only once the directory itself is on disk. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function makeOne(directory: string): Promise<boolean> {
  try {
    await mkdir(directory, {mode: DIRECTORY_MODE})
    return true
  } catch (error) {
    if (!isMissing(error) && (await isDirectory(directory))) return false
    throw error
  }
}

/**
 * The topmost folder that had to be made; null when all were there. Not `mkdir` with `recursive`, which never returns from a place where
 * nothing can be made although its parent is there, as in `/proc`.
 */
async function makeAll(directory: string): Promise<string | null> {
  try {
    return (await makeOne(directory)) ? directory : null
  } catch (error) {
    if (!isMissing(error) || dirname(directory) === directory) throw error
    const first = await makeAll(dirname(directory))
    return (await makeOne(directory)) ? (first ?? directory) : first
  }
}

export async function makeDirectory(directory: string): Promise<void> {
  try {
    const first = await makeAll(directory)
    if (first !== null) await syncDirectory(dirname(first))
  } catch (error) {
    throw storeFailure(directory, error)
  }
}

async function writeSynced(path: string, content: string, mode: number): Promise<void> {
  const handle = await open(path, 'wx', mode)
  try {
    // Whatever the umask takes away.
    if (mode !== FILE_MODE) await handle.chmod(mode)
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const DRAFT = '.draft'
/** A draft lives for as long as it takes to write it. */
const OLDEST_DRAFT_MILLISECONDS = 3_600_000
const swept = new Set<string>()

async function removeOld(path: string, now: number): Promise<void> {
  const {mtimeMs} = await lstat(path)
  if (Math.abs(now - mtimeMs) > OLDEST_DRAFT_MILLISECONDS) await rm(path, {force: true})
}

/** Those of processes that were killed; once a process for each folder. What is not ours, or gone by now, stays. */
async function sweepDrafts(directory: string): Promise<void> {
  if (swept.has(directory)) return
  swept.add(directory)
  const names = await readdir(directory).catch(() => [])
  const drafts = names.filter((name) => name.startsWith('.') && name.endsWith(DRAFT))
  await Promise.allSettled(drafts.map((name) => removeOld(join(directory, name), Date.now())))
}

/** Calls `publish` with the path of a complete, synced file beside the target, which is gone afterwards. */
export async function withDraft<T>(
  directory: string,
  content: string,
  publish: (draft: string) => Promise<T>,
  mode = FILE_MODE,
): Promise<T> {
  await sweepDrafts(directory)
  const draft = join(directory, `.${randomUUID()}${DRAFT}`)
  try {
    await writeSynced(draft, content, mode)
    return await publish(draft)
  } finally {
    await rm(draft, {force: true})
  }
}

/** Readers see the old content or the new, never a mixture, also after a power cut. */
export async function replaceFile(path: string, content: string, mode = FILE_MODE): Promise<void> {
  const directory = dirname(path)
  try {
    await withDraft(directory, content, (draft) => rename(draft, path), mode)
    await syncDirectory(directory)
  } catch (error) {
    throw storeFailure(path, error)
  }
}
