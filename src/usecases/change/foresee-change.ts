import type {StackChange} from '../../domain/change/change.js'
import {completed, scaledServices, servicesOnPrevious} from '../../domain/change/change-plan.js'
import type {Container} from '../../domain/stack/container.js'
import {keptReference} from '../../domain/stack/kept-image.js'
import {isPinned, type Pin} from '../../domain/change/pinned-image.js'
import {touchedServices} from '../../domain/change/foretelling.js'
import {NO_OUTLOOK, type Outlook} from '../../domain/change/planned-effect.js'
import type {Blueprint} from '../../domain/change/recreation.js'
import {
  type ConfigurationHashes,
  type ServiceDefinition,
  followersOf,
  withDependencies,
} from '../../domain/stack/service-definition.js'
import {isFinishedJob} from '../../domain/stack/expected-service.js'
import type {Compose, ComposeDefinitions, ComposeModel} from '../../ports/compose.js'
import type {ImageTags} from '../../ports/image-tags.js'

interface ForesightDeps {
  readonly compose: Compose
  readonly images: ImageTags
}

/** A change with all that is known of it beforehand. */
interface Sight {
  readonly change: StackChange
  readonly outlook: Outlook
  /** What comes up with the services named, or is stopped or replaced with them. */
  readonly dependencies: readonly string[]
  /** What the Compose file's images are now, by service; empty when that does not matter. */
  readonly fileImages: Readonly<Record<string, string | null>>
}

interface Foresight {
  readonly model: () => Promise<ComposeModel>
  readonly look: (services: readonly string[], containers: readonly Container[]) => Promise<Sight>
}

type ImageIds = ReadonlyMap<string, string | null>

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => (asked ??= ask())
}

/** The pins that would hold if nothing were said. */
async function pinsOf(
  images: ImageTags,
  project: string,
  definitions: readonly ServiceDefinition[],
  ids: ImageIds,
  containers: readonly Container[],
): Promise<readonly Pin[]> {
  const found = await Promise.all(
    definitions.map(async ({service, image}) => {
      const left = await images.find(keptReference(project, service, 'left'))
      if (left === null) return null
      const reference = keptReference(project, service, 'previous')
      const previous = await images.find(reference)
      const own = containers.filter((container) => container.service === service)
      const isHeld = isPinned({previous, left}, ids.get(image) ?? null, own)
      return isHeld && previous !== null ? {service, reference, previous, left} : null
    }),
  )
  return found.filter((pin) => pin !== null)
}

async function idsOf(images: ImageTags, definitions: readonly ServiceDefinition[]): Promise<ImageIds> {
  const names = [...new Set(definitions.map(({image}) => image))]
  return new Map(await Promise.all(names.map(async (name) => [name, await images.find(name)] as const)))
}

/** A pin is lifted by `--image compose`, and by `--build` where it builds: for the services named, else for all. */
function holds(change: StackChange, {service}: Pin, definitions: readonly ServiceDefinition[]): boolean {
  if (change.kind !== 'up') return change.kind === 'scale'
  const isNamed = change.services.length === 0 || change.services.includes(service)
  const isBuilt = change.build && definitions.find((one) => one.service === service)?.isBuilt === true
  return !isBuilt && !(isNamed && change.unpin === true)
}

function withPins(change: StackChange, pinned: readonly string[]): StackChange {
  return (change.kind === 'up' || change.kind === 'scale') && pinned.length > 0 ? {...change, pinned} : change
}

interface Materials {
  readonly change: StackChange
  readonly project: string
  readonly ids: ImageIds
  readonly previous: ReadonlyMap<string, string | null>
  readonly hashes: ConfigurationHashes
}

function blueprintOf(definition: ServiceDefinition, materials: Materials): Blueprint {
  const {change, project, ids, previous, hashes} = materials
  const {service, image: name, isBuilt, refreshed} = definition
  const known = {hash: hashes.hashes[service] ?? null, hashCoversImageId: hashes.coverImageId}
  if (servicesOnPrevious(change).includes(service)) {
    const image = {name: keptReference(project, service, 'previous'), id: previous.get(service) ?? null}
    return {image, imageComes: null, ...known}
  }
  const isBuiltFirst = refreshed === 'built' || (isBuilt && change.kind === 'up' && change.build)
  const pulled = refreshed === 'pulled' ? 'pulled' : null
  return {image: {name, id: ids.get(name) ?? null}, imageComes: isBuiltFirst ? 'built' : pulled, ...known}
}

/** Compose would run a finished job again with what depends on it: where all else that it would bring up runs, it need not look at that. */
function withoutJobs(
  change: StackChange,
  dependencies: readonly string[],
  containers: readonly Container[],
  {expected}: ComposeModel,
): StackChange {
  if (change.kind !== 'scale') return change
  const others = dependencies.filter((service) => !(service in change.replicas))
  const own = others.map((service) => containers.filter((one) => one.service === service))
  const jobs = own.filter((all) => isFinishedJob(all, expected))
  const isUp = (all: readonly Container[]): boolean => all.some(({state}) => state === 'running')
  if (jobs.length === 0 || !own.every((all) => isUp(all) || jobs.includes(all))) return change
  return {kind: 'scale', replicas: change.replicas, alone: true}
}

/** What would be made of the services, asked at once; hashes once more where a service stays with its previous image. */
async function foresee(
  {compose, images}: ForesightDeps,
  project: string,
  complete: StackChange,
  {model, definitions}: ComposeDefinitions,
  containers: readonly Container[],
  asked: Promise<ConfigurationHashes>,
): Promise<Omit<Sight, 'dependencies'>> {
  const ids = await idsOf(images, definitions)
  const pins = await pinsOf(images, project, definitions, ids, containers)
  const pinned = pins.filter((pin) => holds(complete, pin, definitions)).map(({service}) => service)
  const change = withPins(complete, pinned)
  const hashes = pinned.length === 0 ? await asked : await compose.hashes(change)
  const found = servicesOnPrevious(change).map(async (service) => {
    return [service, await images.find(keptReference(project, service, 'previous'))] as const
  })
  const materials = {change, project, ids, hashes, previous: new Map(await Promise.all(found))}
  const blueprints = definitions.map((one): [string, Blueprint] => [one.service, blueprintOf(one, materials)])
  const {expected, profiled} = model
  const fileImages = Object.fromEntries(definitions.map(({service, image}) => [service, ids.get(image) ?? null]))
  const outlook = {expected, profiled, pins, blueprints: Object.fromEntries(blueprints), foretelling: null, definitions}
  return {change, fileImages, outlook}
}

/** Whether the Compose file matters to it: to what is started by what it says now, to what is restarted where the containers tell so. */
function hasRelated(
  {kind, services}: Extract<StackChange, {kind: 'restart' | 'start'}>,
  containers: readonly Container[],
): boolean {
  return kind === 'start' || containers.some(({dependsOn}) => dependsOn.some((one) => services.includes(one)))
}

/** v2 starts what the services named depend on too, and restarts what follows them: of what has containers. */
async function moved(
  {tool}: Compose,
  described: () => Promise<ComposeDefinitions>,
  change: Extract<StackChange, {kind: 'restart' | 'start'}>,
  services: readonly string[],
  containers: readonly Container[],
): Promise<Sight> {
  const alone = {change, outlook: NO_OUTLOOK, dependencies: [], fileImages: {}}
  if (!hasRelated(change, containers) || (await tool()).version.startsWith('1.')) return alone
  const {model, definitions} = await described()
  const more =
    change.kind === 'restart'
      ? followersOf(services, definitions).map(({service}) => service)
      : withDependencies(services, definitions).filter((service) => !services.includes(service))
  const isMoved = (service: string): boolean =>
    containers.some((one) => one.service === service && (change.kind === 'restart' || one.state !== 'running'))
  const {expected, profiled} = model
  return {...alone, outlook: {...NO_OUTLOOK, expected, profiled, definitions}, dependencies: more.filter(isMoved)}
}

/**
 * What Compose would do beyond what it is asked for. Compose takes half a second for each question: they are asked at once, each at
 * most once, and only for a change that they matter to.
 */
export function createForesight(deps: ForesightDeps, asked: StackChange, project: string): Foresight {
  const {kind} = asked
  const makes = kind === 'up' || kind === 'scale' || kind === 'revert'
  const described = once(() => deps.compose.definitions())
  const model = once(() => (makes ? described().then((found) => found.model) : deps.compose.model()))
  const hashes = once(() => deps.compose.hashes(asked))
  return {
    model,
    look: async (services, containers) => {
      if (kind === 'down') {
        const {expected, profiled} = await model()
        return {change: asked, outlook: {...NO_OUTLOOK, expected, profiled}, dependencies: [], fileImages: {}}
      }
      if (kind === 'restart' || kind === 'start') return moved(deps.compose, described, asked, services, containers)
      if (!makes) return {change: asked, outlook: NO_OUTLOOK, dependencies: [], fileImages: {}}
      const [found] = await Promise.all([described(), hashes()])
      const dependencies = kind === 'revert' ? services : withDependencies(services, found.definitions)
      // Compose v2 refuses a number for a service that the change is not about.
      const known = new Set(found.definitions.map(({service}) => service))
      const scaled = scaledServices(containers).filter((one) => known.has(one) && dependencies.includes(one))
      const complete = withoutJobs(completed(asked, containers, scaled), dependencies, containers, found.model)
      const [sight, foretold] = await Promise.all([
        foresee(deps, project, complete, found, containers, hashes()),
        deps.compose.foretell(complete),
      ])
      const isAlone = complete.kind === 'scale' && complete.alone === true
      // Of a change that another image is laid over, Compose was told something else.
      const foretelling = servicesOnPrevious(sight.change).length === 0 ? foretold : null
      return {
        ...sight,
        outlook: {...sight.outlook, foretelling},
        dependencies: [...(isAlone ? services : dependencies), ...touchedServices(containers, foretelling)],
      }
    },
  }
}
