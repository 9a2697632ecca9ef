import {constants} from 'node:fs'
import {access, open, readdir, rename, rmdir, unlink} from 'node:fs/promises'
import {join} from 'node:path'
import {FaciError} from '../../../domain/errors.js'
import {isMissing, syncFolder} from '../../../files/atomic-file.js'
import type {Removal} from '../../../ports/store-keeper.js'
import {storeFailure} from '../private-files.js'
import {type Entry, entriesOf, entryAt, versionOf} from './folder-entries.js'
import {pruningName} from './names.js'

/**
 * The files right in a folder, by its descriptor where the system has a name for that: who swaps the folder for a link meanwhile makes us
 * remove nothing elsewhere.
 */
export async function removeFiles(folder: string, isWanted: (name: string) => boolean = () => true): Promise<void> {
  const {O_RDONLY, O_DIRECTORY, O_NOFOLLOW} = constants
  const handle = await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
  try {
    const held = `/proc/self/fd/${String(handle.fd)}`
    const path = await access(held).then(
      () => held,
      () => folder,
    )
    for (const name of (await readdir(path)).filter(isWanted)) await unlink(join(path, name))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** With what lies right in it. Errors: `unreachable`. */
export async function removeAside(folder: string): Promise<void> {
  try {
    await removeFiles(folder)
    await rmdir(folder)
  } catch (error) {
    if (!isMissing(error)) throw storeFailure(folder, error)
  }
}

/** Of what is there; of a file the entry itself counts. */
export type Look = (entries: readonly Entry[]) => string

async function moved(from: string, to: string, parent: string): Promise<boolean> {
  try {
    await rename(from, to)
    await syncFolder(parent)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error instanceof FaciError ? error : storeFailure(from, error)
  }
}

/** `isAlone`: asked once it is moved aside; no: somebody was about to write there. */
export interface FolderRemoval {
  readonly parent: string
  readonly id: string
  readonly version: string
  readonly look?: Look
  readonly isAlone?: (aside: string) => Promise<boolean>
}

/**
 * A folder that is as it was looked at: first it loses its name, so that nobody finds half of it, then what lies in it goes. Whoever was
 * faster keeps it: it gets its name back.
 */
export async function removeFolder(removal: FolderRemoval): Promise<Removal> {
  const {parent, id, version, look = versionOf, isAlone = () => Promise.resolve(true)} = removal
  const [path, aside] = [join(parent, id), join(parent, pruningName(id))]
  if ((await entryAt(parent, id))?.kind !== 'folder') return 'gone'
  if (look(await entriesOf(path)) !== version) return 'changed'
  if (!(await moved(path, aside, parent))) return 'gone'
  if (look(await entriesOf(aside)) !== version || !(await isAlone(aside))) {
    await moved(aside, path, parent)
    return 'changed'
  }
  await removeAside(aside)
  await syncFolder(parent).catch(() => undefined)
  return 'removed'
}

/** A file that is as it was looked at. */
export async function removeFile(parent: string, name: string, version: string): Promise<Removal> {
  const found = await entryAt(parent, name)
  if (found?.kind !== 'file') return 'gone'
  if (versionOf([found]) !== version) return 'changed'
  try {
    await unlink(join(parent, name))
    await syncFolder(parent)
    return 'removed'
  } catch (error) {
    if (isMissing(error)) return 'gone'
    throw storeFailure(join(parent, name), error)
  }
}
