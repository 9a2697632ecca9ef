import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Container} from '../../domain/stack/container.js'
import {correctionOf, guessText} from '../../domain/text/did-you-mean.js'
import type {ComposeModel, StackModel} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'

export interface Selection {
  readonly project: string
  /** All when empty. */
  readonly services: readonly string[]
}

export interface SelectedContainers {
  readonly containers: readonly Container[]
  /** Services that were asked for and have no container. Empty when the project has none at all. */
  readonly without: readonly string[]
}

/** Those of these services that there are now. */
export async function selectContainers(engine: Engine, {project, services}: Selection): Promise<SelectedContainers> {
  const containers = await engine.containers(project)
  if (services.length === 0 || containers.length === 0) return {containers, without: []}
  const without = services.filter((name) => containers.every(({service}) => service !== name))
  return {containers: containers.filter(({service}) => services.includes(service)), without}
}

async function modelOrNull({model}: StackModel): Promise<ComposeModel | null> {
  try {
    return await model()
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return null
  }
}

/** As `selectContainers`. Throws `notFound` for a service that the Compose file does not know either. */
export async function selectKnown(
  {engine, stackModel}: {readonly engine: Engine; readonly stackModel: StackModel},
  selection: Selection,
): Promise<SelectedContainers> {
  const selected = await selectContainers(engine, selection)
  if (selected.without.length === 0) return selected
  const {project} = selection
  const [model, there] = await Promise.all([modelOrNull(stackModel), engine.containers(project)])
  const known = [
    ...new Set([...there.map(({service}) => service), ...(model?.services ?? []), ...(model?.profiled ?? [])]),
  ].sort()
  const unknown = selected.without.find((service) => !known.includes(service))
  if (unknown === undefined) return selected
  const correction = correctionOf(unknown, known)
  const hint = guessText(correction, 'its services', known)
  const what = model === null ? 'container of a service' : 'service'
  throw new FaciError('notFound', `project ${project} has no ${what} ${unknown}: ${hint}`, {
    ...{correction, suggestions: ['faci status']},
  })
}
