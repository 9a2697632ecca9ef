import {lstatSync, readdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'

/** A folder of block files: the process that made it (an older faci left that out), what `mkdtemp` adds, and `~` while it is removed. */
const NAME = /^faci-block-(?:(\d{1,10})-)?[A-Za-z0-9]{6}~?$/
const DAY_SECONDS = 86_400
/** No block waits longer for what others left. */
const AT_ONCE = 20

export const BLOCK_PREFIX = `faci-block-${String(process.pid)}-`

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** Ours, a folder and no link, of a process that is gone, and nobody has used it for a day. */
function isAbandoned(path: string, pid: string | undefined, now: Date): boolean {
  try {
    const found = lstatSync(path)
    const isOld = now.getTime() - found.mtimeMs > DAY_SECONDS * 1000
    return (
      isOld && found.isDirectory() && found.uid === process.getuid?.() && (pid === undefined || !lives(Number(pid)))
    )
  } catch {
    return false
  }
}

/** Removes what a killed faci left: a `kill -9` runs no clean-up. Follows no link, and never throws: no block depends on it. */
export function sweepBlockFiles(directory: string, now: Date): void {
  try {
    const names = readdirSync(directory).filter((name) => NAME.test(name))
    const abandoned = names.filter((name) => isAbandoned(join(directory, name), NAME.exec(name)?.[1], now))
    for (const name of abandoned.slice(0, AT_ONCE)) rmSync(join(directory, name), {recursive: true, force: true})
  } catch {
    // Not to be listed, or not all to be removed: the next one tries again.
  }
}
