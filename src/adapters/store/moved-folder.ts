import {link, lstat, readdir, rename, rmdir, unlink} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {isMissing, isTaken, syncFolder} from '../../files/atomic-file.js'
import {storeFailure} from './private-files.js'

// Names of a folder on its way out, beside where it was, so that neither room nor another folder is needed.
const ASIDE = '.aside-'
const PRUNING = '.pruning-'

/** While whoever prunes looks whether anybody was faster: it is whole, and whoever needs it gives it its name back. */
export function asideName(id: string): string {
  return ASIDE + id
}

/** From the moment when it is settled that it goes: half of it may be gone. */
export function pruningName(id: string): string {
  return PRUNING + id
}

/** Either. */
export function isMoved(name: string): boolean {
  return name.startsWith(ASIDE) || name.startsWith(PRUNING)
}

function idBehind(mark: string, name: string): string | null {
  return name.startsWith(mark) ? name.slice(mark.length) : null
}

/** null: none that is looked at. */
export function asideId(name: string): string | null {
  return idBehind(ASIDE, name)
}

/** null: none that is settled to go. */
export function pruningId(name: string): string | null {
  return idBehind(PRUNING, name)
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([lstat(one), lstat(other)])
  return first.ino === second.ino && first.dev === second.dev
}

/** False: another file has this name there, and neither is touched. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    // Another process is at it as well.
    if (isMissing(error)) return false
    if (isTaken(error)) return isSameFile(from, to).catch(() => false)
    throw error
  }
}

/** All names first, on disk, before the old ones go: cut off at any moment, no file is lost. */
async function unite(from: string, to: string): Promise<void> {
  const done: string[] = []
  for (const name of await readdir(from)) if (await linked(join(from, name), join(to, name))) done.push(name)
  await syncFolder(to)
  for (const name of done)
    await unlink(join(from, name)).catch((error: unknown) => {
      if (!isMissing(error)) throw error
    })
  // What could not be moved stays where it is, and is told.
  await rmdir(from).catch(() => undefined)
}

const FILLED = new Set(['ENOTEMPTY', 'EEXIST'])

function isFilled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FILLED.has(String(error.code))
}

/**
 * A folder gets its name back, whole and at once; where one of its name was made meanwhile, what is in both comes together, and no file
 * takes the place of another. False: it was not there. Errors: `unreachable`.
 */
export async function giveBack(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to).catch((error: unknown) => {
      if (isFilled(error)) return unite(from, to)
      throw error
    })
    await syncFolder(dirname(to))
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw storeFailure(from, error)
  }
}
