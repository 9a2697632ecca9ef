import {FaciError} from '../../domain/errors.js'
import {compareText} from '../../domain/text/compare-text.js'
import {type ComposeProject, type ProjectContainer, projectsOf} from '../../domain/stack/compose-project.js'
import type {ContainerEvent} from '../../domain/stack/container-event.js'
import type {Container, ContainerStats} from '../../domain/stack/container.js'
import type {Engine, ImageInfo} from '../../ports/engine.js'
import type {DockerConnection} from './docker-connection.js'
import {
  checked,
  IMAGE,
  INSPECTED,
  type Inspected,
  type Listed,
  LISTED,
  LISTED_IMAGES,
  NETWORK,
  STATS,
  VERSION,
} from './engine-answers.js'
import {EVENT_NAMES, toContainerEvents} from './to-container-events.js'
import {toContainerStats} from './to-container-stats.js'
import {cpuLimit, LABELS, madeFrom, networkOwner, sharedNetworkId, SWARM, toContainer} from './to-container.js'

export interface EngineOptions {
  readonly deadlineSeconds: number
}

/** The engine takes its two samples a second apart, and needs up to another one for the first. */
const SAMPLING_SECONDS = 2

function compareContainers(first: Container, second: Container): number {
  return compareText(first.service, second.service) || first.replica - second.replica
}

/** A connection and the deadline of each call on it. */
interface Reader extends EngineOptions {
  readonly get: DockerConnection['get']
  readonly deadline: DockerConnection['deadline']
}

function describe({get, deadlineSeconds}: Reader, id: string, shared?: AbortSignal): Promise<unknown> {
  const together = shared === undefined ? {} : {shared}
  return get({path: `/containers/${id}/json`, what: 'describe a container', deadlineSeconds, ...together})
}

/** What Compose writes on each container that it makes, and on no image. */
const MARKS = [LABELS.replica, LABELS.configHash] as const
/** Of these one at least is another one on an image that was made of such a container (`docker commit`), even for the same Compose file. */
const TELLING = [...MARKS, LABELS.image] as const

/** The marks of images that bear them by themselves, by id: whatever is made of such an image inherits them, without Compose. */
async function markedImages({get, deadlineSeconds}: Reader, shared: AbortSignal): Promise<ReadonlyMap<string, Marked>> {
  const query = {all: true, filters: {label: [LABELS.configHash]}}
  const answer = await get({path: '/images/json', query, what: 'list images', deadlineSeconds, shared})
  const images = checked(LISTED_IMAGES, answer ?? [], 'images')
  return new Map(images.map(({Id: id, Labels: labels}) => [id, labels]))
}

type Marked = Listed[number]['Labels']

function isMadeByCompose(own: Marked, image: string, images: ReadonlyMap<string, Marked>): boolean {
  const inherited = images.get(image)
  return MARKS.every((mark) => own?.[mark] !== undefined) && TELLING.some((mark) => own?.[mark] !== inherited?.[mark])
}

/** Of a container that may be gone, and its image with it: it has Compose's marks, and not all of them are those of an image. */
function wasMadeByCompose(own: Readonly<Record<string, string>>, images: ReadonlyMap<string, Marked>): boolean {
  const isInherited = (from: Marked): boolean => TELLING.every((mark) => own[mark] === from?.[mark])
  return MARKS.every((mark) => own[mark] !== undefined) && ![...images.values()].some(isInherited)
}

/** Containers with this label that Compose made, without those that were only run once. */
async function listed(reader: Reader, label: string, shared: AbortSignal): Promise<Listed> {
  const {get, deadlineSeconds} = reader
  const query = {all: true, filters: {label: [label]}}
  const [answer, images] = await Promise.all([
    get({path: '/containers/json', query, what: 'list containers', deadlineSeconds, shared}),
    markedImages(reader, shared),
  ])
  return checked(LISTED, answer, 'containers').filter(
    (one) =>
      one.Labels?.[LABELS.oneOff]?.toLowerCase() !== 'true' && isMadeByCompose(one.Labels, one.ImageID ?? '', images),
  )
}

/** Those of Swarm stacks, whose service is named after the stack: `shop_api`. */
async function tasks({get, deadlineSeconds}: Reader, shared: AbortSignal): Promise<readonly ProjectContainer[]> {
  const query = {all: true, filters: {label: [SWARM.stack]}}
  const answer = await get({path: '/containers/json', query, what: 'list containers', deadlineSeconds, shared})
  const all = checked(LISTED, answer, 'containers').filter((one) => one.Labels?.[SWARM.stack] !== undefined)
  return all.map(({Labels: labels, State: state}) => {
    const project = labels?.[SWARM.stack] ?? ''
    const name = labels?.[SWARM.service] ?? ''
    const service = name.startsWith(`${project}_`) ? name.slice(project.length + 1) : name
    const unmade = {workingDirectory: null, composeFiles: []}
    return {kind: 'swarm', project, service, ...unmade, isRunning: state === 'running'}
  })
}

async function projects(reader: Reader): Promise<readonly ComposeProject[]> {
  const shared = reader.deadline(reader.deadlineSeconds)
  const [containers, swarm] = await Promise.all([listed(reader, LABELS.project, shared), tasks(reader, shared)])
  const composed = containers.map(({Labels: labels, State: state}): ProjectContainer => ({
    kind: 'compose',
    project: labels?.[LABELS.project] ?? '',
    service: labels?.[LABELS.service] ?? '',
    ...madeFrom(labels ?? {}),
    isRunning: state === 'running',
  }))
  return projectsOf([...composed, ...swarm])
}

type FindOwner = (container: Inspected) => Promise<Container['networkOwner']>

/** Who has the network that a container shares: mostly another one of the project, which is described already. */
function ownerFinder(reader: Reader, all: readonly Inspected[], shared: AbortSignal): FindOwner {
  return async (container) => {
    const owner = sharedNetworkId(container)
    if (owner === null) return null
    const known = all.find(({Id: id, Name: name}) => id.startsWith(owner) || name === `/${owner}`)
    const found = known ?? (await describe(reader, encodeURIComponent(owner), shared))
    return networkOwner(found === null ? null : checked(INSPECTED, found, 'a container'))
  }
}

async function containersOf(reader: Reader, project: string): Promise<readonly Container[]> {
  const shared = reader.deadline(reader.deadlineSeconds)
  const lasting = await listed(reader, `${LABELS.project}=${project}`, shared)
  const described = await Promise.all(lasting.map(({Id: id}) => describe(reader, id, shared)))
  const all = described.filter((found) => found !== null).map((found) => checked(INSPECTED, found, 'a container'))
  const ownerOf = ownerFinder(reader, all, shared)
  const containers = await Promise.all(all.map(async (found) => toContainer(found, await ownerOf(found))))
  return containers.sort(compareContainers)
}

async function eventsOf(reader: Reader, project: string, since: Date, until: Date): Promise<readonly ContainerEvent[]> {
  const {get, deadlineSeconds} = reader
  const filters = {type: ['container'], event: EVENT_NAMES, label: [`${LABELS.project}=${project}`]}
  const seconds = (date: Date): string => (date.getTime() / 1000).toFixed(3)
  // Docker answers when it has come to `until`: for what is to come nobody waits.
  const query = {since: seconds(since), until: seconds(new Date(Math.min(until.getTime(), Date.now()))), filters}
  const answer = await get({path: '/events', query, what: 'tell its events', deadlineSeconds})
  // Mostly there are none, and an engine needs its time to list images.
  if (Buffer.isBuffer(answer) && answer.length === 0) return []
  const images = await markedImages(reader, reader.deadline(deadlineSeconds))
  return toContainerEvents(answer, (labels) => wasMadeByCompose(labels, images))
}

async function imageOf({get, deadlineSeconds}: Reader, id: string): Promise<ImageInfo | null> {
  const answer = await get({path: `/images/${id}/json`, what: 'describe an image', deadlineSeconds})
  if (answer === null) return null
  const {Id, RepoTags, Created} = checked(IMAGE, answer, 'an image')
  return {id: Id, tags: RepoTags ?? [], createdAt: new Date(Created ?? 0).toISOString()}
}

async function attachedTo({get, deadlineSeconds}: Reader, network: string): Promise<readonly string[]> {
  const path = `/networks/${encodeURIComponent(network)}`
  const answer = await get({path, what: 'describe a network', deadlineSeconds})
  if (answer === null) return []
  return Object.values(checked(NETWORK, answer, 'a network').Containers ?? {}).map(({Name}) => Name)
}

async function statsOf(reader: Reader, id: string): Promise<ContainerStats | null> {
  const deadlineSeconds = reader.deadlineSeconds + SAMPLING_SECONDS
  const sample = {path: `/containers/${id}/stats`, query: {stream: false}, what: 'measure a container', deadlineSeconds}
  const [described, sampled] = await Promise.all([describe(reader, id), reader.get(sample)])
  if (described === null || sampled === null) return null
  const limit = cpuLimit(checked(INSPECTED, described, 'a container').HostConfig)
  return toContainerStats(id, checked(STATS, sampled, 'statistics'), limit)
}

/** The Engine port on dockerode. */
export function createDockerodeEngine(
  {shown, get, deadline}: DockerConnection,
  {deadlineSeconds}: EngineOptions = {deadlineSeconds: 3},
): Engine {
  const reader: Reader = {get, deadline, deadlineSeconds}
  return {
    info: async () => {
      const answer = await get({path: '/version', what: 'tell its version', deadlineSeconds})
      const {Version, ApiVersion} = checked(VERSION, answer, 'its version')
      return {version: Version, apiVersion: ApiVersion, endpoint: shown}
    },
    containers: (project) => containersOf(reader, project),
    projects: () => projects(reader),
    events: (project, since, until) => eventsOf(reader, project, since, until),
    images: async (ids) => {
      const images = await Promise.all([...new Set(ids)].map((id) => imageOf(reader, id)))
      return images.filter((image) => image !== null)
    },
    stats: async (ids) => {
      const stats = await Promise.all(ids.map((id) => statsOf(reader, id)))
      return stats.filter((measured) => measured !== null)
    },
    attached: (network) => attachedTo(reader, network),
    inspect: async (id) => {
      const answer = await describe(reader, id)
      if (answer === null) throw new FaciError('badAnswer', `Docker at ${shown} has no container ${id} (any more)`)
      return answer
    },
  }
}
