import {describe, expect, it} from 'vitest'
import {keptReference} from '../../../../src/domain/stack/kept-image.js'

describe('the name under which an image is kept', () => {
  it.each([
    ['faciliauto', 'api', 'faci/faciliauto/api:previous'],
    ['x-y', 'z', 'faci/x-y/z:previous'],
    ['x', 'y-z', 'faci/x/y-z:previous'],
    ['shop_2', 'Web.Front', 'faci/shop-2/web-front:previous'],
    ['-a-', '__b', 'faci/a/b:previous'],
  ])('of %s and %s is one that Docker takes: %s', (project, service, expected) => {
    expect(keptReference(project, service, 'previous')).toBe(expected)
  })
})
