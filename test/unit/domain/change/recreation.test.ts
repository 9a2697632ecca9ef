import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type Blueprint, differenceOf, recreationOf} from '../../../../src/domain/change/recreation.js'
import {aBlueprint} from '../../../support/builders/blueprint.js'
import {aContainer} from '../../../support/builders/container.js'

/** Everything that Compose looks at. */
interface Made {
  readonly name: string
  readonly id: string
  readonly configuration: string
}

const made: fc.Arbitrary<Made> = fc.record({
  name: fc.constantFrom('shop/api:1', 'shop/api:2'),
  id: fc.constantFrom('sha256:a', 'sha256:b'),
  configuration: fc.constantFrom('A=1', 'A=2'),
})

/** As the two Compose generations do: v1.29 hashes the image's id as well. */
function hashOf({name, id, configuration}: Made, isV1: boolean): string {
  return [name, configuration, ...(isV1 ? [id] : [])].join(' ')
}

function containerOf(it: Made, isV1: boolean) {
  return aContainer({image: it.name, imageId: it.id, configHash: hashOf(it, isV1)})
}

function blueprintOf(it: Made, isV1: boolean): Blueprint {
  return {
    image: {name: it.name, id: it.id},
    imageComes: null,
    hash: hashOf(it, isV1),
    hashCoversImageId: isV1,
  }
}

describe('whether Compose would replace a container', () => {
  it('is as Compose decides it, of all that can be known', () => {
    fc.assert(
      fc.property(made, made, fc.boolean(), (is, next, isV1) => {
        const replaces = hashOf(is, isV1) !== hashOf(next, isV1) || is.id !== next.id
        expect(recreationOf(containerOf(is, isV1), blueprintOf(next, isV1))).toBe(replaces ? 'yes' : 'no')
      }),
    )
  })

  it('is never denied of what cannot be compared, and then the configuration is never called the same by guess', () => {
    const gap = fc.constantFrom<Partial<Blueprint>>({hash: null}, {imageComes: 'built'}, {imageComes: 'pulled'})
    fc.assert(
      fc.property(made, made, fc.boolean(), gap, (is, next, isV1, missing) => {
        const blueprint = {...blueprintOf(next, isV1), ...missing}
        expect(recreationOf(containerOf(is, isV1), blueprint)).not.toBe('no')
        if (blueprint.hash === null)
          expect(differenceOf(containerOf(is, isV1), blueprint).configuration).toBe('unknown')
      }),
    )
  })

  it('is unknown for a container whose labels do not tell', () => {
    expect(recreationOf(aContainer({configHash: null}), aBlueprint())).toBe('unknown')
  })

  it('is unknown while the image is not there: it may be the very same, and v1.29 hashes what is there', () => {
    const absent = {image: {name: 'faciliauto/api:1', id: null}}
    expect(recreationOf(aContainer(), aBlueprint('api', absent))).toBe('unknown')
    const v1 = aBlueprint('api', {...absent, hash: 'without image', hashCoversImageId: true})
    expect(recreationOf(aContainer(), v1)).toBe('unknown')
    expect(recreationOf(aContainer(), {...v1, image: {name: 'faciliauto/api:2', id: null}})).toBe('yes')
  })
})

describe('how a container differs from the next one', () => {
  it('says a configuration changed, or the same, only if it is so', () => {
    fc.assert(
      fc.property(made, made, fc.boolean(), (is, next, isV1) => {
        const {configuration, image} = differenceOf(containerOf(is, isV1), blueprintOf(next, isV1))
        const isSame = is.configuration === next.configuration
        if (configuration !== 'unknown') expect(configuration).toBe(isSame ? 'same' : 'changed')
        if (is.name === next.name && is.id === next.id) expect(configuration).not.toBe('unknown')
        expect(image === null).toBe(is.id === next.id)
      }),
    )
  })

  it('names both images, and no id for one that is yet to come', () => {
    const to = {name: 'faciliauto/api:1', id: 'sha256:new'}
    const from = {name: 'faciliauto/api:1', id: 'sha256:api'}
    expect(differenceOf(aContainer(), aBlueprint('api', {image: to})).image).toEqual({from, to, comes: null})
    expect(differenceOf(aContainer(), aBlueprint('api', {imageComes: 'built'})).image).toEqual({
      ...{from, to: {name: 'faciliauto/api:1', id: null}},
      comes: 'built',
    })
  })
})
