import {FaciError} from '../../domain/errors.js'
import type {ImageTags} from '../../ports/image-tags.js'
import type {DockerConnection} from './docker-connection.js'
import {checked, IMAGE} from './engine-answers.js'

function split(reference: string): {readonly repo: string; readonly tag: string} {
  const colon = reference.lastIndexOf(':')
  return {repo: reference.slice(0, colon), tag: reference.slice(colon + 1)}
}

/** The ImageTags port on dockerode's transport: Compose cannot tag. */
export function createDockerodeImageTags(
  {shown, get, post, remove}: DockerConnection,
  {deadlineSeconds}: {readonly deadlineSeconds: number} = {deadlineSeconds: 3},
): ImageTags {
  return {
    find: async (reference) => {
      const answer = await get({path: `/images/${reference}/json`, what: 'describe an image', deadlineSeconds})
      return answer === null ? null : checked(IMAGE, answer, 'an image').Id
    },
    tag: async (imageId, reference) => {
      const query = split(reference)
      const answer = await post({path: `/images/${imageId}/tag`, query, what: 'tag an image', deadlineSeconds})
      if (answer === null) throw new FaciError('badAnswer', `Docker at ${shown} has no image ${imageId} (any more)`)
    },
    untag: async (reference) => {
      await remove({path: `/images/${reference}`, what: 'remove a name of an image', deadlineSeconds})
    },
  }
}
