import {keptReference, type ReleasedImage} from '../../domain/stack/kept-image.js'
import type {Engine} from '../../ports/engine.js'
import type {ImageTags} from '../../ports/image-tags.js'

interface ReleaseDeps {
  readonly engine: Engine
  readonly images: ImageTags
}

async function isNamedElsewhere(engine: Engine, imageId: string): Promise<boolean> {
  const [image] = await engine.images([imageId])
  return image?.tags.some((tag) => !tag.startsWith('faci/')) === true
}

async function releaseOne(
  {engine, images}: ReleaseDeps,
  project: string,
  service: string,
): Promise<ReleasedImage | null> {
  const running = keptReference(project, service, 'running')
  const imageId = await images.find(running)
  if (imageId === null) return null
  const previous = keptReference(project, service, 'previous')
  const isKept = (await images.find(previous)) === imageId || (await isNamedElsewhere(engine, imageId))
  // It would go with its last name; and what the Compose file names by now is another one.
  if (!isKept) await images.tag(imageId, previous)
  await images.untag(running)
  return {service, imageId}
}

/**
 * Nothing runs any more, so that nothing is named `running`: what remains is what a rollback needs. Which image it was is told, for the
 * next `up` to know whether it brings another one.
 */
export async function releaseImages(
  deps: ReleaseDeps,
  project: string,
  services: readonly string[],
): Promise<readonly ReleasedImage[]> {
  const containers = await deps.engine.containers(project)
  const gone = services.filter((service) => !containers.some((container) => container.service === service))
  const released = await Promise.all(gone.map((service) => releaseOne(deps, project, service)))
  return released.filter((image) => image !== null)
}
