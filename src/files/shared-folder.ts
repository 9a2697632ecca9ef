import {chmodSync, lstatSync, type Stats, statSync} from 'node:fs'
import {dirname} from 'node:path'

const SET_GROUP_ID = 0o2000
const GROUP_MAY_WRITE = 0o020
const OTHERS_MAY_WRITE = 0o002
const PRIVATE_FILE = 0o600
const SHARED_FILE = 0o660
const SHARED_FOLDER = 0o2770

/** A folder in which a group works together: what is made there is the group's, and nobody else may write there. */
function isShared(stats: Stats | undefined): boolean {
  if (stats?.isDirectory() !== true || (stats.mode & OTHERS_MAY_WRITE) !== 0) return false
  return (stats.mode & SET_GROUP_ID) !== 0 && (stats.mode & GROUP_MAY_WRITE) !== 0
}

function lookAt(path: string, stat: typeof statSync): Stats | undefined {
  try {
    return stat(path, {throwIfNoEntry: false})
  } catch {
    return undefined
  }
}

export function isSharedFolder(path: string): boolean {
  return isShared(lookAt(path, statSync))
}

/** What a file of the store is made with: for whoever shares its folder, else for this account alone. */
export function storeFileMode(folder: string): number {
  return isSharedFolder(folder) ? SHARED_FILE : PRIVATE_FILE
}

/** A folder that was just made is as its parent is, whatever the umask took away. The group comes from the parent by itself. */
export function shareAsParent(folder: string): void {
  if (isSharedFolder(dirname(folder))) chmodSync(folder, SHARED_FOLDER)
}

/** Root is of every group. */
export function isMember(gid: number): boolean {
  return process.geteuid?.() === 0 || gid === process.getegid?.() || (process.getgroups?.() ?? []).includes(gid)
}

/** No link, the group's, and shared by it; and this account is of the group. */
export function isSharedBy(path: string, gid: number): boolean {
  const found = lookAt(path, lstatSync)
  return isShared(found) && found?.gid === gid && isMember(gid)
}
