import {join} from 'node:path'
import type {IncidentEntry} from '../../../domain/incidents/incident-event.js'
import {type IncidentRecord, incidentRecord} from '../../../domain/incidents/incident-record.js'
import {isOver} from '../../../domain/incidents/incident.js'
import {spanOf} from '../../../domain/incidents/timeline.js'
import {sum, type StoredIncident} from '../../../domain/retention/stored.js'
import {ulidTime} from '../../../domain/time/ulid-time.js'
import type {Removal} from '../../../ports/store-keeper.js'
import {pruneHandle} from '../incidents/incident-handles.js'
import {eventNames, readIncident} from '../incidents/incident-events.js'
import {unwrittenMarks} from '../incidents/incident-index.js'
import type {IncidentPlaces} from '../incidents/incident-places.js'
import {barrierAt, type Entry, entriesOf, sizeOf, versionOf} from './folder-entries.js'
import {CLAIMED_IN, DRAFT, EVENT_FILE, PAGE_FILE} from './names.js'
import {removeFolder} from './remove-folder.js'

export interface IncidentFolders {
  readonly places: IncidentPlaces
  /** `.faci`. */
  readonly directory: string
}

interface FoundIncident {
  readonly incident: StoredIncident
  /** Of notices that it names. */
  readonly notices: readonly string[]
  readonly foreign: readonly string[]
}

function isForeign({name, kind}: Entry, own: RegExp): boolean {
  return kind !== 'file' || !(own.test(name) || DRAFT.test(name))
}

function lastOf(id: string, entries: readonly IncidentEntry[]): number {
  const times = entries.map(({at}) => Date.parse(at)).filter((time) => !Number.isNaN(time))
  return times.reduce((most, time) => Math.max(most, time), ulidTime(id))
}

function noticesIn(entries: readonly IncidentEntry[]): readonly string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'incident.announced' || entry.kind === 'incident.escalated'
      ? entry.notices.map(({noticeId}) => noticeId)
      : [],
  )
}

/** What its events come to; of one whose beginning cannot be read, only from when to when it was written to. */
function factsOf(id: string, record: IncidentRecord | null, last: number, now: Date) {
  if (record === null) return {handle: id, openActions: 0, mergedInto: null, span: {start: ulidTime(id), end: last}}
  const {handle, openActions, mergedInto} = record.facts
  return {handle, openActions, mergedInto, span: spanOf(record, now)}
}

/** Its events, and none: of a writer that was killed before it wrote one. */
async function readEvents(
  places: IncidentPlaces,
  id: string,
): Promise<{entries: readonly IncidentEntry[]; lost: number}> {
  if ((await eventNames(places, id)).length === 0) return {entries: [], lost: 0}
  const {entries, unreadable: lost} = await readIncident(places, id)
  return {entries, lost}
}

/** Of the steps of its escalation, and of reminders of its updates. */
async function claimsOf(directory: string, id: string): Promise<readonly {place: string; entries: readonly Entry[]}[]> {
  return Promise.all(CLAIMED_IN.map(async (place) => ({place, entries: await entriesOf(join(directory, place, id))})))
}

export async function storedIncident(
  {places, directory}: IncidentFolders,
  id: string,
  now: Date,
): Promise<FoundIncident> {
  const folder = join(places.root, id)
  const [own, claims] = await Promise.all([entriesOf(folder), claimsOf(directory, id)])
  const {entries, lost} = await readEvents(places, id)
  const record = incidentRecord(id, entries)
  const last = lastOf(id, entries)
  const foreign = [
    ...own.filter((entry) => isForeign(entry, EVENT_FILE)).map(({name}) => `incidents/${id}/${name}`),
    ...claims.flatMap(({place, entries: found}) =>
      found.filter((entry) => isForeign(entry, PAGE_FILE)).map(({name}) => `${place}/${id}/${name}`),
    ),
  ]
  const isOpen = record !== null && !isOver(record.facts)
  const ending = record === null || lost > 0 ? 'unknown' : isOpen ? 'notEnded' : 'ended'
  const barrier = (await barrierAt(places.root)) ?? (await barrierAt(folder)) ?? (await barrierAt(places.handles))
  const incident: StoredIncident = {
    ...{
      id,
      ...sum([sizeOf(own), ...claims.map((one) => sizeOf(one.entries))]),
      version: versionOf(own),
      barrier,
      ending,
    },
    ...{lastAt: new Date(last).toISOString(), isMixed: foreign.length > 0},
    ...factsOf(id, record, last, now),
  }
  return {incident, notices: ending === 'ended' ? [] : noticesIn(entries), foreign}
}

/** What was claimed for an incident that is gone, and nothing else. */
async function removeClaims(directory: string, id: string): Promise<void> {
  for (const {place, entries} of await claimsOf(directory, id))
    if (!entries.some((entry) => isForeign(entry, PAGE_FILE)))
      await removeFolder({parent: join(directory, place), id, version: versionOf(entries)})
}

/**
 * Its name is never given again, and says that it was pruned once its folder is gone. What was claimed for it goes last: it counts as long
 * as the incident is there, and is left over when this is cut off.
 */
export async function removeIncident(
  {places, directory}: IncidentFolders,
  {id, handle, version}: {readonly id: string; readonly handle: string; readonly version: string},
  now: Date,
): Promise<Removal> {
  const entries = await entriesOf(join(places.root, id))
  if (entries.length > 0 && versionOf(entries) !== version) return 'changed'
  await pruneHandle(places, {handle, id, at: now.toISOString()})
  // Whoever writes an event makes its mark before: one without its event is of somebody who is at it.
  const isAlone = async (found: readonly Entry[]): Promise<boolean> =>
    (await unwrittenMarks(places, {incident: id, files: found.map(({name}) => name), now})) === 0
  const removal = await removeFolder({parent: places.root, id, version, isAlone})
  if (removal === 'removed') await removeClaims(directory, id)
  return removal
}
