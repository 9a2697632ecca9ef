import {FaciError} from '../../domain/errors.js'
import type {Container} from '../../domain/stack/container.js'
import {closest} from '../../domain/text/did-you-mean.js'
import type {Engine} from '../../ports/engine.js'

export interface Selection {
  readonly project: string
  /** All when empty. */
  readonly services: readonly string[]
}

/** The containers of these services. Throws `notFound` for a service without any, unless the project has none at all. */
export async function selectContainers(engine: Engine, {project, services}: Selection): Promise<readonly Container[]> {
  const containers = await engine.containers(project)
  if (services.length === 0 || containers.length === 0) return containers
  const known = [...new Set(containers.map(({service}) => service))]
  const unknown = services.find((service) => !known.includes(service))
  if (unknown !== undefined) {
    const guess = closest(unknown, known)
    const hint = guess === null ? `its services: ${known.join(', ')}` : `did you mean ${guess}?`
    throw new FaciError('notFound', `project ${project} has no container of a service ${unknown}: ${hint}`, {
      suggestions: guess === null ? ['faci status'] : [guess],
    })
  }
  return containers.filter(({service}) => services.includes(service))
}
