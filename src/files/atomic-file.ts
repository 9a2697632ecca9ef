import {randomUUID} from 'node:crypto'
import {chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {type FileHandle, link, open, rename, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'

/** What faci writes holds evidence, and names of people: only its owner may read it. */
export const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT')
}

export function isTaken(error: unknown): boolean {
  return hasCode(error, 'EEXIST')
}

function isFolder(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() === true
}

function makeOne(folder: string, whenMade: (folder: string) => void): boolean {
  try {
    mkdirSync(folder, {mode: FOLDER_MODE})
    whenMade(folder)
    return true
  } catch (error) {
    if (!isMissing(error) && isFolder(folder)) return false
    throw error
  }
}

/**
 * A folder and those above it, for this account alone as far as they are made here, unless `whenMade` changes that. Returns the topmost that was made; null when all were
 * there. Not `mkdir` with `recursive`, which never returns from a place where nothing can be made although its parent is there, as in `/proc`.
 */
export function makeFolders(folder: string, whenMade: (folder: string) => void = () => undefined): string | null {
  try {
    return makeOne(folder, whenMade) ? folder : null
  } catch (error) {
    if (!isMissing(error) || dirname(folder) === folder) throw error
    const first = makeFolders(dirname(folder), whenMade)
    return makeOne(folder, whenMade) ? (first ?? folder) : first
  }
}

/** A new name in a folder survives a power cut only once the folder itself is on disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A file that is being written under a name by chance, made anew: nobody can have prepared it, and nobody finds half of it. */
export interface Draft {
  readonly path: string
  readonly write: (text: string) => Promise<void>
  /** All of it is on disk. */
  readonly finish: () => Promise<void>
  /** It is gone, whatever became of it; harmless when it was moved. */
  readonly discard: () => Promise<void>
}

const DRAFT = /^\.faci-[0-9a-f-]{36}\.draft$/
/** A draft lives for as long as it takes to write it; an export of weeks of logs may take its time. */
const OLDEST_DRAFT_MILLISECONDS = 86_400_000
/** Nobody waits longer for what others left. */
const AT_ONCE = 50
const swept = new Set<string>()

function removeAbandoned(path: string): void {
  try {
    const found = lstatSync(path)
    const isOld = Math.abs(Date.now() - found.mtimeMs) > OLDEST_DRAFT_MILLISECONDS
    if (isOld && found.isFile() && found.uid === process.geteuid?.()) rmSync(path, {force: true})
  } catch {
    // Gone by now, or not to be removed: it harms nobody.
  }
}

/** Those of processes that were killed; once a process for each folder. What is not ours, or gone by now, stays. */
function sweepDrafts(folder: string): void {
  if (swept.has(folder)) return
  swept.add(folder)
  try {
    const drafts = readdirSync(folder).filter((name) => DRAFT.test(name))
    for (const draft of drafts.slice(0, AT_ONCE)) removeAbandoned(join(folder, draft))
  } catch {
    // Not to be listed.
  }
}

function draftIn(folder: string): string {
  return join(folder, `.faci-${randomUUID()}.draft`)
}

/** With exactly this mode if it is made here. */
export async function openMade(path: string, mode: number, flags: 'wx' | 'a' = 'wx'): Promise<FileHandle> {
  const handle = await open(path, flags, mode)
  // Whatever the umask takes away.
  if (mode !== FILE_MODE) await handle.chmod(mode)
  return handle
}

/** Rejects with what the system says. */
export async function openDraft(folder: string, mode = FILE_MODE): Promise<Draft> {
  sweepDrafts(folder)
  const path = draftIn(folder)
  const handle = await openMade(path, mode)
  let isOpen = true
  const close = async (): Promise<void> => {
    if (isOpen) await handle.close()
    isOpen = false
  }
  return {
    path,
    write: (text) => handle.writeFile(text),
    finish: async () => {
      await handle.sync()
      await close()
    },
    discard: async () => {
      await close()
      await rm(path, {force: true})
    },
  }
}

/** Calls `publish` with the path of a complete, synced file beside the target, which is gone afterwards. */
export async function withDraft<T>(
  folder: string,
  content: string,
  publish: (draft: string) => Promise<T>,
  mode = FILE_MODE,
): Promise<T> {
  const draft = await openDraft(folder, mode)
  try {
    await draft.write(content)
    await draft.finish()
    return await publish(draft.path)
  } finally {
    await draft.discard()
  }
}

/** Readers see the old content or the new, never a mixture, also after a power cut. */
export async function replaceFile(path: string, content: string, mode = FILE_MODE): Promise<void> {
  await withDraft(dirname(path), content, (draft) => rename(draft, path), mode)
  await syncFolder(dirname(path))
}

/** A whole file where none was, on disk; false: something of that name is there, and stays as it is. */
export async function makeFile(path: string, content: string, mode = FILE_MODE): Promise<boolean> {
  try {
    await withDraft(dirname(path), content, (draft) => link(draft, path), mode)
    await syncFolder(dirname(path))
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

/** As `replaceFile`, at once, of a small file that may be lost in a power cut. */
export function replaceFileAtOnce(path: string, content: string, mode = FILE_MODE): void {
  const draft = draftIn(dirname(path))
  try {
    writeFileSync(draft, content, {mode, flag: 'wx'})
    if (mode !== FILE_MODE) chmodSync(draft, mode)
    renameSync(draft, path)
  } finally {
    rmSync(draft, {force: true})
  }
}
