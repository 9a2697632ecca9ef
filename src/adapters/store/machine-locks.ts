import {createHash} from 'node:crypto'
import {accessSync, closeSync, constants, existsSync, fchmodSync, fstatSync, mkdirSync, openSync} from 'node:fs'
import {FaciError} from '../../domain/errors.js'
import {fileName} from './file-name.js'
import {entriesIn, latestTerm} from './lease-files.js'
import type {LeasePlace} from './lease-files.js'

/**
 * The locks of this machine, for all its checkouts and accounts: folders like `/tmp`, open to all and sticky, so that everybody can add a
 * lease and nobody can remove another's. What is planted there looks like a lease of its owner's, and can only delay.
 */
export interface MachineLocks {
  /** Where a lease on this project is held: nothing is made, and the engine is only asked when something is there. */
  readonly placesToSee: (project: string) => Promise<readonly LeasePlace[]>
  /** Where one has to be taken; the folder is made. Errors: `unreachable` when none can be used. */
  readonly placesToTake: (project: string) => Promise<readonly LeasePlace[]>
}

export interface MachineLocksOptions {
  /** The first that is there, or can be made, is used; and every other that is there, for somebody may have seen only that. */
  readonly directories: readonly string[]
  /** null when the engine cannot be asked: then a lease on this project on any engine is respected, and ours by all others. */
  readonly engineId: () => Promise<string | null>
}

const OPEN_TO_ALL = 0o1777
const PERMISSIONS = 0o7777
const HASH = /^[0-9a-f]{32}(?=\.)/
const HASH_LENGTH = 32

function prefixOf(project: string): string {
  return `${fileName(project)}~`
}

/** Two engines may have projects of one name. */
function nameOf(project: string, engine: string | null): string {
  const key = JSON.stringify([engine, project])
  return prefixOf(project) + createHash('sha256').update(key).digest('hex').slice(0, HASH_LENGTH)
}

/** By its descriptor, which stays with the folder that was looked at, whatever takes its name later. */
function pathOf(directory: string, descriptor: number): string {
  const path = `/proc/self/fd/${String(descriptor)}`
  return existsSync(path) ? path : directory
}

/** null when it is not there, is a link or no folder, or one in which not everybody is equal: each account finds the same. */
function openFolder(directory: string, isNew: boolean): string | null {
  const descriptor = descriptorOf(directory)
  if (descriptor === null) return null
  // The umask has taken something away.
  if (isNew) fchmodSync(descriptor, OPEN_TO_ALL)
  if ((fstatSync(descriptor).mode & PERMISSIONS) === OPEN_TO_ALL) return pathOf(directory, descriptor)
  closeSync(descriptor)
  return null
}

function descriptorOf(directory: string): number | null {
  try {
    return openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  } catch {
    return null
  }
}

function makeFolder(directory: string): string | null {
  try {
    mkdirSync(directory, OPEN_TO_ALL)
  } catch {
    return null
  }
  return openFolder(directory, true)
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function noFolder(directories: readonly string[]): FaciError {
  const message = `No folder for this machine's locks can be used: ${directories.join(', ')} must be open to all and sticky, and no link`
  const [first = ''] = directories
  return new FaciError('unreachable', message, {
    suggestions: [`ls -ld ${directories.join(' ')}`, `mkdir -m 1777 ${first}`],
  })
}

async function namesIn(directory: string, project: string): Promise<readonly string[]> {
  const prefix = prefixOf(project)
  const hashes = (await entriesIn(directory))
    .filter((entry) => entry.startsWith(prefix))
    .map((entry) => HASH.exec(entry.slice(prefix.length))?.[0])
  return [...new Set(hashes.filter((hash) => hash !== undefined))].map((hash) => prefix + hash)
}

/** Looks no further than whether it was given back. */
async function isFree(place: LeasePlace): Promise<boolean> {
  const term = await latestTerm(place)
  return term === null || (term.record?.releasedAt ?? null) !== null
}

export function machineLocks({directories, engineId}: MachineLocksOptions): MachineLocks {
  const opened = new Map<string, string>()
  const folders = (): readonly string[] => {
    for (const directory of directories) {
      const path = opened.has(directory) ? null : openFolder(directory, false)
      if (path !== null) opened.set(directory, path)
    }
    return [...opened.values()]
  }
  const usable = (): readonly string[] => {
    const there = folders().filter(isWritable)
    if (there.length > 0) return there
    for (const directory of directories) {
      const path = makeFolder(directory)
      if (path === null) continue
      opened.set(directory, path)
      return [path]
    }
    throw noFolder(directories)
  }
  const placesIn = async (directory: string, project: string): Promise<readonly LeasePlace[]> =>
    (await namesIn(directory, project)).map((name) => ({directory, name, isPublic: true}))
  return {
    placesToSee: async (project) => {
      const places = (await Promise.all(folders().map((directory) => placesIn(directory, project)))).flat()
      const free = await Promise.all(places.map(isFree))
      const inUse = places.filter((_, index) => free[index] !== true)
      const engine = inUse.length === 0 ? null : await engineId()
      const names = [nameOf(project, engine), nameOf(project, null)]
      return inUse.filter(({name}) => engine === null || names.includes(name))
    },
    placesToTake: async (project) => {
      const engine = await engineId()
      const own = nameOf(project, engine)
      const isOurs = (name: string): boolean => engine === null || name === nameOf(project, null)
      const places = usable().map(async (directory) => [
        {directory, name: own, isPublic: true},
        ...(await placesIn(directory, project)).filter(({name}) => name !== own && isOurs(name)),
      ])
      return (await Promise.all(places)).flat()
    },
  }
}
