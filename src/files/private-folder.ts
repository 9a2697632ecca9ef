import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, isAbsolute, join} from 'node:path'
import {FaciError} from '../domain/errors.js'
import {FILE_MODE, makeFolders} from './atomic-file.js'
import {isSharedFolder} from './shared-folder.js'

/** A folder of a name by chance that only this account can enter, so that nobody else can plant anything in it. */
export interface PrivateFolder {
  /** What is removed in the end. */
  readonly folder: string
  /** Holds the files, one folder deeper: so all of them can be moved away from who still writes there. */
  readonly path: string
  /** A new file; returns its path. */
  readonly write: (name: string, content: string, mode?: number) => string
  /** What cannot be tidied up stays, and says nothing of what was done. Harmless when it is repeated. */
  readonly remove: () => void
}

type Purpose = 'block' | 'plan'

/** As the watcher of a block knows them, which removes the files of a faci that died. */
const FILES = 'block'
const LEAVING = 'leaving'
const FOLDER_MODE = 0o700
const OTHERS_MAY_WRITE = 0o022
const STICKY = 0o1000

/** A folder of the process that made it (an older faci left that out), and what `mkdtemp` adds. */
const NAME = /^faci-(?:block|plan)-(?:(\d{1,10})-)?[A-Za-z0-9]{6}~?$/
const DAY_MILLISECONDS = 86_400_000
/** Nobody waits longer for what others left. */
const AT_ONCE = 20

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
    const isOld = now.getTime() - found.mtimeMs > DAY_MILLISECONDS
    return (
      isOld && found.isDirectory() && found.uid === process.geteuid?.() && (pid === undefined || !lives(Number(pid)))
    )
  } catch {
    return false
  }
}

/** Removes what a killed faci left: a `kill -9` runs no clean-up. Follows no link, and never throws: nothing depends on it. */
export function sweepPrivateFolders(directory: string, now: Date): void {
  try {
    const names = readdirSync(directory).filter((name) => NAME.test(name))
    const abandoned = names.filter((name) => isAbandoned(join(directory, name), NAME.exec(name)?.[1], now))
    for (const name of abandoned.slice(0, AT_ONCE)) rmSync(join(directory, name), {recursive: true, force: true})
  } catch {
    // Not to be listed, or not all to be removed: the next one tries again.
  }
}

export interface PrivatePlaces {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The store's folder; none for a command that leaves nothing there. */
  readonly store: string | null
}

/**
 * Where private folders may be made, the best first. In the store's `tmp/` they are on a disk where programs may be started, and outlive a
 * log-out, with which systemd empties XDG_RUNTIME_DIR. Not in a store that a group shares: it could put another folder in its place.
 */
function parentsIn({environment, store}: PrivatePlaces): readonly string[] {
  const {XDG_RUNTIME_DIR: runtime} = environment
  const ofStore = store !== null && existsSync(store) && !isSharedFolder(store) ? [join(store, 'tmp')] : []
  const ofLogin = runtime !== undefined && isAbsolute(runtime) ? [runtime] : []
  return [...new Set([...ofStore, ...ofLogin, tmpdir(), '/var/tmp'])]
}

/** Throws where others could move away what is made there: it, and every folder above it, is root's or ours, and others cannot rename in it. */
function checkParent(parent: string): void {
  for (let at = realpathSync(parent); ; at = dirname(at)) {
    const {uid, mode} = statSync(at)
    if (uid !== 0 && uid !== process.geteuid?.()) throw new Error(`${at} belongs to uid ${String(uid)}`)
    if ((mode & OTHERS_MAY_WRITE) !== 0 && (mode & STICKY) === 0)
      throw new Error(`group or others can write to ${at}, and it is not sticky`)
    if (at === dirname(at)) return
  }
}

const swept = new Set<string>()

function madeIn(parent: string, store: string | null, purpose: Purpose): string {
  if (dirname(parent) === store) makeFolders(parent)
  checkParent(parent)
  if (!swept.has(parent)) sweepPrivateFolders(parent, new Date())
  swept.add(parent)
  return mkdtempSync(join(parent, `faci-${purpose}-${String(process.pid)}-`))
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason'
  return 'code' in error ? String(error.code) : error.message
}

function newFolder(places: PrivatePlaces, purpose: Purpose): string {
  const reasons: string[] = []
  for (const parent of parentsIn(places)) {
    try {
      return madeIn(parent, places.store, purpose)
    } catch (error) {
      reasons.push(`${parent}: ${reasonOf(error)}`)
    }
  }
  throw new FaciError('unreachable', `cannot create a private folder: ${reasons.join('; ')}`, {
    suggestions: ['name a folder of your own: export TMPDIR=…'],
  })
}

/** Renamed first: who still writes in it no longer finds it. */
function removeFolder(folder: string): void {
  try {
    const files = join(folder, FILES)
    if (existsSync(files)) renameSync(files, join(folder, LEAVING))
    rmSync(folder, {recursive: true, force: true})
  } catch {
    // Left to whoever sweeps the folder.
  }
}

/** At once: a few small files take less time than waiting for a thread. Errors: `unreachable`, saying why no place will do. */
export function makePrivateFolder(places: PrivatePlaces, purpose: Purpose): PrivateFolder {
  const folder = newFolder(places, purpose)
  const path = join(folder, FILES)
  mkdirSync(path, {mode: FOLDER_MODE})
  return {
    folder,
    path,
    write: (name, content, mode = FILE_MODE) => {
      const file = join(path, name)
      writeFileSync(file, content, {mode, flag: 'wx'})
      return file
    },
    remove: () => {
      removeFolder(folder)
    },
  }
}
