import type {StackChange} from './change.js'
import type {ConfigurationDifference} from './configuration-difference.js'
import type {Container} from '../stack/container.js'
import type {RestoredImage} from '../stack/kept-image.js'
import {withFollowers} from './followers.js'
import {foresee, type Foreseen, type Outlook} from './planned-effect.js'
import {isLeftover, replicasOf} from './replicas.js'

export interface ReplicaCount {
  readonly running: number
  readonly total: number
}

/** What a change does to one service. */
export interface PlannedService extends Foreseen {
  readonly service: string
  readonly now: ReplicaCount
  /** Names of containers that an interrupted change left beside its replicas. */
  readonly leftovers: readonly string[]
  readonly expected: 'running' | 'stopped' | 'removed'
  /** How many should run; null when the Compose file or the present number decides. */
  readonly replicas: number | null
}

/** What would be done, where, and to which environment: what a person consents to. */
export interface ChangePlan {
  readonly change: StackChange
  /** The Compose command, as an argument array. */
  readonly command: readonly string[]
  readonly project: string
  readonly files: readonly string[]
  /** The Docker engine that is talked to. */
  readonly endpoint: string
  readonly environment: string
  readonly production: boolean
  readonly services: readonly PlannedService[]
  /** The kept images that `up --image previous` goes back to. */
  readonly images: readonly RestoredImage[]
  /** In what it would make another configuration than the one that runs. */
  readonly differences: readonly ConfigurationDifference[]
}

/** The services that a change names; empty when it means all of them. */
export function namedServices(change: StackChange): readonly string[] {
  if (change.kind === 'down') return []
  return change.kind === 'scale' ? Object.keys(change.replicas) : change.services
}

/** The services that run their previous image afterwards. */
export function servicesOnPrevious(change: StackChange): readonly string[] {
  if (change.kind === 'revert') return change.services
  return change.kind === 'up' || change.kind === 'scale' ? (change.pinned ?? []) : []
}

function wantedReplicas(change: StackChange, service: string): number | null {
  return 'replicas' in change ? (change.replicas[service] ?? null) : null
}

function expectedState(change: StackChange, service: string): Pick<PlannedService, 'expected' | 'replicas'> {
  switch (change.kind) {
    case 'down':
      return {expected: 'removed', replicas: 0}
    case 'stop':
      return {expected: 'stopped', replicas: 0}
    case 'scale':
    case 'revert':
    case 'up':
    case 'restart':
    case 'start': {
      const replicas = wantedReplicas(change, service)
      return {expected: replicas === 0 ? 'removed' : 'running', replicas}
    }
  }
}

function ownOf(service: string, containers: readonly Container[]): readonly Container[] {
  return containers.filter((container) => container.service === service)
}

/** The services of which there are several replicas, for sure. */
export function scaledServices(containers: readonly Container[]): readonly string[] {
  const services = [...new Set(containers.map(({service}) => service))]
  return services.filter((service) => (replicasOf(ownOf(service, containers)) ?? 0) > 1)
}

/** The change with what only the containers can tell; `scaled` are services that the Compose file still has. */
export function completed(
  change: StackChange,
  containers: readonly Container[],
  scaled: readonly string[],
): StackChange {
  if (change.kind !== 'revert' && change.kind !== 'up' && change.kind !== 'scale') return change
  // What the services named depend on comes up too.
  const services = change.kind === 'revert' ? change.services : scaled
  const counts = services.flatMap((service): readonly (readonly [string, number])[] => {
    const replicas = replicasOf(ownOf(service, containers))
    // In doubt nothing is said, and Compose converges to what the Compose file says.
    return replicas === null ? [] : [[service, Math.max(1, replicas)]]
  })
  if (change.kind !== 'scale') return {...change, replicas: Object.fromEntries(counts)}
  const kept = counts.filter(([service]) => !(service in change.replicas))
  return kept.length === 0 ? change : {...change, kept: Object.fromEntries(kept)}
}

/** What becomes of each service, in the order given. */
export function plannedServices(
  change: StackChange,
  services: readonly string[],
  containers: readonly Container[],
  outlook: Outlook,
): readonly PlannedService[] {
  const rows = services.map((service) => {
    const own = ownOf(service, containers)
    const replicas = own.filter((container) => !isLeftover(container))
    const running = replicas.filter(({state}) => state === 'running').length
    return {
      service,
      now: {running, total: replicas.length},
      leftovers: own.filter(isLeftover).map(({name}) => name),
      ...expectedState(change, service),
      ...foresee(change, service, containers, outlook),
    }
  })
  return withFollowers(change, rows, containers, outlook)
}

/** The containers that a change removes or replaces, or may: what they know must be kept before. */
export function containersToLose(
  {change, services}: Pick<ChangePlan, 'change' | 'services'>,
  containers: readonly Container[],
): readonly Container[] {
  if (change.kind === 'down') return containers
  if (change.kind === 'revert' || change.kind === 'up') {
    const replaced = services.filter(({recreation, effects}) => {
      const isReplaced = recreation === 'yes' || recreation === 'unknown'
      return isReplaced || effects.some(({kind}) => kind === 'replicasLost')
    })
    return containers.filter((container) => replaced.some(({service}) => service === container.service))
  }
  if (change.kind !== 'scale') return []
  return containers.filter(({service, replica}) => {
    const replicas = change.replicas[service]
    return replicas !== undefined && replica > replicas
  })
}

function upFlags({build, recreate, unpin}: Extract<StackChange, {kind: 'up'}>): readonly string[] {
  return [
    ...(build ? ['--build'] : []),
    ...(recreate ? ['--recreate'] : []),
    ...(unpin === true ? ['--image', 'compose'] : []),
  ]
}

/** The `faci` command that asks for this change. */
export function changeCommand(change: StackChange): readonly string[] {
  switch (change.kind) {
    case 'down':
      return ['faci', 'down']
    case 'scale': {
      const counts = Object.entries(change.replicas).map(([service, replicas]) => `${service}=${replicas}`)
      return ['faci', 'scale', ...counts]
    }
    case 'up': {
      return ['faci', 'up', ...change.services, ...upFlags(change)]
    }
    case 'revert':
      return ['faci', 'up', ...change.services, '--image', 'previous']
    case 'restart':
    case 'stop':
    case 'start':
      return ['faci', change.kind, ...change.services]
  }
}
