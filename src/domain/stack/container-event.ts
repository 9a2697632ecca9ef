import type {IsoTime} from '../time/iso-time.js'

/** What became of a container, as the engine remembers it. `killed`: somebody had a signal sent to it. */
export interface ContainerEvent {
  readonly at: IsoTime
  readonly kind: 'killed' | 'outOfMemory' | 'ended' | 'removed'
  readonly containerId: string
  readonly service: string
  readonly replica: number
  /** Of `ended`; otherwise null. */
  readonly exitCode: number | null
}

/** How one life of a container ended. */
export interface ContainerEnd {
  readonly at: IsoTime
  readonly containerId: string
  readonly service: string
  readonly replica: number
  /** null when it is no longer known. */
  readonly exitCode: number | null
  readonly outOfMemory: boolean
  /** Somebody ended it: it did not end by itself. */
  readonly isAsked: boolean
}

/** The ends among the events, which are in the order of time: a signal or a lack of memory before an end of the same container is its reason. */
export function endsIn(events: readonly ContainerEvent[]): readonly ContainerEnd[] {
  const reasons = new Map<string, Set<ContainerEvent['kind']>>()
  return events.flatMap(({kind, at, containerId, service, replica, exitCode}) => {
    const known = reasons.get(containerId) ?? new Set()
    if (kind !== 'ended') {
      reasons.set(containerId, known.add(kind))
      return []
    }
    reasons.delete(containerId)
    const end = {at, containerId, service, replica, exitCode}
    return [{...end, outOfMemory: known.has('outOfMemory'), isAsked: known.has('killed')}]
  })
}

/** Docker notes an end a moment before it tells of it. */
const SAME_SECONDS = 5

/** Whether somebody ended the last life of a container; false too where the engine no longer remembers it. */
export function wasStopped(
  {id, finishedAt}: {readonly id: string; readonly finishedAt: IsoTime | null},
  events: readonly ContainerEvent[],
): boolean {
  if (finishedAt === null) return false
  const isIt = ({at}: ContainerEnd): boolean => Math.abs(Date.parse(at) - Date.parse(finishedAt)) < SAME_SECONDS * 1000
  return endsIn(events).findLast((end) => end.containerId === id && isIt(end))?.isAsked ?? false
}
