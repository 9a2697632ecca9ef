import {FaciError} from '../../domain/errors.js'
import {namedServices, type PlannedService} from '../../domain/change/change-plan.js'
import type {StackChange} from '../../domain/change/change.js'
import type {Foretelling} from '../../domain/change/foretelling.js'
import {diesRecreating} from '../../domain/stack/engine-and-compose.js'
import type {Container} from '../../domain/stack/container.js'
import type {ServiceDefinition} from '../../domain/stack/service-definition.js'
import {isFinishedJob} from '../../domain/stack/expected-service.js'
import {command, shellCommand} from '../../domain/text/shell-command.js'
import type {Compose, ComposeTool} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'

function servicesIn(containers: readonly Container[]): readonly string[] {
  return [...new Set(containers.map(({service}) => service))]
}

/** Compose starts again only what is there: nothing else would ever come. Throws `notFound`. */
export function refuseNothingThere(
  {kind}: StackChange,
  services: readonly string[],
  containers: readonly Container[],
): void {
  if (kind !== 'restart' && kind !== 'start') return
  const there = servicesIn(containers)
  const absent = services.find((service) => !there.includes(service))
  if (absent === undefined && services.length > 0) return
  const whose = absent === undefined ? 'no service of this project has a' : `${absent} has no`
  const next = absent === undefined ? 'faci up' : command`faci up ${absent}`
  throw new FaciError('notFound', `${whose} container to ${kind}`, {suggestions: [next]})
}

function isStartAgain(change: StackChange): change is Extract<StackChange, {kind: 'restart' | 'start'}> {
  return change.kind === 'restart' || change.kind === 'start'
}

function bringUp(message: string, service: string, asked: readonly string[]): FaciError {
  return new FaciError('notFound', message, {
    suggestions: [asked.length === 0 ? 'faci up' : command`faci up ${service}`],
  })
}

/**
 * Compose v2 starts none that waits for a service without a container, and the engine none whose network was that of a container that is gone:
 * they would fail there, with whatever was started before. Throws `notFound`.
 */
export function refuseMissingOnes(
  change: StackChange,
  services: readonly string[],
  containers: readonly Container[],
  definitions: readonly Pick<ServiceDefinition, 'service' | 'awaits'>[],
): void {
  if (!isStartAgain(change)) return
  const there = servicesIn(containers)
  const started = definitions.filter(({service}) => services.includes(service) && there.includes(service))
  for (const {service, awaits = []} of change.kind === 'start' ? started : []) {
    const missing = awaits.find((one) => !there.includes(one))
    const message = `${service} waits for ${missing ?? ''}, which has no container to start`
    if (missing !== undefined) throw bringUp(message, service, change.services)
  }
  const cutOff = containers.find((one) => services.includes(one.service) && one.networkOwner?.name === null)
  if (cutOff === undefined) return
  const {name, service} = cutOff
  const message = `${name} shares the network of a container that no longer exists, and cannot be started again`
  throw bringUp(message, service, change.services)
}

/** Nobody named them: a job that has finished is not done once more. */
export async function withoutFinished(
  asked: StackChange,
  containers: readonly Container[],
  compose: Pick<Compose, 'model'>,
): Promise<StackChange> {
  if ((asked.kind !== 'restart' && asked.kind !== 'start') || asked.services.length > 0) return asked
  if (!containers.some(({state, exitCode}) => state === 'exited' && exitCode === 0)) return asked
  const {expected} = await compose.model()
  const all = servicesIn(containers)
  const services = all.filter((name) => {
    const own = containers.filter((one) => one.service === name)
    return !isFinishedJob(own, expected)
  })
  return services.length === all.length ? asked : {...asked, services}
}

/** Who would still be on a network when Compose makes it anew. */
async function heldBy(
  engine: Pick<Engine, 'attached'>,
  {networks, stopped, recreated}: Foretelling,
): Promise<readonly {readonly network: string; readonly name: string}[]> {
  const leave = new Set([...stopped, ...recreated])
  const held = await Promise.all(
    networks.map(async (network) => {
      const there = await engine.attached(network)
      return there.filter((name) => !leave.has(name)).map((name) => ({network, name}))
    }),
  )
  return held.flat()
}

/**
 * It would stop the services of this change to make a network anew, and fail there, with all of them down, because others are on it.
 * Throws `refused`.
 */
export async function refuseHeldNetworks(
  {engine, compose}: {readonly engine: Pick<Engine, 'attached'>; readonly compose: Pick<Compose, 'tool'>},
  {
    change,
    containers,
    foretelling,
  }: {
    readonly change: StackChange
    readonly containers: readonly Container[]
    readonly foretelling: Foretelling | null
  },
): Promise<void> {
  if (foretelling === null || foretelling.networks.length === 0) return
  const [first, ...more] = await heldBy(engine, foretelling)
  if (first === undefined) return
  const {version} = await compose.tool()
  const doomed = servicesIn(containers.filter(({name}) => foretelling.stopped.includes(name)))
  const others = [first, ...more].map(({name}) => containers.find((one) => one.name === name)?.service ?? null)
  const ours = others.filter((service) => service !== null)
  const all = [...new Set([...namedServices(change), ...ours])]
  // Others cannot be changed from here, nor with all services named already.
  const together = ours.length === others.length && namedServices(change).length > 0
  throw new FaciError(
    'refused',
    `Compose ${version} would stop ${doomed.join(', ')} to make the network ${first.network} anew, and fail there: ${first.name} is on it too`,
    {
      suggestions: [
        together
          ? `change all that are on it at once: ${shellCommand(['faci', 'up', ...all, '--dry-run'])}`
          : `take it off first: ${shellCommand(['docker', 'network', 'disconnect', first.network, first.name])}`,
      ],
    },
  )
}

/** Compose starts none that is paused: it would fail there, with whatever it has done before. Throws `refused`. */
export function refusePaused(
  {kind}: StackChange,
  planned: readonly PlannedService[],
  containers: readonly Container[],
): void {
  if (kind !== 'up' && kind !== 'start' && kind !== 'scale') return
  const kept = planned.filter(({recreation, expected}) => recreation !== 'yes' && expected === 'running')
  const names = new Set(kept.map(({service}) => service))
  const paused = containers.find(({service, state}) => state === 'paused' && names.has(service))
  if (paused === undefined) return
  throw new FaciError('refused', `${paused.name} is paused, and Compose cannot start a paused container`, {
    suggestions: [command`docker unpause ${paused.name}`, command`faci restart ${paused.service}`],
  })
}

/** It would take the container away and then fail. Throws `refused`. */
export function refuseDeadlyRecreation(
  {version}: ComposeTool,
  engineVersion: string,
  planned: readonly PlannedService[],
): void {
  if (!diesRecreating(version, engineVersion)) return
  const doomed = planned.filter(({recreation}) => recreation === 'yes' || recreation === 'unknown')
  if (doomed.length === 0) return
  const services = doomed.map(({service}) => service).join(', ')
  throw new FaciError(
    'refused',
    `${services} would be recreated, and docker-compose ${version} fails at that on Docker ${engineVersion}: the container would be gone`,
    {
      suggestions: [
        'install docker-compose-plugin (Compose v2), then type this again',
        'stop, start, restart and scale do not recreate anything',
      ],
    },
  )
}
