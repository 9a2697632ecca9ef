import {FaciError} from '../../../src/domain/errors.js'
import type {ImageTags} from '../../../src/ports/image-tags.js'

export interface FakeImageTags extends ImageTags {
  /** Image ids by name. */
  readonly names: Map<string, string>
}

/** An engine with these images; any other id is unknown to it. */
export function fakeImageTags(imageIds: readonly string[]): FakeImageTags {
  const names = new Map<string, string>()
  return {
    names,
    find: (reference) => Promise.resolve(names.get(reference) ?? null),
    tag: (imageId, reference) => {
      if (!imageIds.includes(imageId))
        return Promise.reject(new FaciError('badAnswer', `Docker has no image ${imageId} (any more)`))
      names.set(reference, imageId)
      return Promise.resolve()
    },
  }
}
