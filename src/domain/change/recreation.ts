import type {Container} from '../stack/container.js'

/** An image as a person reads it: its name, and its id where that is known. */
export interface NamedImage {
  readonly name: string
  readonly id: string | null
}

/** What a service's next container is made of. */
export interface Blueprint {
  readonly image: NamedImage
  /** Why the id is not known beforehand; null when the name stands for what it stands for now. */
  readonly imageComes: 'built' | 'pulled' | null
  /** Compose's hash of the configuration, which covers the image's name; null when it cannot be had. */
  readonly hash: string | null
  /** The hash covers the image's id as well. */
  readonly hashCoversImageId: boolean
}

/** How what a container was made of differs from what Compose would make it of now. */
export interface Difference {
  /** null: it is the same one. */
  readonly image: {readonly from: NamedImage; readonly to: NamedImage; readonly comes: 'built' | 'pulled' | null} | null
  readonly configuration: 'same' | 'changed' | 'unknown'
}

/** What becomes of a service's containers. */
export type Recreation = 'no' | 'yes' | 'unknown'

function imageDifference(container: Container, {image, imageComes}: Blueprint): Difference['image'] {
  const from: NamedImage = {name: container.image, id: container.imageId}
  const isSame = imageComes === null && image.id === container.imageId
  return isSame ? null : {from, to: imageComes === null ? image : {...image, id: null}, comes: imageComes}
}

/** A hash that differs tells of the configuration only if it is not the image that made it differ. */
function configurationDifference(container: Container, blueprint: Blueprint): Difference['configuration'] {
  const {hash, hashCoversImageId, image} = blueprint
  if (hash === null || container.configHash === null) return 'unknown'
  if (hash === container.configHash) return 'same'
  const mayBeImage = image.name !== container.image || (hashCoversImageId && image.id !== container.imageId)
  return mayBeImage ? 'unknown' : 'changed'
}

/** Never 'same' of what could not be compared. */
export function differenceOf(container: Container, blueprint: Blueprint): Difference {
  return {
    image: imageDifference(container, blueprint),
    configuration: configurationDifference(container, blueprint),
  }
}

function hashSaysYes(container: Container, {image, imageComes, hash, hashCoversImageId}: Blueprint): boolean {
  if (hash === null || container.configHash === null || hash === container.configHash) return false
  // Of an image that is yet to come the hash is not known either.
  const isOfThisImage = !hashCoversImageId || (imageComes === null && image.id !== null)
  return isOfThisImage || image.name !== container.image
}

/** Whether Compose would replace this container: it does when the hash or the image's id is another one. */
export function recreationOf(container: Container, blueprint: Blueprint): Recreation {
  const {image, configuration} = differenceOf(container, blueprint)
  if (hashSaysYes(container, blueprint)) return 'yes'
  if (image !== null && image.to.id !== null) return 'yes'
  return image !== null || configuration === 'unknown' ? 'unknown' : 'no'
}
