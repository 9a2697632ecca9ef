import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {isCrashLooping, ranSeconds, steadySeconds, unsteadyUntil} from '../../../../src/domain/stack/steadiness.js'
import {aContainer} from '../../../support/builders/container.js'

const CREATED = Date.parse('2026-11-23T06:00:00.000Z')

function iso(seconds: number): string {
  return new Date(CREATED + Math.round(seconds * 1000)).toISOString()
}

function at(seconds: number): Date {
  return new Date(iso(seconds))
}

/** Lives of a container that a restart policy brings back at once: how long each lasted before the present one. */
const LIVES = fc.array(fc.double({min: 0.1, max: 100, noNaN: true}), {maxLength: 6})

/** As the engine describes it once it has lived through these and started again. */
function after(lives: readonly number[]) {
  const end = lives.reduce((sum, life) => sum + life, 0)
  const finishedAt = lives.length === 0 ? null : iso(end)
  return {container: aContainer({createdAt: iso(0), startedAt: iso(end), finishedAt, restartCount: lives.length}), end}
}

describe('steadySeconds', () => {
  it('is five seconds for what never exited by itself', () => {
    expect(steadySeconds(null)).toBe(5)
  })

  it('is twice the previous lifetime, within five and thirty seconds', () => {
    expect([0, 2, 3, 10, 15, 40, 86_400].map(steadySeconds)).toEqual([5, 5, 6, 20, 30, 30, 30])
  })
})

describe('unsteadyUntil', () => {
  it('holds the rule: nothing is steady before twice its previous lifetime, everything is after thirty seconds', () => {
    fc.assert(
      fc.property(LIVES, fc.double({min: 0, max: 120, noNaN: true}), (lives, ran) => {
        const {container, end} = after(lives)
        const steady = unsteadyUntil(container, at(end + ran)) === null
        const least = steadySeconds(lives.at(-1) ?? null)
        if (ran < least - 0.002) expect(steady).toBe(false)
        if (ran > 30.002 || (lives.length === 0 && ran > 5.002)) expect(steady).toBe(true)
      }),
    )
  })

  it('is exactly the rule after the first exit, the one that a look most often meets', () => {
    fc.assert(
      fc.property(fc.double({min: 0.1, max: 100, noNaN: true}), (life) => {
        const {container, end} = after([life])
        expect(unsteadyUntil(container, at(end))).toBeCloseTo(steadySeconds(life), 2)
      }),
    )
  })

  it('once steady stays so while it runs', () => {
    fc.assert(
      fc.property(LIVES, fc.nat(120), fc.nat(10_000), (lives, ran, more) => {
        const {container, end} = after(lives)
        const steady = (seconds: number): boolean => unsteadyUntil(container, at(end + seconds)) === null
        expect(!steady(ran) || steady(ran + more)).toBe(true)
      }),
    )
  })

  it('a container that crashes every few seconds is never seen to be steady', () => {
    fc.assert(
      fc.property(
        fc.double({min: 0.1, max: 14.9, noNaN: true}),
        fc.nat(8),
        fc.double({min: 0, max: 1, noNaN: true}),
        (life, crashes, part) => {
          const {container, end} = after(Array.from({length: crashes}, () => life))
          const now = at(end + life * part * 0.999)
          const isSeen = unsteadyUntil(container, now) !== null || isCrashLooping(container, now)
          // Before its first crash nothing can tell, once it has run for five seconds.
          expect(isSeen || (crashes === 0 && life > 5)).toBe(true)
        },
      ),
    )
  })

  it('believes nothing that starts in the future: the clocks differ', () => {
    const {container} = after([])
    expect(ranSeconds(container, at(-60))).toBe(0)
    expect(unsteadyUntil(container, at(-60))).toBe(5)
  })
})

describe('isCrashLooping', () => {
  it('is so from the third restart on, until it has run for five minutes', () => {
    const looping = (restartCount: number, ran: number): boolean =>
      isCrashLooping(aContainer({startedAt: iso(0), restartCount}), at(ran))
    expect([looping(2, 1), looping(3, 1), looping(4, 299), looping(4, 301), looping(50, 86_400)]).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })
})
