import {FaciError} from '../../domain/errors.js'
import type {PlannedService} from '../../domain/change/change-plan.js'
import type {StackChange} from '../../domain/change/change.js'
import {diesRecreating} from '../../domain/stack/engine-and-compose.js'
import type {Container} from '../../domain/stack/container.js'
import {isFinishedJob} from '../../domain/stack/expected-service.js'
import {command} from '../../domain/text/shell-command.js'
import type {Compose, ComposeTool} from '../../ports/compose.js'

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
