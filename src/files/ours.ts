import {lstatSync, statSync, type Stats} from 'node:fs'

const OTHERS_MAY_WRITE = 0o022

/** Whether this account alone can have written it; of a file only if it has no second name, through which it may have been written. */
export function isOursAlone(stats: Stats): boolean {
  const isOurs = stats.uid === process.geteuid?.() && (stats.mode & OTHERS_MAY_WRITE) === 0
  return isOurs && (stats.isDirectory() || stats.nlink === 1)
}

/** A folder that is no link, and ours alone. */
export function isOwnFolder(path: string): boolean {
  try {
    const found = lstatSync(path)
    return found.isDirectory() && isOursAlone(found)
  } catch {
    return false
  }
}

/** Through links; null: not there, or not to be looked at. */
export function ownerOf(path: string): number | null {
  try {
    return statSync(path).uid
  } catch {
    return null
  }
}
