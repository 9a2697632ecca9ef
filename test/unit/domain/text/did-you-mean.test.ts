import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {closest, nearest} from '../../../../src/domain/text/did-you-mean.js'

const SERVICES = ['api', 'redis', 'prometheus', 'alertmanager', 'grafana']

describe('closest', () => {
  it.each([
    ['ap', 'api'],
    ['apu', 'api'],
    ['pai', 'api'],
    ['API', 'api'],
    ['reids', 'redis'],
    ['promtheus', 'prometheus'],
    ['prom', 'prometheus'],
    ['graf', 'grafana'],
    ['alertmanger', 'alertmanager'],
  ])('for %j suggests %j', (word, expected) => {
    expect(closest(word, SERVICES)).toBe(expected)
  })

  it.each(['', 'x', 'database', 'zzzzzz'])('for %j suggests nothing', (word) => {
    expect(closest(word, SERVICES)).toBeNull()
  })

  it('suggests nothing without candidates', () => {
    expect(closest('api', [])).toBeNull()
  })

  it('prefers the nearest, then the first', () => {
    expect(closest('cart', ['card', 'carts', 'cart'])).toBe('cart')
    expect(closest('cart', ['card', 'carp'])).toBe('card')
  })

  it('names all that are equally near, first what has all the letters that were typed', () => {
    expect(nearest('statsu', ['start', 'stats', 'status', 'stop'])).toEqual(['status', 'stats'])
    expect(nearest('xyzzy', ['start', 'stats'])).toEqual([])
  })

  it('finds a word of four letters or more back from any single mistake', () => {
    const word = fc.stringMatching(/^[a-z]{4,12}$/)
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('drop', 'swap', 'double'), (target, at, mistake) => {
        const index = at % (target.length - 1)
        const [before, one = '', two = '', after] = [
          target.slice(0, index),
          target[index],
          target[index + 1],
          target.slice(index + 2),
        ]
        const typed = {
          drop: before + two + after,
          swap: before + two + one + after,
          double: before + one + one + two + after,
        }
        expect(closest(typed[mistake], [target])).toBe(target)
      }),
    )
  })
})
