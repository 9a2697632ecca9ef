import {constants} from 'node:fs'
import {access, open, rename, rmdir, unlink} from 'node:fs/promises'
import {join} from 'node:path'
import {isMissing, syncFolder} from '../../../files/atomic-file.js'
import type {Removal} from '../../../ports/store-keeper.js'
import {asideName, giveBack, pruningName} from '../moved-folder.js'
import {storeFailure} from '../private-files.js'
import {type Entry, entriesOf, entryAt, versionOf} from './folder-entries.js'

/** Without what is not as it was looked at. */
async function unlinkSame(folder: string, looked: readonly Entry[]): Promise<boolean> {
  let isSame = true
  for (const entry of looked) {
    const now = await entryAt(folder, entry.name)
    if (now === null) continue
    if (now.kind === 'folder' || versionOf([now]) !== versionOf([entry])) isSame = false
    else await unlink(join(folder, entry.name))
  }
  return isSame
}

/**
 * Files right in a folder, by its descriptor where the system has a name for that: who swaps the folder for a link meanwhile makes us
 * remove nothing elsewhere. False: one of them is not as it was looked at, and stays.
 */
export async function removeFiles(folder: string, looked: readonly Entry[]): Promise<boolean> {
  const {O_RDONLY, O_DIRECTORY, O_NOFOLLOW} = constants
  const handle = await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
  try {
    const held = `/proc/self/fd/${String(handle.fd)}`
    const path = await access(held).then(
      () => held,
      () => folder,
    )
    const isSame = await unlinkSame(path, looked)
    await handle.sync()
    return isSame
  } finally {
    await handle.close()
  }
}

/** With what was looked at in it: whatever else is there keeps it. Errors: `unreachable`. */
export async function removeAside(folder: string, looked: readonly Entry[]): Promise<void> {
  try {
    await removeFiles(folder, looked)
    await rmdir(folder)
  } catch (error) {
    if (!isMissing(error)) throw storeFailure(folder, error)
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw storeFailure(from, error)
  }
}

export interface FolderRemoval {
  readonly parent: string
  readonly id: string
  /** Of all that lies in it. */
  readonly version: string
  /** Asked once it is moved aside; no: somebody was about to write there. */
  readonly isAlone?: (entries: readonly Entry[]) => Promise<boolean>
}

/** What lies in a folder that is aside, once it is settled that it goes; null: somebody was faster. */
async function settled(
  {version, isAlone = () => Promise.resolve(true)}: FolderRemoval,
  {path, aside, going}: Readonly<Record<'path' | 'aside' | 'going', string>>,
): Promise<readonly Entry[] | null> {
  try {
    const entries = await entriesOf(aside)
    if (versionOf(entries) === version && (await isAlone(entries))) return (await moved(aside, going)) ? entries : null
  } catch (error) {
    await giveBack(aside, path).catch(() => false)
    throw error
  }
  await giveBack(aside, path)
  return null
}

/**
 * A folder that is as it was looked at. First it is moved aside and looked at again: whoever was faster keeps it, and may take it back at
 * any moment until it gets the name of what goes. Then what lies in it goes, so that nobody finds half of it.
 */
export async function removeFolder(removal: FolderRemoval): Promise<Removal> {
  const {parent, id, version} = removal
  const [path, aside, going] = [id, asideName(id), pruningName(id)].map((name) => join(parent, name)) as [
    ...[string, string, string],
  ]
  if ((await entryAt(parent, id))?.kind !== 'folder') return 'gone'
  if (versionOf(await entriesOf(path)) !== version) return 'changed'
  if (!(await moved(path, aside))) return 'gone'
  const entries = await settled(removal, {path, aside, going})
  if (entries === null) return 'changed'
  await syncFolder(parent).catch(() => undefined)
  await removeAside(going, entries)
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
