import {ulidTime} from '../time/ulid-time.js'
import type {StoreContents, StoredIncident, StoredRun} from './stored.js'

/** Why something stays, whatever its age. */
export type Protection =
  | 'unreadable'
  | 'notEnded'
  | 'inUse'
  | 'mixed'
  /** An incident that is not resolved, and a part of one. */
  | 'open'
  | 'partOfOpen'
  | 'openActions'
  /** In the timeline of one that is not resolved, or of one that is kept. */
  | 'ofOpenIncident'
  | 'ofKeptIncident'
  /** What `faci status`, `faci up` and `faci runs --diff` look at. */
  | 'newest'
  | 'newestOfRunbook'
  | 'imageBefore'
  | 'needed'

/** `status` shows the last actions, and `up` looks for what the last `down` released, among so many. */
export const NEWEST_RUNS = 30

/** Of what ends: nobody knows, not yet, or it is not faci's alone. */
function unfinished({ending, isMixed}: Pick<StoredRun, 'ending' | 'isMixed'>): Protection | null {
  if (ending === 'unknown') return 'unreadable'
  if (ending === 'notEnded') return 'notEnded'
  return isMixed ? 'mixed' : null
}

/** The open ones, and those that were merged into one of them, also by way of another. None that is open is a part: reopening takes it out. */
function withTheirParts(incidents: readonly StoredIncident[]): ReadonlySet<string> {
  const handles = new Set(incidents.filter(({ending}) => ending !== 'ended').map(({handle}) => handle))
  for (let before = -1; before !== handles.size;) {
    before = handles.size
    for (const {handle, mergedInto} of incidents)
      if (mergedInto !== null && handles.has(mergedInto)) handles.add(handle)
  }
  return handles
}

/** By id. */
export function incidentProtections(
  {incidents}: Pick<StoreContents, 'incidents'>,
  openActions: boolean,
): ReadonlyMap<string, Protection> {
  const open = withTheirParts(incidents)
  const of = (incident: StoredIncident): Protection | null => {
    const why = unfinished(incident)
    if (why !== null) return why === 'notEnded' ? 'open' : why
    if (open.has(incident.handle)) return 'partOfOpen'
    return incident.openActions > 0 && !openActions ? 'openActions' : null
  }
  return new Map(incidents.flatMap((one) => asEntry(one.id, of(one))))
}

function asEntry(id: string, why: Protection | null): readonly (readonly [string, Protection])[] {
  return why === null ? [] : [[id, why]]
}

/** Whether it stands in the timeline of one of these. */
function isOf(run: StoredRun, incidents: readonly StoredIncident[]): boolean {
  const begun = ulidTime(run.id)
  return incidents.some(({id, span}) => run.incident === id || (span.start <= begun && begun <= span.end))
}

/**
 * The runs that prove of the image before that a service of this store has run it. Its name was given by the last run that kept one, or by
 * a `down` since: those of each image, the newest of each.
 */
function imageRuns(runs: readonly StoredRun[]): ReadonlySet<string> {
  const found = new Set<string>()
  const settled = new Set<string>()
  const seen = new Set<string>()
  for (const {id, images} of runs.toReversed()) {
    for (const image of images.toReversed()) {
      const {as, name, imageId} = image
      const own = JSON.stringify([name, imageId])
      if (settled.has(name) || (as === 'released' && seen.has(own))) continue
      seen.add(own)
      found.add(id)
      if (as === 'kept') settled.add(name)
    }
  }
  return found
}

function newestOfEach(runs: readonly StoredRun[]): ReadonlySet<string> {
  const newest = new Map(runs.flatMap(({id, runbook}) => (runbook === null ? [] : [[runbook, id] as const])))
  return new Set(newest.values())
}

export interface RunProtections {
  readonly runs: ReadonlyMap<string, Protection>
  /** What was kept beside them is of less use, and may go before. */
  readonly evidence: ReadonlyMap<string, Protection>
}

/** `kept`: the incidents that stay. */
export function runProtections(
  {runs}: Pick<StoreContents, 'runs'>,
  kept: readonly StoredIncident[],
  unsettled: ReadonlySet<string>,
): RunProtections {
  const ongoing = kept.filter(({id}) => unsettled.has(id))
  const newest = new Set(runs.slice(-NEWEST_RUNS).map(({id}) => id))
  const [ofRunbook, images] = [newestOfEach(runs), imageRuns(runs)]
  const ofBoth = (run: StoredRun): Protection | null => {
    const why = unfinished(run)
    if (why !== null) return why
    if (run.isInUse) return 'inUse'
    if (isOf(run, ongoing)) return 'ofOpenIncident'
    return ofRunbook.has(run.id) ? 'newestOfRunbook' : null
  }
  const ofRun = (run: StoredRun): Protection | null => {
    if (images.has(run.id)) return 'imageBefore'
    if (newest.has(run.id)) return 'newest'
    return isOf(run, kept) ? 'ofKeptIncident' : null
  }
  const both = runs.map((run) => [run, ofBoth(run)] as const)
  return {
    runs: new Map(both.flatMap(([run, why]) => asEntry(run.id, why ?? ofRun(run)))),
    evidence: new Map(both.flatMap(([run, why]) => asEntry(run.id, why))),
  }
}

/** Ids of incidents that somebody works on: not resolved, part of one that is not, or with something left to do. */
export function unsettledIncidents(
  {incidents}: Pick<StoreContents, 'incidents'>,
  openActions: boolean,
): ReadonlySet<string> {
  const open = withTheirParts(incidents)
  const isUnsettled = ({handle, openActions: left}: StoredIncident): boolean =>
    open.has(handle) || (left > 0 && !openActions)
  return new Set(incidents.filter(isUnsettled).map(({id}) => id))
}
