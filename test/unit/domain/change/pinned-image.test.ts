import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {isPinned} from '../../../../src/domain/change/pinned-image.js'
import {aContainer} from '../../../support/builders/container.js'

const KEPT = {previous: 'sha256:good', left: 'sha256:bad'}
const BACK = [aContainer({imageId: 'sha256:good'})]

describe('a service that went back to its previous image', () => {
  it('stays there while the Compose file names the image that was left, also when it has no container', () => {
    expect(isPinned(KEPT, 'sha256:bad', BACK)).toBe(true)
    expect(isPinned(KEPT, 'sha256:bad', [])).toBe(true)
  })

  it('does not once another image was made, or the left one was brought up by hand', () => {
    expect(isPinned(KEPT, 'sha256:fixed', BACK)).toBe(false)
    expect(isPinned(KEPT, null, BACK)).toBe(false)
    expect(isPinned(KEPT, 'sha256:bad', [aContainer({imageId: 'sha256:bad'})])).toBe(false)
  })

  it('is only one that did go back: whatever is known, nothing is pinned to the image that was left', () => {
    const id = fc.constantFrom('sha256:a', 'sha256:b')
    fc.assert(
      fc.property(fc.option(id), fc.option(id), fc.option(id), fc.array(id), (previous, left, file, running) => {
        const own = running.map((imageId) => aContainer({imageId}))
        if (!isPinned({previous, left}, file, own)) return
        expect(previous).not.toBeNull()
        expect(left).toBe(file)
        expect(previous).not.toBe(file)
      }),
    )
  })
})
