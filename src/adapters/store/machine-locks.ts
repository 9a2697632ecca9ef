import {createHash} from 'node:crypto'
import {fileName} from '../../files/file-name.js'
import {inBatches} from './in-batches.js'
import {entriesIn, termsIn} from './lease-files.js'
import type {LeasePlace} from './lease-files.js'
import {type Folder, lockFolders} from './lock-folders.js'

/**
 * The locks of this machine, for all its checkouts and accounts: folders like `/tmp`, open to all and sticky, so that everybody can add a
 * lease, and nobody can remove another's but root and the folder's owner. What is planted there looks like a lease of its owner's, and can
 * only delay. An owner who is neither root nor we could do more: so root makes a folder its own, and where all belong to such owners, we
 * make one beside them, for a lease lies in every one that is there.
 */
export interface MachineLocks {
  /** Where a lease on this project is held: nothing is made, and the engine is only asked when something is there. */
  readonly placesToSee: (project: string) => Promise<readonly LeasePlace[]>
  /** Where one has to be taken; the folder is made. Errors: `unreachable` when none can be used. */
  readonly placesToTake: (project: string) => Promise<readonly LeasePlace[]>
  /** The same error, with the folders called as people call them. */
  readonly named: (error: unknown) => unknown
}

export interface MachineLocksOptions {
  /** The first that is there, or can be made, is used; and every other that is there, for somebody may have seen only that. */
  readonly directories: readonly string[]
  /** null when the engine cannot be asked: then a lease on this project on any engine is respected, and ours by all others. */
  readonly engineId: () => Promise<string | null>
}

const HASH = /^[0-9a-f]{32}(?=\.)/
const HASH_LENGTH = 32
/** With a project of one name: more than that is planted, and not worth looking at one by one. */
const MOST_ENGINES = 8

function prefixOf(project: string): string {
  return `${fileName(project)}~`
}

/** Two engines may have projects of one name. */
function nameOf(project: string, engine: string | null): string {
  const key = JSON.stringify([engine, project])
  return prefixOf(project) + createHash('sha256').update(key).digest('hex').slice(0, HASH_LENGTH)
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
  const {latest, others} = await termsIn(place)
  return [latest, ...others].every((term) => term === null || (term.record?.releasedAt ?? null) !== null)
}

export function machineLocks({directories, engineId}: MachineLocksOptions): MachineLocks {
  const folders = lockFolders(directories)
  const placesIn = async ({path}: Folder, project: string): Promise<readonly LeasePlace[]> =>
    (await namesIn(path, project)).map((name) => ({directory: path, name, isPublic: true}))
  /** Those of our engine, and of whoever could not ask which it is. */
  const meant = async (project: string, places: readonly LeasePlace[]): Promise<readonly LeasePlace[]> => {
    const engine = await engineId()
    const names = [nameOf(project, engine), nameOf(project, null)]
    return places.filter(({name}) => engine === null || names.includes(name))
  }
  return {
    placesToSee: async (project) => {
      const places = (await Promise.all(folders.there().map((folder) => placesIn(folder, project)))).flat()
      const asked = places.length > MOST_ENGINES ? await meant(project, places) : places
      const free = await inBatches(asked, isFree)
      const inUse = asked.filter((_, index) => free[index] !== true)
      return inUse.length === 0 ? [] : meant(project, inUse)
    },
    placesToTake: async (project) => {
      const engine = await engineId()
      const own = nameOf(project, engine)
      const isOurs = (name: string): boolean => engine === null || name === nameOf(project, null)
      const places = folders
        .usable()
        .map(async (folder) => [
          {directory: folder.path, name: own, isPublic: true},
          ...(await placesIn(folder, project)).filter(({name}) => name !== own && isOurs(name)),
        ])
      return (await Promise.all(places)).flat()
    },
    named: folders.named,
  }
}
