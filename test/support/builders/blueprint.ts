import type {Blueprint} from '../../../src/domain/change/recreation.js'
import {aContainer} from './container.js'

/** What `aContainer({service})` was made of. */
export function aBlueprint(service = 'api', overrides: Partial<Blueprint> = {}): Blueprint {
  const {image: name, imageId: id, configHash: hash} = aContainer({service})
  return {image: {name, id}, imageComes: null, hash, hashCoversImageId: false, ...overrides}
}
