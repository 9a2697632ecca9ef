import type {Environment} from '../../domain/environment.js'
import {FaciError} from '../../domain/errors.js'
import type {StackChange} from '../../domain/stack/change.js'
import {completed, namedServices, plannedServices, scaledServices} from '../../domain/stack/change-plan.js'
import type {ChangePlan} from '../../domain/stack/change-plan.js'
import type {Container} from '../../domain/stack/container.js'
import {type KeptImage, keptReference} from '../../domain/stack/kept-image.js'
import {closest} from '../../domain/text/did-you-mean.js'
import type {Compose, ComposeModel} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'
import type {ImageTags} from '../../ports/image-tags.js'

export interface PlanChangeDeps {
  readonly engine: Engine
  readonly compose: Compose
  readonly images: ImageTags
}

/** Which Compose project is meant. */
export interface StackPlace extends Environment {
  readonly project: string
  readonly files: readonly string[]
  /** Of the Compose file: containers made from another checkout say another. */
  readonly directory: string
}

export interface PlannedChange {
  readonly plan: ChangePlan
  readonly containers: readonly Container[]
  readonly warnings: readonly string[]
}

function refuseUnknown(named: readonly string[], known: readonly string[]): void {
  const unknown = named.find((service) => !known.includes(service))
  if (unknown === undefined) return
  const guess = closest(unknown, known)
  throw new FaciError('notFound', `The Compose file has no service ${unknown}`, {
    suggestions: [...(guess === null ? [] : [`did you mean ${guess}?`]), `services: ${known.join(', ')}`],
  })
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

/** Reading the Compose file takes Compose half a second: at most once, and only when the containers can't tell. */
function modelOnce(compose: Compose): () => Promise<ComposeModel> {
  let model: Promise<ComposeModel> | undefined
  return () => (model ??= compose.model())
}

/** The services it is about. */
async function servicesOf(
  model: () => Promise<ComposeModel>,
  change: StackChange,
  containers: readonly Container[],
): Promise<readonly string[]> {
  const named = unique(namedServices(change))
  const existing = unique(containers.map(({service}) => service))
  if (named.length > 0 && named.every((service) => existing.includes(service))) return named
  if (change.kind !== 'up' && named.length === 0) return existing
  const {services, profiled, expected} = await model()
  refuseUnknown(named, [...services, ...profiled])
  return named.length > 0 ? named : expected.filter(({replicas}) => replicas > 0).map(({service}) => service)
}

/** What `up` would cut down to one: several are there, and the Compose file still has the service. */
async function scaledByFile(
  model: () => Promise<ComposeModel>,
  change: StackChange,
  containers: readonly Container[],
): Promise<readonly string[]> {
  const scaled = change.kind === 'up' ? scaledServices(containers) : []
  if (scaled.length === 0) return []
  const {services, profiled} = await model()
  return scaled.filter((service) => [...services, ...profiled].includes(service))
}

function foreignCheckouts(containers: readonly Container[], directory: string): readonly string[] {
  const foreign = unique(containers.flatMap(({workingDirectory}) => workingDirectory ?? [])).filter(
    (other) => other !== directory,
  )
  return foreign.map(
    (other) =>
      `Containers of this project belong to another checkout, ${other}: its runs and notices are there, not here`,
  )
}

/** The images to go back to. Errors: `notFound` for a service that has none. */
async function previousImages(images: ImageTags, change: StackChange, project: string): Promise<readonly KeptImage[]> {
  if (change.kind !== 'revert') return []
  return Promise.all(
    change.services.map(async (service) => {
      const reference = keptReference(project, service, 'previous')
      const imageId = await images.find(reference)
      if (imageId !== null) return {service, reference, imageId}
      throw new FaciError('notFound', `${service} has no previous image: ${reference} does not exist`, {
        suggestions: [
          'faci keeps what a service ran when it sees another image in its place; it has not seen that yet',
          `faci status ${service}`,
        ],
      })
    }),
  )
}

/** What a change would do, to what. Errors: `notFound` for a service that is not there; those of the engine and of Compose. */
export async function planChange(
  {engine, compose, images}: PlanChangeDeps,
  asked: StackChange,
  place: StackPlace,
): Promise<PlannedChange> {
  const {project, files, directory, environment, production} = place
  const model = modelOnce(compose)
  const listed = engine.containers(project)
  const complete = listed.then(async (found) => completed(asked, found, await scaledByFile(model, asked, found)))
  const known = listed.then((found) => servicesOf(model, asked, found))
  const [containers, change, {endpoint}, command, services, previous] = await Promise.all([
    listed,
    complete,
    engine.info(),
    complete.then((change) => compose.plan(change)),
    known,
    known.then(() => previousImages(images, asked, project)),
  ])
  return {
    plan: {
      change,
      command,
      project,
      files,
      endpoint,
      environment,
      production,
      services: plannedServices(change, services, containers),
      images: previous,
    },
    containers,
    warnings: foreignCheckouts(containers, directory),
  }
}
