import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {buildApp} from '../../../../service/api/src/app.js'
import {generateCatalogue} from '../../../../service/api/src/catalogue/generate-catalogue.js'
import {createServiceMetrics} from '../../../../service/api/src/metrics/service-metrics.js'
import {createBuyerPool} from '../../../../service/load/buyer-pool.js'
import {nextGapMs, pickWeighted, seededRandom} from '../../../../service/load/seeded-random.js'
import type {LoadRequest} from '../../../../service/load/traffic-mix.js'
import {createTrafficMix, followUp} from '../../../../service/load/traffic-mix.js'
import {createMemoryCache, recordLog} from '../api/service-harness.js'

const take = (count: number, seed: number): readonly LoadRequest[] => {
  const next = createTrafficMix(seededRandom(seed))
  return Array.from({length: count}, (_, index) => next(index * 50))
}

const shareOf = (requests: readonly LoadRequest[], kind: LoadRequest['kind']): number =>
  requests.filter((request) => request.kind === kind).length / requests.length

describe('arrivals', () => {
  it('come at the mean rate asked for, with the spread of a Poisson process', () => {
    const random = seededRandom(7)
    const gaps = Array.from({length: 20_000}, () => nextGapMs(random, 40))
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length)
    expect(mean).toBeGreaterThan(24)
    expect(mean).toBeLessThan(26)
    expect(deviation / mean).toBeGreaterThan(0.95)
    expect(deviation / mean).toBeLessThan(1.05)
  })

  it('never go back in time', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({min: 0.1, max: 1000, noNaN: true}), (seed, rate) => {
        const gap = nextGapMs(seededRandom(seed), rate)
        expect(gap).toBeGreaterThanOrEqual(0)
        expect(Number.isFinite(gap)).toBe(true)
      }),
    )
  })
})

describe('the mix', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(take(200, 3)).toEqual(take(200, 3))
    expect(take(200, 3)).not.toEqual(take(200, 4))
  })

  it('has the shares it promises, about 1 % of it refused', () => {
    const requests = take(20_000, 5)
    expect(shareOf(requests, 'browse')).toBeCloseTo(0.62, 1)
    expect(shareOf(requests, 'recommend')).toBeCloseTo(0.31, 1)
    expect(shareOf(requests, 'stats')).toBeCloseTo(0.06, 1)
    const refused = shareOf(requests, 'unknown-path') + shareOf(requests, 'invalid-body')
    expect(refused).toBeGreaterThan(0.006)
    expect(refused).toBeLessThan(0.014)
  })

  it('gets from the real API the answers that it means to get, and hits its cache about 85 % of the time', async () => {
    const catalogue = generateCatalogue()
    const {logger} = recordLog('critical')
    const metrics = createServiceMetrics({version: 'test', catalogue})
    const app = buildApp({
      catalogue,
      cache: createMemoryCache(),
      cacheTtlSeconds: 300,
      logger,
      metrics,
      version: 'test',
    })
    const expected = {browse: 200, recommend: 200, stats: 200, 'unknown-path': 404, 'invalid-body': 400, lead: 201}
    const random = seededRandom(11)
    let hits = 0
    let asked = 0
    for (const {kind, method, path, body} of take(1200, 9)) {
      const response = await app.inject({method, url: path, ...(body !== undefined && {payload: body as object})})
      expect(response.statusCode, `${kind} ${path}`).toBe(expected[kind])
      if (kind !== 'recommend') continue
      asked += 1
      if (response.headers['x-cache'] === 'HIT') hits += 1
      const click = followUp(random, response.json<{cars: {id: string; dealership: string}[]}>().cars)
      if (click !== undefined) expect((await app.inject({method: click.method, url: click.path})).statusCode).toBe(201)
    }
    expect(hits / asked).toBeGreaterThan(0.81)
    expect(hits / asked).toBeLessThan(0.91)
  })
})

describe('buyers', () => {
  const returning = (buyersPerSecond: number): number => {
    const next = createBuyerPool(seededRandom(2))
    const lastSeen = new Map<string, number>()
    let within = 0
    for (let index = 0; index < 4000; index++) {
      const nowMs = (index * 1000) / buyersPerSecond
      const key = JSON.stringify(next(nowMs))
      if (nowMs - (lastSeen.get(key) ?? -Infinity) < 300_000) within += 1
      else lastSeen.set(key, nowMs)
    }
    return within / 4000
  }

  it.each([1, 5, 50])('come back before the cache forgets them, at %i a second', (rate) => {
    expect(returning(rate)).toBeGreaterThan(0.82)
    expect(returning(rate)).toBeLessThan(0.9)
  })

  it('are forgotten after a while', () => {
    const next = createBuyerPool(seededRandom(2))
    const early = new Set(Array.from({length: 100}, () => next(0).user_id))
    const late = new Set(Array.from({length: 100}, () => next(400_000).user_id))
    expect([...late].filter((id) => early.has(id))).toEqual([])
  })
})

describe('clicks', () => {
  const offered = ['RobustCar', 'AutoCenter', 'CarPlus'].map((dealership) => ({id: dealership, dealership}))

  it('follow 30 % of the recommendations', () => {
    const random = seededRandom(3)
    const clicks = Array.from({length: 10_000}, () => followUp(random, offered)).filter((click) => click !== undefined)
    expect(clicks.length / 10_000).toBeGreaterThan(0.28)
    expect(clicks.length / 10_000).toBeLessThan(0.32)
  })

  it('prefer RobustCar to AutoCenter to CarPlus, wherever they rank', () => {
    const random = seededRandom(4)
    const orders = [offered, [...offered].reverse()]
    const clicks = Array.from({length: 40_000}, (_, index) => followUp(random, orders[index % 2] ?? [])?.path)
    const count = (id: string): number => clicks.filter((path) => path === `/cars/${id}/whatsapp`).length
    expect(count('RobustCar')).toBeGreaterThan(count('AutoCenter'))
    expect(count('AutoCenter')).toBeGreaterThan(0)
    expect(count('RobustCar')).toBeGreaterThan(count('CarPlus'))
  })

  it('follow no recommendation without cars', () => {
    expect(followUp(() => 0, [])).toBeUndefined()
  })
})

describe('a weighted pick', () => {
  it('never takes what weighs nothing', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const choices = [
          ['never', 0],
          ['often', 3],
          ['also never', 0],
        ] as const
        expect(pickWeighted(seededRandom(seed), choices)).toBe('often')
      }),
    )
  })
})
