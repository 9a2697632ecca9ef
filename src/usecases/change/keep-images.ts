import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Container} from '../../domain/stack/container.js'
import {type KeptAs, type KeptImage, keptReference} from '../../domain/stack/kept-image.js'
import type {ImageTags} from '../../ports/image-tags.js'

export interface KeepImagesInput {
  readonly project: string
  readonly services: readonly string[]
  /** As they are now. */
  readonly containers: readonly Container[]
  /**
   * Going back to an image does not make the one left behind worth going back to. By service the image to leave where faci has seen none
   * run; null when it is no going back.
   */
  readonly reverting: Readonly<Record<string, string | null>> | null
  /** The image of a service when `down` removed it last; null when that is not known. */
  readonly beforeDown: (service: string) => Promise<string | null>
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

interface Seen {
  /** What runs now. */
  readonly now: string
  /** What faci saw run before. */
  readonly before: string | null
  readonly previous: string | null
}

type Named = (as: KeptAs) => string

/** After going back: the image that was left is remembered, for as long as the service runs what it went back to. */
async function noteLeft(images: ImageTags, named: Named, {now, previous}: Seen, left: string | null): Promise<void> {
  if (left !== null && left !== now && previous === now) await images.tag(left, named('left'))
}

/** True when another image has taken the place of the one before, which is kept. */
async function noteReplaced(images: ImageTags, named: Named, {now, before, previous}: Seen): Promise<boolean> {
  const isReplaced = before !== null && before !== now
  if (isReplaced) await images.tag(before, named('previous'))
  // It runs something else than what it went back to: it is not held there any more.
  if (previous !== now) await images.untag(named('left'))
  return isReplaced
}

async function keepOne(images: ImageTags, input: KeepImagesInput, service: string): Promise<KeptImage | null> {
  const {project, containers, reverting, beforeDown} = input
  const now = imageOf(service, containers)
  if (now === null) return null
  const named: Named = (as) => keptReference(project, service, as)
  const running = await images.find(named('running'))
  if (running === now) return null
  const before = running ?? (await beforeDown(service))
  const seen: Seen = {now, before, previous: await images.find(named('previous'))}
  if (reverting !== null) await noteLeft(images, named, seen, before ?? reverting[service] ?? null)
  const isReplaced = reverting === null && (await noteReplaced(images, named, seen))
  await images.tag(now, named('running'))
  return isReplaced && before !== null ? {service, reference: named('previous'), imageId: before} : null
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
        rethrowBugOrInterrupt(error)
        problems.push(`The image of ${service} was not kept: ${error.message}`)
        return null
      }
    }),
  )
  return {kept: found.filter((image) => image !== null), problems}
}
