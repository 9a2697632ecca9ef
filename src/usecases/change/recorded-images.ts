import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import {namedServices} from '../../domain/change/change-plan.js'
import type {ChangeEvent} from '../../domain/change/change-event.js'
import {type ImageOrigin, type KeptImage, keptReference, type ReleasedImage} from '../../domain/stack/kept-image.js'
import type {Journal, JournalEntry} from '../../ports/journal.js'

type Recorded = JournalEntry & ChangeEvent

/** How far back a `down` is looked for. */
const RUNS = 30
/** How far back it is looked for that an image was kept: a service may be changed seldom. */
const MOST_RUNS = 1000

async function eventsOf(journal: Journal<ChangeEvent>, id: string): Promise<readonly Recorded[]> {
  try {
    const files = await journal.files(id)
    return (await Promise.all(files.map((file) => journal.read(id, file)))).flatMap(({events}) => events)
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return []
  }
}

/** Of these services, those that somebody brought up by their names through faci, whatever profile they are of. */
export async function broughtUpByName(
  journal: Journal<ChangeEvent>,
  project: string,
  services: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const id of services.length === 0 ? [] : await journal.list(RUNS)) {
    for (const event of await eventsOf(journal, id)) {
      if (event.kind !== 'change.planned' || event.plan.project !== project || event.plan.change.kind === 'down')
        continue
      for (const service of namedServices(event.plan.change)) if (services.includes(service)) found.add(service)
    }
    if (found.size === services.length) break
  }
  return found
}

/** The images that were released by the last `down` in this store. */
export async function lastReleased(journal: Journal<ChangeEvent>, project: string): Promise<readonly ReleasedImage[]> {
  for (const id of await journal.list(RUNS)) {
    const events = await eventsOf(journal, id)
    const released = events.findLast((event) => event.kind === 'images.released' && event.project === project)
    if (released?.kind === 'images.released') return released.images
  }
  return []
}

/** When faci saw that the service had run this image; null when no journal of this store says so. */
export async function originOf(
  journal: Journal<ChangeEvent>,
  project: string,
  {service, imageId}: KeptImage,
): Promise<ImageOrigin | null> {
  const reference = keptReference(project, service, 'previous')
  const isIt = (image: ReleasedImage): boolean => image.service === service && image.imageId === imageId
  const says = (event: Recorded): boolean => {
    if (event.kind === 'image.kept') return event.image.reference === reference && isIt(event.image)
    return event.kind === 'images.released' && event.project === project && event.images.some(isIt)
  }
  for (const runId of await journal.list(MOST_RUNS)) {
    const found = (await eventsOf(journal, runId)).findLast(says)
    if (found !== undefined) return {runId, at: found.at, by: found.by}
  }
  return null
}
