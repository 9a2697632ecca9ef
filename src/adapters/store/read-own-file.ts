import {constants} from 'node:fs'
import {type FileHandle, open, stat} from 'node:fs/promises'
import {isMissing} from '../../files/atomic-file.js'
import {isSharedFolder} from '../../files/shared-folder.js'

export type OwnFile =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'missing'}
  /** Not what faci wrote: it can be moved out of the way. */
  | {readonly kind: 'foreign'; readonly reason: string}
  /** It may be sound, but not for us to read. */
  | {readonly kind: 'closed'; readonly reason: string}

const MEGABYTE = 1024 * 1024

/** Whether a file of this account in `directory` is ours to read. */
type Owners = (uid: number) => boolean

/** We ourselves, and whoever the directory belongs to; where a group shares it, all who could put a file there. */
export async function ownersOf(directory: string): Promise<Owners> {
  if (isSharedFolder(directory)) return () => true
  const own = process.getuid?.() ?? 0
  try {
    const {uid: owner} = await stat(directory)
    return (uid) => uid === own || uid === owner
  } catch {
    return (uid) => uid === own
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}

async function readHandle(handle: FileHandle, maxBytes: number, owners: Owners): Promise<OwnFile> {
  const found = await handle.stat()
  const foreign = (reason: string): OwnFile => ({kind: 'foreign', reason})
  if (!found.isFile()) return foreign(found.isDirectory() ? 'is a directory' : 'is not a regular file')
  if (!owners(found.uid)) return foreign(`belongs to uid ${String(found.uid)}`)
  if (found.size > maxBytes) return foreign(`is too large (${String(Math.ceil(found.size / MEGABYTE))} MiB)`)
  return {kind: 'text', text: await handle.readFile('utf8')}
}

/** A small file that faci wrote. Follows no link, waits for no pipe, reads nothing that is too large, and throws for nothing. */
export async function readOwnFile(path: string, maxBytes: number, owners: Owners): Promise<OwnFile> {
  let handle: FileHandle | null = null
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    return await readHandle(handle, maxBytes, owners)
  } catch (error) {
    if (isMissing(error)) return {kind: 'missing'}
    const code = codeOf(error)
    if (code === 'ELOOP') return {kind: 'foreign', reason: 'is a symbolic link'}
    if (code === 'ENXIO') return {kind: 'foreign', reason: 'is not a regular file'}
    return {kind: 'closed', reason: `cannot be read (${code})`}
  } finally {
    await handle?.close()
  }
}
