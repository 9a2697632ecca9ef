import {FaciError} from '../../domain/errors.js'
import type {StackChange} from '../../domain/stack/change.js'
import {namedServices, plannedServices} from '../../domain/stack/change-plan.js'
import type {ChangePlan} from '../../domain/stack/change-plan.js'
import type {Container} from '../../domain/stack/container.js'
import {closest} from '../../domain/text/did-you-mean.js'
import type {Compose} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'

export interface PlanChangeDeps {
  readonly engine: Engine
  readonly compose: Compose
}

/** Which Compose project is meant. */
export interface StackPlace {
  readonly project: string
  readonly files: readonly string[]
  /** Of the Compose file: containers made from another checkout say another. */
  readonly directory: string
  readonly environment: string
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

/** The services it is about. The Compose file is only read when the containers can't tell: that takes Compose half a second. */
async function servicesOf(
  compose: Compose,
  change: StackChange,
  containers: readonly Container[],
): Promise<readonly string[]> {
  const named = unique(namedServices(change))
  const existing = unique(containers.map(({service}) => service))
  if (named.length > 0 && named.every((service) => existing.includes(service))) return named
  if (change.kind !== 'up' && named.length === 0) return existing
  const {services, profiled} = await compose.model()
  refuseUnknown(named, [...services, ...profiled])
  return named.length > 0 ? named : services
}

function foreignCheckouts(containers: readonly Container[], directory: string): readonly string[] {
  const foreign = unique(containers.flatMap(({workingDirectory}) => workingDirectory ?? [])).filter(
    (other) => other !== directory,
  )
  return foreign.map(
    (other) => `Containers of this project belong to another checkout, ${other}: its lock is there, not here`,
  )
}

/** What a change would do, to what. Errors: `notFound` for a service that is not there; those of the engine and of Compose. */
export async function planChange(
  {engine, compose}: PlanChangeDeps,
  change: StackChange,
  place: StackPlace,
): Promise<PlannedChange> {
  const {project, files, directory, environment} = place
  const listed = engine.containers(project)
  const [containers, {endpoint}, command, services] = await Promise.all([
    listed,
    engine.info(),
    compose.plan(change),
    listed.then((found) => servicesOf(compose, change, found)),
  ])
  return {
    plan: {
      change,
      command,
      project,
      files,
      endpoint,
      environment,
      services: plannedServices(change, services, containers),
    },
    containers,
    warnings: foreignCheckouts(containers, directory),
  }
}
