import {FaciError} from '../../../src/domain/errors.js'
import type {ImageTags} from '../../../src/ports/image-tags.js'

export interface FakeImageTags extends ImageTags {
  /** Image ids by name. */
  readonly names: Map<string, string>
  /** Names that others have given. */
  readonly foreign: Map<string, string>
}

/** An engine with these images; any other id is unknown to it. */
export function fakeImageTags(imageIds: readonly string[]): FakeImageTags {
  const names = new Map<string, string>()
  const foreign = new Map<string, string>()
  return {
    names,
    foreign,
    find: (reference) => {
      const found = names.get(reference) ?? foreign.get(reference)
      return Promise.resolve(found ?? (imageIds.includes(reference) ? reference : null))
    },
    tag: (imageId, reference) => {
      if (!imageIds.includes(imageId))
        return Promise.reject(new FaciError('badAnswer', `Docker has no image ${imageId} (any more)`))
      names.set(reference, imageId)
      return Promise.resolve()
    },
    untag: (reference) => {
      names.delete(reference)
      return Promise.resolve()
    },
  }
}
