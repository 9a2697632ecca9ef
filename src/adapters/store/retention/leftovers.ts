import {join} from 'node:path'
import type {Stored} from '../../../domain/retention/stored.js'
import {ulidTime} from '../../../domain/time/ulid-time.js'
import type {Removal} from '../../../ports/store-keeper.js'
import {pruningId} from '../moved-folder.js'
import {barrierAt, type Entry, entriesOf, entryAt, sizeOf, versionOf} from './folder-entries.js'
import {ADOPTED_IN, CLAIMED_IN, DRAFT, PAGE_FILE, PAGE_KEY, ULID} from './names.js'
import {removeAside, removeFile, removeFolder} from './remove-folder.js'
import {isPart, PRUNED_IN} from './unfinished.js'

/** Where a writer that was killed leaves drafts. */
const DRAFTS_IN = [
  ...['', 'runs', 'incidents', 'incidents/handles', 'incidents/index', 'incidents/changed', 'outbox'],
  ...['outbox/delivered', 'outbox/dropped', 'outbox/roots', 'checks', 'oncall/overrides', 'prunes'],
]
const ROOTS = 'outbox/roots'
/** A channel, and what its thread is about. */
const ROOT = /^.+\.([0-9A-HJKMNP-TV-Z]{26})\.json$/s
/** What is younger somebody may be at. */
const OLD_MILLISECONDS = 86_400_000

export interface LeftoverScope {
  /** Ids of runs, incidents and tests: their threads stay. */
  readonly known: ReadonlySet<string>
  /** Threads of what waits. */
  readonly threads: ReadonlySet<string>
  readonly now: Date
}

async function fileItem(directory: string, place: string, entry: Entry): Promise<Stored> {
  const id = place === '' ? entry.name : `${place}/${entry.name}`
  return {
    id,
    bytes: entry.bytes,
    files: 1,
    version: versionOf([entry]),
    barrier: await barrierAt(join(directory, place)),
  }
}

async function folderItem(directory: string, place: string, {name}: Entry): Promise<Stored> {
  const entries = await entriesOf(join(directory, place, name))
  const barrier = (await barrierAt(join(directory, place))) ?? (await barrierAt(join(directory, place, name)))
  return {id: `${place}/${name}`, ...sizeOf(entries), version: versionOf(entries), barrier}
}

async function filesIn(
  directory: string,
  place: string,
  isLeft: (entry: Entry) => boolean,
): Promise<readonly Stored[]> {
  const left = (await entriesOf(join(directory, place))).filter((entry) => entry.kind === 'file' && isLeft(entry))
  return Promise.all(left.map((entry) => fileItem(directory, place, entry)))
}

async function foldersIn(directory: string, place: string): Promise<readonly Stored[]> {
  const folders = (await entriesOf(join(directory, place))).filter(({kind}) => kind === 'folder')
  const items = folders.map(async (entry) => {
    const id = pruningId(entry.name)
    return id === null || (await isPart(directory, place, id)) ? [] : [await folderItem(directory, place, entry)]
  })
  return (await Promise.all(items)).flat()
}

/** What was claimed for an incident that is gone, and nothing else. */
async function orphansIn(directory: string, place: string, {known, now}: LeftoverScope): Promise<readonly Stored[]> {
  const isOrphan = ({name, kind}: Entry): boolean =>
    kind === 'folder' && ULID.test(name) && !known.has(name) && now.getTime() - ulidTime(name) > OLD_MILLISECONDS
  const folders = (await entriesOf(join(directory, place))).filter(isOrphan)
  const isOwn = ({name, kind}: Entry): boolean => kind === 'file' && (PAGE_FILE.test(name) || DRAFT.test(name))
  const items = folders.map(async (entry) => {
    const isWhole = (await entriesOf(join(directory, place, entry.name))).every(isOwn)
    return isWhole ? [await folderItem(directory, place, entry)] : []
  })
  return (await Promise.all(items)).flat()
}

/** Claims of Alertmanager's pages: they count for seconds, after which the incidents tell whose a page is. */
async function adoptionsIn(directory: string, {now}: LeftoverScope): Promise<readonly Stored[]> {
  const folders = (await entriesOf(join(directory, ADOPTED_IN))).filter(
    ({name, kind}) => kind === 'folder' && PAGE_KEY.test(name),
  )
  const isDone = ({name, kind, mtimeMs}: Entry): boolean =>
    kind === 'file' && (PAGE_FILE.test(name) || DRAFT.test(name)) && now.getTime() - mtimeMs > OLD_MILLISECONDS
  const items = folders.map(async (entry) => {
    const entries = await entriesOf(join(directory, ADOPTED_IN, entry.name))
    return entries.every(isDone) ? [await folderItem(directory, ADOPTED_IN, entry)] : []
  })
  return (await Promise.all(items)).flat()
}

/** What nothing refers to: folders that lost their names, drafts of writers long gone, threads of what is not there any more. */
export async function leftoversIn(directory: string, scope: LeftoverScope): Promise<readonly Stored[]> {
  const {known, threads, now} = scope
  const isOld = ({mtimeMs}: Entry): boolean => now.getTime() - mtimeMs > OLD_MILLISECONDS
  const isOrphan = (entry: Entry): boolean => {
    const thread = ROOT.exec(entry.name)?.[1] ?? ''
    return ULID.test(thread) && isOld(entry) && !known.has(thread) && !threads.has(thread)
  }
  const found = await Promise.all([
    ...PRUNED_IN.map((place) => foldersIn(directory, place)),
    ...DRAFTS_IN.map((place) => filesIn(directory, place, (entry) => DRAFT.test(entry.name) && isOld(entry))),
    filesIn(directory, ROOTS, isOrphan),
    ...CLAIMED_IN.map((place) => orphansIn(directory, place, scope)),
    adoptionsIn(directory, scope),
  ])
  return found.flat()
}

function split(id: string): readonly [string, string] {
  const end = id.lastIndexOf('/')
  return end === -1 ? ['', id] : [id.slice(0, end), id.slice(end + 1)]
}

function isAdoption(place: string, name: string): boolean {
  return place === ADOPTED_IN && PAGE_KEY.test(name)
}

export async function removeLeftover(directory: string, id: string, version: string): Promise<Removal> {
  const [place, name] = split(id)
  const parent = join(directory, place)
  if (CLAIMED_IN.includes(place) && ULID.test(name)) {
    const isBack = (await entryAt(directory, `incidents/${name}`)) !== null
    return isBack ? 'changed' : removeFolder({parent, id: name, version})
  }
  if (isAdoption(place, name)) return removeFolder({parent, id: name, version})
  const going = pruningId(name)
  if (going === null) return removeFile(parent, name, version)
  if ((await entryAt(parent, name))?.kind !== 'folder') return 'gone'
  const entries = await entriesOf(join(parent, name))
  if (versionOf(entries) !== version || (await isPart(directory, place, going))) return 'changed'
  await removeAside(join(parent, name), entries)
  return 'removed'
}
