import {FaciError} from '../../domain/errors.js'
import type {Container} from '../../domain/stack/container.js'
import {type KeptImage, keptReference} from '../../domain/stack/kept-image.js'
import type {ImageTags} from '../../ports/image-tags.js'

export interface KeepImagesInput {
  readonly project: string
  readonly services: readonly string[]
  /** As they are now. */
  readonly containers: readonly Container[]
  /** Going back to an image does not make the one left behind worth going back to. */
  readonly reverting: boolean
}

export interface KeptImages {
  readonly kept: readonly KeptImage[]
  /** What could not be kept, and why. */
  readonly problems: readonly string[]
}

function imageOf(service: string, containers: readonly Container[]): string | null {
  const own = containers.filter((container) => container.service === service)
  return (own.find(({state}) => state === 'running') ?? own[0])?.imageId ?? null
}

async function keepOne(images: ImageTags, input: KeepImagesInput, service: string): Promise<KeptImage | null> {
  const now = imageOf(service, input.containers)
  if (now === null) return null
  const running = keptReference(input.project, service, 'running')
  const imageId = await images.find(running)
  if (imageId === now) return null
  const reference = keptReference(input.project, service, 'previous')
  const isReplaced = imageId !== null && !input.reverting
  if (isReplaced) await images.tag(imageId, reference)
  await images.tag(now, running)
  return isReplaced ? {service, reference, imageId} : null
}

/**
 * Tags the image that each service runs, and the one that it ran until now when that is another: looked at before a change as well, this
 * also sees what somebody else brought up since the last one. What can't be kept is reported, and stops nothing.
 */
export async function keepImages(images: ImageTags, input: KeepImagesInput): Promise<KeptImages> {
  const problems: string[] = []
  const found = await Promise.all(
    input.services.map(async (service) => {
      try {
        return await keepOne(images, input, service)
      } catch (error) {
        if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
        problems.push(`The image of ${service} was not kept: ${error.message}`)
        return null
      }
    }),
  )
  return {kept: found.filter((image) => image !== null), problems}
}
