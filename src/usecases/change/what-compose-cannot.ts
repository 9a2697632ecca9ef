import {FaciError} from '../../domain/errors.js'
import {namedServices, type PlannedService} from '../../domain/change/change-plan.js'
import type {StackChange} from '../../domain/change/change.js'
import type {Foretelling} from '../../domain/change/foretelling.js'
import {diesRecreating} from '../../domain/stack/engine-and-compose.js'
import type {Container} from '../../domain/stack/container.js'
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

function networksOf(inspection: unknown): readonly string[] {
  const settings = (inspection as {NetworkSettings?: {Networks?: unknown}} | null)?.NetworkSettings?.Networks
  return typeof settings === 'object' && settings !== null ? Object.keys(settings) : []
}

/**
 * It would stop the services of this change to make a network anew, and fail there, with all of them down, because others are on it.
 * Throws `refused`.
 */
export async function refuseHeldNetworks(
  {engine, compose}: {readonly engine: Pick<Engine, 'inspect'>; readonly compose: Pick<Compose, 'tool'>},
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
  const {networks, stopped, recreated} = foretelling
  const others = containers.filter(
    ({name, state}) => state === 'running' && !stopped.includes(name) && !recreated.includes(name),
  )
  const held = await Promise.all(
    others.map(async ({id, service}) => {
      const network = networksOf(await engine.inspect(id)).find((name) => networks.includes(name))
      return network === undefined ? [] : [{service, network}]
    }),
  )
  const [first] = held.flat()
  if (first === undefined) return
  const {version} = await compose.tool()
  const doomed = servicesIn(containers.filter(({name}) => stopped.includes(name)))
  const all = [...new Set([...namedServices(change), ...held.flat().map(({service}) => service)])]
  throw new FaciError(
    'refused',
    `Compose ${version} would stop ${doomed.join(', ')} to make the network ${first.network} anew, and fail there: ${first.service} is on it too`,
    {suggestions: [`change all that are on it at once: ${shellCommand(['faci', 'up', ...all, '--dry-run'])}`]},
  )
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
