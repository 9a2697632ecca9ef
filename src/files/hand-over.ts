import {closeSync, constants, fchmodSync, fchownSync, fstatSync, openSync, readdirSync} from 'node:fs'
import {join} from 'node:path'

const SHARED_FILE = 0o660
const SHARED_FOLDER = 0o2770
const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY} = constants

/** What was opened is what is changed, whatever takes its name: it must be ours, and a file may have no second name. */
function give(path: string, gid: number): void {
  const descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const stats = fstatSync(descriptor)
    const isFolder = stats.isDirectory()
    if (stats.uid !== process.geteuid?.() || !(isFolder || (stats.isFile() && stats.nlink === 1))) return
    fchownSync(descriptor, stats.uid, gid)
    fchmodSync(descriptor, isFolder ? SHARED_FOLDER : SHARED_FILE)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Gives a group all that is ours in a folder of ours, and the folder last: who was interrupted begins anew. `except`: folders right in it
 * that stay as they are. Throws what the system says.
 */
export function handOver(folder: string, gid: number, except: readonly string[] = []): void {
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !except.includes(entry.name)) handOver(path, gid)
    if (entry.isFile()) give(path, gid)
  }
  give(folder, gid)
}
