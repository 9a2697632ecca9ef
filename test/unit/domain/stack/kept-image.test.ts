import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {keptReference} from '../../../../src/domain/stack/kept-image.js'

/** As the engine parses a reference. */
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const DOCKERS = new RegExp(`^faci/${COMPONENT}/${COMPONENT}:previous$`)

describe('the name under which an image is kept', () => {
  it.each([
    ['faciliauto', 'api', 'faci/faciliauto/api:previous'],
    ['x-y', 'z', 'faci/x-y/z:previous'],
    ['x', 'y-z', 'faci/x/y-z:previous'],
    ['shop_2', 'my.api', 'faci/shop_2/my.api:previous'],
  ])('of %s and %s is made of theirs: %s', (project, service, expected) => {
    expect(keptReference(project, service, 'previous')).toBe(expected)
  })

  it('is another for each of them', () => {
    const names = [
      'my_api',
      'my-api',
      'my.api',
      'my__api',
      'My-Api',
      'my-api-',
      '_my-api',
      'my..api',
      'ämy-api',
      '_',
      '-',
    ]
    expect(new Set(names.map((name) => keptReference('x', name, 'previous'))).size).toBe(names.length)
  })

  it('is one that Docker takes, and no two pairs share one', () => {
    const name = fc.string({minLength: 1, maxLength: 200})
    fc.assert(
      fc.property(name, name, (first, second) => {
        const [one, other] = [keptReference(first, second, 'previous'), keptReference(second, first, 'previous')]
        expect(one).toMatch(DOCKERS)
        expect(one.length).toBeLessThan(250)
        expect(one === other).toBe(first === second)
      }),
    )
  })
})
