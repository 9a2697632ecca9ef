import {compareText} from '../text/compare-text.js'
import {type ContainerEnd, type ContainerEvent, endsIn} from '../stack/container-event.js'
import type {Container} from '../stack/container.js'
import type {Activity} from '../journal/activity.js'

export const LATELY_SECONDS = 24 * 3600
const RESTART_SECONDS = 60
const SHOWN = 6
/** The engine notes an end a moment before it tells of it. */
const SAME_MILLISECONDS = 5000

type Ending = NonNullable<Activity['ending']>

interface Happening extends Pick<Activity, 'at' | 'kind' | 'ending' | 'restartCount'> {
  readonly verb: string
  readonly service: string
  /** As it is named where it stands alone. */
  readonly name: string
}

type What = Pick<Happening, 'at' | 'kind' | 'verb'> & Partial<Pick<Happening, 'ending' | 'restartCount' | 'name'>>

function happening({service, replica}: {service: string; replica: number}, what: What): Happening {
  const name = replica === 1 ? service : `${service} #${String(replica)}`
  return {service, name, ending: null, restartCount: null, ...what}
}

function endText({exitCode, outOfMemory}: Ending): string {
  if (exitCode === null) return outOfMemory ? 'ran out of memory' : 'exited'
  return `exited with ${String(exitCode)}${outOfMemory ? ', out of memory' : ''}`
}

/** The last end of a container: the engine keeps its time and whether memory was lacking; the code only until the next start. */
function lastEnd(container: Container, ends: readonly ContainerEnd[]): ContainerEnd | null {
  const {id: containerId, service, replica, finishedAt, outOfMemory} = container
  if (finishedAt === null) return null
  const isIt = ({at}: ContainerEnd): boolean => Math.abs(Date.parse(at) - Date.parse(finishedAt)) < SAME_MILLISECONDS
  const seen = ends.findLast((end) => end.containerId === containerId && isIt(end))
  const exitCode = container.exitCode ?? seen?.exitCode ?? null
  return {at: finishedAt, containerId, service, replica, exitCode, outOfMemory, isAsked: seen?.isAsked ?? false}
}

/** What made the engine restart it last; null when it is not known. What has ended for good was restarted after an end before that. */
function restartedAfter({state}: Container, end: ContainerEnd | null): Ending | null {
  if (end === null || (state !== 'running' && state !== 'restarting')) return null
  const {exitCode, outOfMemory} = end
  return exitCode === null && !outOfMemory ? null : {exitCode, outOfMemory}
}

function restarted(container: Container, end: ContainerEnd | null): Happening {
  const {restartCount, startedAt, finishedAt, createdAt, state} = container
  const times = restartCount === 1 ? 'once' : `${String(restartCount)} times`
  const ending = restartedAfter(container, end)
  const after = ending === null ? '' : `, last after it ${endText(ending)}`
  return happening(container, {
    at: (state === 'restarting' ? finishedAt : startedAt) ?? createdAt,
    kind: 'restarted',
    verb: `restarted by the engine ${times}${after}`,
    ending,
    restartCount,
  })
}

function ended(end: ContainerEnd): Happening {
  const {at, exitCode, outOfMemory} = end
  return happening(end, {at, kind: 'exited', verb: endText(end), ending: {exitCode, outOfMemory}})
}

/** It ended by itself, is ended now, or was short of memory: a stop that somebody asked for and a new start after it are no news. */
function isNews(container: Container, {isAsked, exitCode, outOfMemory}: ContainerEnd): boolean {
  return container.state === 'exited' || container.state === 'dead' || outOfMemory || (!isAsked && exitCode !== null)
}

function ofContainer(container: Container, ends: readonly ContainerEnd[]): readonly Happening[] {
  const {createdAt, startedAt, image, restartCount, service} = container
  const created = happening(container, {at: createdAt, kind: 'created', verb: 'created', name: `${service} (${image})`})
  const end = lastEnd(container, ends)
  if (restartCount > 0) {
    const isOver = end !== null && container.state !== 'running' && container.state !== 'restarting'
    return [created, restarted(container, end), ...(isOver ? [ended(end)] : [])]
  }
  const later = startedAt !== null && Date.parse(startedAt) - Date.parse(createdAt) > RESTART_SECONDS * 1000
  return [
    created,
    ...(later ? [happening(container, {at: startedAt, kind: 'started', verb: 'started again'})] : []),
    ...(end !== null && isNews(container, end) ? [ended(end)] : []),
  ]
}

/** Of containers that are no longer there: that they crashed, and that they were removed where nothing took their place. */
function ofTheGone(
  containers: readonly Container[],
  events: readonly ContainerEvent[],
  ends: readonly ContainerEnd[],
): readonly Happening[] {
  const isThere = ({containerId}: {readonly containerId: string}): boolean =>
    containers.some(({id}) => id === containerId)
  const isReplaced = ({service, replica}: ContainerEvent): boolean =>
    containers.some((one) => one.service === service && one.replica === replica)
  const removed = events.filter((event) => event.kind === 'removed' && !isThere(event) && !isReplaced(event))
  const crashed = ends.filter((end) => !isThere(end) && !end.isAsked && (end.exitCode !== 0 || end.outOfMemory))
  return [
    ...removed.map((event) => happening(event, {at: event.at, kind: 'removed', verb: 'removed'})),
    ...crashed.map(ended),
  ]
}

/** What happened in the same minute is one line: one container with its image, several by their services. */
function groups(all: readonly Happening[]): readonly Activity[] {
  const byMinute = new Map<string, readonly Happening[]>()
  for (const one of all) {
    const key = `${one.at.slice(0, 16)} ${one.verb}`
    byMinute.set(key, [...(byMinute.get(key) ?? []), one])
  }
  return [...byMinute.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const {at, kind, verb, ending, restartCount} = first
    const services = [...new Set(group.map(({service}) => service))]
    const names = group.length === 1 ? [first.name] : services
    return {at, what: `${verb}: ${names.join(', ')}`, kind, services, ending, restartCount}
  })
}

/** What may be why something is wrong: no number of later acts pushes it off the screen. */
function isTrouble({kind, ending}: Activity): boolean {
  return (
    kind === 'restarted' || kind === 'removed' || (ending !== null && (ending.exitCode !== 0 || ending.outOfMemory))
  )
}

/**
 * What happened in the last day, newest first: containers made, started again, ended or removed, and faci's own actions. `events` is what the engine
 * remembers, in the order of time; it may be little.
 */
export function recentChanges(
  containers: readonly Container[],
  events: readonly ContainerEvent[],
  actions: readonly Activity[],
  now: Date,
): readonly Activity[] {
  const since = now.getTime() - LATELY_SECONDS * 1000
  const ends = endsIn(events)
  const happenings = [
    ...containers.flatMap((container) => ofContainer(container, ends)),
    ...ofTheGone(containers, events, ends),
  ]
  const newestFirst = (one: Activity, other: Activity): number => compareText(other.at, one.at)
  return [...groups(happenings), ...actions]
    .filter(({at}) => Date.parse(at) >= since)
    .sort((one, other) => Number(isTrouble(other)) - Number(isTrouble(one)) || newestFirst(one, other))
    .slice(0, SHOWN)
    .sort(newestFirst)
}
