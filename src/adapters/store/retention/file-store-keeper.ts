import {join} from 'node:path'
import {FaciError} from '../../../domain/errors.js'
import type {PruneItem} from '../../../domain/retention/prune-plan.js'
import type {StoreContents, StoredTest} from '../../../domain/retention/stored.js'
import type {Masker} from '../../../domain/secrets/masker.js'
import {ulidTime} from '../../../domain/time/ulid-time.js'
import type {Clock} from '../../../ports/clock.js'
import type {Leases} from '../../../ports/lease.js'
import type {PruneEntry, PruningRight, Removal, StoreKeeper} from '../../../ports/store-keeper.js'
import {inBatches} from '../in-batches.js'
import {incidentPlaces} from '../incidents/incident-places.js'
import {openJsonLines} from '../json-lines-writer.js'
import {makeDirectory, storeFailure} from '../private-files.js'
import {barrierAt, type Entry, entriesOf, entryAt, sizeOf, versionOf} from './folder-entries.js'
import {foreignEntries} from './foreign.js'
import {leftoversIn, removeLeftover} from './leftovers.js'
import {CLAIMED_IN, DRAFT, TEST_FILE, ULID} from './names.js'
import {prunedRun} from './prune-records.js'
import {noticesOfChecks, noticesOfPages} from './references.js'
import {removeFiles, removeFolder} from './remove-folder.js'
import {type IncidentFolders, removeIncident, storedIncident} from './stored-incidents.js'
import {isNoticeThere, neededIds, removeNotice, storedNotices, waitingNotices} from './stored-notices.js'
import {evidenceOf, holdersOf, storedRun} from './stored-runs.js'
import {storeUsage} from './store-usage.js'
import {putTogether} from './unfinished.js'

export interface FileStoreKeeperOptions {
  /** `.faci`. */
  readonly directory: string
  readonly masker: Masker
  readonly clock: Clock
  /** Who writes: `ana@vm`. */
  readonly by: string
  /** Of the projects, in this store. */
  readonly leases: Pick<Leases, 'inspect'>
  /** Of whoever prunes, kept apart from those on projects. */
  readonly claims: Leases
}

interface Places extends IncidentFolders {
  readonly runs: string
  readonly outbox: string
  readonly tests: string
  readonly checks: string
  readonly records: string
}

function placesOf(directory: string): Places {
  return {
    ...{directory, runs: join(directory, 'runs'), outbox: join(directory, 'outbox')},
    ...{places: incidentPlaces(directory)},
    ...{tests: join(directory, 'oncall', 'tests'), checks: join(directory, 'checks')},
    records: join(directory, 'prunes'),
  }
}

async function idsIn(folder: string): Promise<readonly string[]> {
  return (await entriesOf(folder)).filter(({name, kind}) => kind === 'folder' && ULID.test(name)).map(({name}) => name)
}

async function storedTest(tests: string, id: string): Promise<{test: StoredTest; foreign: readonly string[]}> {
  const folder = join(tests, id)
  const entries = await entriesOf(folder)
  const isForeign = ({name, kind}: Entry): boolean => kind !== 'file' || !(TEST_FILE.test(name) || DRAFT.test(name))
  const foreign = entries.filter(isForeign).map(({name}) => `oncall/tests/${id}/${name}`)
  const barrier = (await barrierAt(tests)) ?? (await barrierAt(folder))
  const at = new Date(ulidTime(id)).toISOString()
  const test = {id, ...sizeOf(entries), version: versionOf(entries), barrier, at, isMixed: foreign.length > 0}
  return {test, foreign}
}

async function contentsOf(own: Places, {clock, leases}: FileStoreKeeperOptions): Promise<StoreContents> {
  await putTogether(own.directory)
  const now = clock.now()
  const holders = holdersOf(leases)
  const [runIds, incidentIds, testIds] = (await Promise.all([own.runs, own.places.root, own.tests].map(idsIn))) as [
    ...[readonly string[], readonly string[], readonly string[]],
  ]
  const runs = await inBatches(runIds, (id) => storedRun(own.runs, id, now, holders))
  const incidents = await inBatches(incidentIds, (id) => storedIncident(own, id, now))
  const tests = await inBatches(testIds, (id) => storedTest(own.tests, id))
  const [{notices, foreign: beside}, waiting, ...asked] = await Promise.all([
    ...([storedNotices(own.outbox), waitingNotices(own.outbox)] as const),
    ...[noticesOfChecks(own.checks), ...CLAIMED_IN.map((place) => noticesOfPages(join(own.directory, place)))],
  ])
  const ids = [...waiting.ids, ...asked.flat(), ...incidents.flatMap((one) => one.notices)]
  const known = new Set([...runIds, ...incidentIds, ...testIds])
  return {
    ...{runs: runs.map(({run}) => run), incidents: incidents.map(({incident}) => incident), notices},
    pageTests: tests.map(({test}) => test),
    leftovers: await leftoversIn(own.directory, {known, threads: waiting.threads, now}),
    neededNotices: neededIds(notices, {ids, bases: waiting.bases}),
    foreign: [
      ...(await foreignEntries(own.directory)),
      ...[...runs, ...incidents, ...tests].flatMap(({foreign}) => foreign),
      ...beside,
    ],
  }
}

async function removeEvidence(runs: string, id: string, version: string): Promise<Removal> {
  const folder = join(runs, id)
  if ((await entryAt(runs, id))?.kind !== 'folder') return 'gone'
  const entries = await evidenceOf(folder)
  if (entries.length === 0) return 'gone'
  if (versionOf(entries) !== version) return 'changed'
  try {
    return (await removeFiles(folder, entries)) ? 'removed' : 'changed'
  } catch (error) {
    throw error instanceof FaciError ? error : storeFailure(folder, error)
  }
}

function remove(own: Places, clock: Clock, item: PruneItem): Promise<Removal> {
  const {kind, id, version, name: handle} = item
  switch (kind) {
    case 'evidence':
      return removeEvidence(own.runs, id, version)
    case 'runs':
      return removeFolder({parent: own.runs, id, version})
    case 'notices':
      return removeNotice(own.outbox, id, version)
    case 'pageTests':
      return removeFolder({parent: own.tests, id, version})
    case 'incidents':
      return removeIncident(own, {id, handle, version}, clock.now())
    case 'leftovers':
      return removeLeftover(own.directory, id, version)
  }
}

async function isThere(own: Places, {kind, id}: PruneItem): Promise<boolean> {
  switch (kind) {
    case 'evidence':
      return (await evidenceOf(join(own.runs, id))).length > 0
    case 'runs':
      return (await entryAt(own.runs, id)) !== null
    case 'notices':
      return isNoticeThere(own.outbox, id)
    case 'pageTests':
      return (await entryAt(own.tests, id)) !== null
    case 'incidents':
      return (await entryAt(own.places.root, id)) !== null
    case 'leftovers':
      return (await entryAt(own.directory, id)) !== null
  }
}

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT'])

function isOutOfRoom({cause}: FaciError): boolean {
  return cause instanceof Error && 'code' in cause && NO_ROOM.has(String(cause.code))
}

async function lockedBy(claims: Leases, error: FaciError): Promise<FaciError> {
  const state = await claims.inspect('store')
  if (state.kind === 'free') return error
  const {operator, host, pid, takenAt} = state.holder
  return new FaciError('locked', `${operator} on ${host} (pid ${String(pid)}) prunes this store since ${takenAt}`, {
    suggestions: ['faci prune --dry-run'],
  })
}

async function claim(claims: Leases): Promise<PruningRight> {
  try {
    const lease = await claims.take('store', {reason: 'faci prune', runId: null, takeover: 'whoever pruned is gone'})
    return {isNoted: true, recheck: lease.recheck, release: lease.release}
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    if (error.code === 'locked') throw await lockedBy(claims, error)
    if (!isOutOfRoom(error)) throw error
    return {isNoted: false, recheck: () => Promise.resolve(), release: () => Promise.resolve()}
  }
}

/** A file for each month, a line for each moment of a prune. */
async function record(records: string, entry: PruneEntry, options: FileStoreKeeperOptions): Promise<void> {
  await makeDirectory(records)
  const month = options.clock.now().toISOString().slice(0, 7)
  const writer = await openJsonLines<PruneEntry>(join(records, `${month}.jsonl`), options)
  try {
    await writer.append(entry, true)
  } finally {
    await writer.close()
  }
}

/** The whole of a store of files. */
export function fileStoreKeeper(options: FileStoreKeeperOptions): StoreKeeper {
  const {directory, clock, claims} = options
  const own = placesOf(directory)
  return {
    contents: () => contentsOf(own, options),
    claim: () => claim(claims),
    remove: (item) => remove(own, clock, item),
    remaining: async (items) => {
      const there = await inBatches(items, (item) => isThere(own, item))
      return items.filter((_, index) => there[index] === true)
    },
    record: (entry) => record(own.records, entry, options),
    prunedRun: (wanted) => prunedRun(own.records, wanted),
    usage: (withinSeconds) => {
      const deadline = clock.monotonicSeconds() + withinSeconds
      return storeUsage(directory, () => clock.monotonicSeconds() >= deadline)
    },
  }
}
