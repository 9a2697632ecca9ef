import type {Environment} from '../../domain/environment.js'
import {FaciError} from '../../domain/errors.js'
import type {ChangeEvent} from '../../domain/change/change-event.js'
import type {StackChange} from '../../domain/change/change.js'
import {
  type ChangePlan,
  namedServices,
  type PlannedService,
  plannedServices,
  servicesOnPrevious,
} from '../../domain/change/change-plan.js'
import type {Container} from '../../domain/stack/container.js'
import {type Checkout, madeElsewhere} from '../../domain/stack/made-elsewhere.js'
import {type KeptImage, keptReference, type RestoredImage} from '../../domain/stack/kept-image.js'
import {keptVolumeWarnings} from '../../domain/change/foretelling.js'
import {withDependencies} from '../../domain/stack/service-definition.js'
import type {Outlook} from '../../domain/change/planned-effect.js'
import {correctionOf, guessText} from '../../domain/text/did-you-mean.js'
import type {Compose, ComposeModel} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'
import type {ImageTags} from '../../ports/image-tags.js'
import type {Journal} from '../../ports/journal.js'
import {
  refuseDeadlyRecreation,
  refuseHeldNetworks,
  refuseMissingOnes,
  refuseNothingThere,
  refusePaused,
  withoutFinished,
} from './what-compose-cannot.js'
import {compareConfiguration} from './compare-configuration.js'
import {createForesight} from './foresee-change.js'
import {originOf} from './recorded-images.js'
import {command} from '../../domain/text/shell-command.js'

export interface PlanChangeDeps {
  readonly engine: Engine
  readonly compose: Compose
  readonly images: ImageTags
  readonly journal: Journal<ChangeEvent>
}

/** Which Compose project is meant. */
export interface StackPlace extends Environment, Checkout {
  readonly project: string
  /** In faci.yml, or by COMPOSE_PROJECT_NAME. */
  readonly isNamed: boolean
}

interface Subject {
  readonly asked: StackChange
  readonly listed: readonly Container[]
  readonly model: () => Promise<ComposeModel>
}

export interface PlannedChange {
  readonly plan: ChangePlan
  readonly containers: readonly Container[]
  readonly warnings: readonly string[]
  /** What the Compose file's images are now, by service. */
  readonly fileImages: Readonly<Record<string, string | null>>
  /** What Compose is to start by the name of a kept image, and the id that this name has in the plan. */
  readonly startsKept: readonly KeptImage[]
}

function refuseUnknown(named: readonly string[], known: readonly string[]): void {
  const unknown = named.find((service) => !known.includes(service))
  if (unknown === undefined) return
  const correction = correctionOf(unknown, known)
  const hint = guessText(correction, 'its services', known)
  throw new FaciError('notFound', `The Compose file has no service ${unknown}: ${hint}`, {correction})
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

/** The services it is about; of `up` and `scale` those of their dependencies too that would not stay as they are. */
async function servicesOf({asked, listed: containers, model}: Subject): Promise<readonly string[]> {
  const named = unique(namedServices(asked))
  const existing = unique(containers.map(({service}) => service))
  if (named.length > 0 && named.every((service) => existing.includes(service))) return named
  if (asked.kind !== 'up' && named.length === 0) return existing
  const {services, profiled, expected} = await model()
  refuseUnknown(named, [...services, ...profiled])
  if (named.length > 0) return named
  // One that the file wants none of is stopped by `up`.
  const isThere = (service: string): boolean => existing.includes(service)
  return expected.filter(({replicas, service}) => replicas > 0 || isThere(service)).map(({service}) => service)
}

/** Whoever may load or tag images can give one this name: only what faci itself saw the service run is started with its environment. */
function unrecorded({service, reference, imageId}: KeptImage): FaciError {
  return new FaciError(
    'refused',
    `${service} is not brought back to ${reference}: no run recorded here saw it run that image (${imageId})`,
    {
      suggestions: [
        command`docker image inspect ${reference}`,
        'if another checkout kept it, go back from there: faci status says which',
      ],
    },
  )
}

/** The image to go back to. Errors: `notFound` for a service that has none, `refused` for one that is not of faci's own. */
async function previousImage(
  {images, journal}: PlanChangeDeps,
  project: string,
  service: string,
): Promise<RestoredImage> {
  const reference = keptReference(project, service, 'previous')
  const imageId = await images.find(reference)
  if (imageId === null)
    throw new FaciError('notFound', `${service} has no previous image: ${reference} does not exist`, {
      suggestions: [
        'faci keeps what a service ran when it sees another image in its place; it has not seen that yet',
        command`faci status ${service}`,
      ],
    })
  const image = {service, reference, imageId}
  const origin = await originOf(journal, project, image)
  if (origin === null) throw unrecorded(image)
  return {...image, origin}
}

async function previousImages(
  deps: PlanChangeDeps,
  change: StackChange,
  project: string,
): Promise<readonly RestoredImage[]> {
  if (change.kind !== 'revert') return []
  return Promise.all(change.services.map((service) => previousImage(deps, project, service)))
}

function startedKept(
  change: StackChange,
  restored: readonly RestoredImage[],
  {pins}: Pick<Outlook, 'pins'>,
): readonly KeptImage[] {
  const held = servicesOnPrevious(change).flatMap((service) => pins.find((pin) => pin.service === service) ?? [])
  return [...restored, ...held.map(({service, reference, previous}) => ({service, reference, imageId: previous}))]
}

/** Dependencies that run and stay as they are go without saying. */
function withoutUntouched(services: readonly PlannedService[], asked: readonly string[]): readonly PlannedService[] {
  return services.filter(({service, recreation, now, effects}) => {
    const isUntouched = recreation === 'no' && now.running > 0 && now.running === now.total && effects.length === 0
    return asked.includes(service) || !isUntouched
  })
}

/** Of what is made anew the plan itself says it. */
function asToldOf(differences: ChangePlan['differences'], containers: readonly Container[]): readonly Container[] {
  const told = new Set(differences.flatMap(({services}) => services))
  return containers.filter(({service}) => !told.has(service))
}

/** What a change would do, to what. Errors: `notFound` for a service that is not there; those of the engine and of Compose. */
export async function planChange(deps: PlanChangeDeps, asked: StackChange, place: StackPlace): Promise<PlannedChange> {
  const {project, files, environment, production} = place
  const {engine, compose} = deps
  const listed = engine.containers(project)
  const wanted = await listed.then((found) => withoutFinished(asked, found, compose))
  const outside = createForesight(deps, wanted, project)
  const known = listed.then((found) => servicesOf({asked: wanted, listed: found, model: outside.model}))
  const [containers, services, {endpoint, version}, previous] = await Promise.all([
    listed,
    known,
    engine.info(),
    known.then(() => previousImages(deps, wanted, project)),
  ])
  refuseNothingThere(wanted, services, containers)
  const {change, outlook, dependencies, fileImages} = await outside.look(services, containers)
  refuseMissingOnes(asked, withDependencies(services, outlook.definitions), containers, outlook.definitions)
  await refuseHeldNetworks(deps, {change, containers, foretelling: outlook.foretelling})
  const {differences, planned} = await compareConfiguration(deps, {
    ...{project, isNamed: place.isNamed, change, containers, checkout: place, profiled: outlook.profiled},
    planned: plannedServices(change, unique([...services, ...dependencies]), containers, outlook),
  })
  refusePaused(change, planned, containers)
  refuseDeadlyRecreation(await compose.tool(), version, planned)
  return {
    plan: {
      change,
      command: await compose.plan(change),
      project,
      files,
      endpoint,
      environment,
      production,
      services: withoutUntouched(planned, services),
      images: previous,
      differences,
    },
    containers,
    fileImages,
    startsKept: startedKept(change, previous, outlook),
    warnings: [...madeElsewhere(asToldOf(differences, containers), place), ...keptVolumeWarnings(outlook.foretelling)],
  }
}
