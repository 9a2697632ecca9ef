import {FaciError} from '../../domain/errors.js'
import type {StackChange} from '../../domain/change/change.js'
import {changeCommand} from '../../domain/change/change-plan.js'
import type {KeptImage} from '../../domain/stack/kept-image.js'
import {command, shellCommand} from '../../domain/text/shell-command.js'
import type {ImageTags} from '../../ports/image-tags.js'

/** Compose starts what has the name by then, and a question may have waited for an answer for long. Throws `refused`. */
export async function recheckImages(
  images: ImageTags,
  planned: readonly KeptImage[],
  change: StackChange,
): Promise<void> {
  const found = await Promise.all(planned.map(({reference}) => images.find(reference)))
  for (const [index, {service, reference, imageId}] of planned.entries()) {
    const now = found[index] ?? null
    if (now === imageId) continue
    throw new FaciError(
      'refused',
      `${service} was to run the image ${imageId}, but ${reference} now names ${now ?? 'none'}: nothing was changed`,
      {
        suggestions: [
          command`docker image inspect ${reference}`,
          shellCommand([...changeCommand(change), '--dry-run']),
        ],
      },
    )
  }
}
