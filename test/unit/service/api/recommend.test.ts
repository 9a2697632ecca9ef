import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {Car} from '../../../../service/api/src/catalogue/car.js'
import {generateCatalogue} from '../../../../service/api/src/catalogue/generate-catalogue.js'
import {diversityScore, similarity} from '../../../../service/api/src/recommend/diversity.js'
import type {Preferences} from '../../../../service/api/src/recommend/preferences.js'
import {PRIORITIES, USES, readPreferences} from '../../../../service/api/src/recommend/preferences.js'
import {rankCars} from '../../../../service/api/src/recommend/rank-cars.js'
import {cacheKey, createRecommender} from '../../../../service/api/src/recommend/recommender.js'
import {isEligible, scoreCar} from '../../../../service/api/src/recommend/score-car.js'
import {createMemoryCache} from './service-harness.js'

const catalogue = generateCatalogue()

const level = fc.integer({min: 1, max: 5})
const preferences: fc.Arbitrary<Preferences> = fc.record({
  budgetMin: fc.integer({min: 0, max: 60_000}),
  budgetMax: fc.integer({min: 60_000, max: 320_000}),
  use: fc.constantFrom(...USES),
  priorities: fc.record({
    economy: level,
    space: level,
    performance: level,
    comfort: level,
    safety: level,
    resale: level,
  }),
  limit: fc.integer({min: 1, max: 20}),
})

function firstCar(): Car {
  const [car] = catalogue
  if (car === undefined) throw new Error('the catalogue is empty')
  return car
}

describe('scoring a car', () => {
  it('gives a score from 0 to 100 from weights that add up to 1', () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalogue), preferences, (car, wanted) => {
        const {score, parts} = scoreCar(car, wanted)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
        expect(parts.reduce((sum, part) => sum + part.weight, 0)).toBeCloseTo(1, 9)
        expect(parts.every(({value}) => value >= 0 && value <= 1)).toBe(true)
      }),
    )
  })

  it('never falls when the car gets better', () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalogue), preferences, (car, wanted) => {
        const better = {...car, cityKmPerLitre: car.cityKmPerLitre + 2, trunkLitres: car.trunkLitres + 50, km: 0}
        expect(scoreCar(better, wanted).score).toBeGreaterThanOrEqual(scoreCar(car, wanted).score)
      }),
    )
  })

  it('favours the quality that the buyer cares for', () => {
    const thrifty = {...firstCar(), cityKmPerLitre: 16, powerHp: 70}
    const strong = {...firstCar(), cityKmPerLitre: 8, powerHp: 200}
    const priorities = {economy: 3, space: 3, performance: 3, comfort: 3, safety: 3, resale: 3}
    const base = {budgetMin: 0, budgetMax: 300_000, use: 'travel', limit: 5} as const
    const saver = {...base, priorities: {...priorities, economy: 5, performance: 1}}
    const racer = {...base, priorities: {...priorities, economy: 1, performance: 5}}
    expect(scoreCar(thrifty, saver).score).toBeGreaterThan(scoreCar(strong, saver).score)
    expect(scoreCar(strong, racer).score).toBeGreaterThan(scoreCar(thrifty, racer).score)
  })
})

describe('recommending', () => {
  it('respects the budget and the limit, best match first, each car once', () => {
    fc.assert(
      fc.property(preferences, (wanted) => {
        const {cars, eligible} = rankCars(catalogue, wanted)
        const scores = cars.map((car) => car.match_score)
        expect(cars).toHaveLength(Math.min(wanted.limit, eligible))
        expect(new Set(cars.map((car) => car.id)).size).toBe(cars.length)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
        for (const {price} of cars) {
          expect(price).toBeGreaterThanOrEqual(wanted.budgetMin)
          expect(price).toBeLessThanOrEqual(wanted.budgetMax)
        }
      }),
    )
  })

  it('gives the same answer whatever the order of the catalogue', () => {
    fc.assert(
      fc.property(preferences, (wanted) => {
        expect(rankCars([...catalogue].reverse(), wanted)).toEqual(rankCars(catalogue, wanted))
      }),
      {numRuns: 25},
    )
  })

  it('always includes the best match', () => {
    fc.assert(
      fc.property(preferences, (wanted) => {
        const best = Math.max(
          ...catalogue.filter((car) => isEligible(car, wanted)).map((car) => scoreCar(car, wanted).score),
        )
        expect(rankCars(catalogue, wanted).cars[0]?.match_score ?? -Infinity).toBe(best)
      }),
      {numRuns: 50},
    )
  })

  it('gives each car one to three reasons, in Portuguese', () => {
    fc.assert(
      fc.property(preferences, (wanted) => {
        for (const {reasons} of rankCars(catalogue, wanted).cars) {
          expect(reasons.length).toBeGreaterThanOrEqual(1)
          expect(reasons.length).toBeLessThanOrEqual(3)
          expect(reasons.every((reason) => reason.length > 10 && !/undefined|NaN/.test(reason))).toBe(true)
        }
      }),
      {numRuns: 50},
    )
  })

  it('writes numbers as Brazilians do', () => {
    const {cars} = rankCars(catalogue, readPreferences({budget: {max: 95_000}, use: 'family', limit: 20}))
    const reasons = cars.flatMap((car) => car.reasons).join('\n')
    expect(reasons).toMatch(/folga de R\$ \d{1,2}\.\d00/)
  })

  it('offers a family no car with fewer than five seats, and ride-hailing no pickup', () => {
    const family = rankCars(catalogue, readPreferences({budget: {max: 300_000}, use: 'family', limit: 20}))
    const rides = rankCars(catalogue, readPreferences({budget: {max: 300_000}, use: 'ride-hailing', limit: 20}))
    expect(family.cars.every((car) => car.seats >= 5)).toBe(true)
    expect(rides.cars.some((car) => car.body === 'pickup')).toBe(false)
    expect(catalogue.some((car) => car.seats < 5)).toBe(true)
  })

  it('answers a budget that buys nothing with no cars and no diversity', () => {
    const poor = readPreferences({budget: {max: 1000}, use: 'city'})
    expect(rankCars(catalogue, poor)).toEqual({eligible: 0, diversity_score: null, cars: []})
  })
})

describe('diversity', () => {
  it('is symmetric, 1 at most and 1 only for cars a buyer would not tell apart', () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalogue), fc.constantFrom(...catalogue), (a, b) => {
        expect(similarity(a, b)).toBeCloseTo(similarity(b, a), 12)
        expect(similarity(a, b)).toBeLessThanOrEqual(1.000001)
        expect(similarity(a, a)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('is 0 for one car twice, none for one car, and higher for unlike cars', () => {
    const car = firstCar()
    const other = catalogue.find(({brand, body}) => brand !== car.brand && body !== car.body)
    expect(diversityScore([car, car])).toBe(0)
    expect(diversityScore([car])).toBeNull()
    expect(other === undefined ? 0 : diversityScore([car, other])).toBeGreaterThan(60)
  })

  it('keeps twins out of a recommendation while others are nearly as good', () => {
    const wanted = readPreferences({budget: {max: 120_000}, use: 'city', limit: 6})
    const topSix = catalogue
      .filter((car) => isEligible(car, wanted))
      .map((car) => scoreCar(car, wanted))
      .sort((a, b) => b.score - a.score)
      .slice(0, 6)
      .map(({car}) => car)
    expect(rankCars(catalogue, wanted).diversity_score).toBeGreaterThan(diversityScore(topSix) ?? 0)
  })
})

describe('the cached recommender', () => {
  const wanted = readPreferences({budget: {max: 90_000}, use: 'work'})

  it('computes once, then answers the same from the cache for the TTL it was given', async () => {
    const cache = createMemoryCache()
    const recommend = createRecommender({catalogue, cache, ttlSeconds: 77})
    const first = await recommend(wanted)
    const second = await recommend(wanted)
    expect([first.cacheUse, second.cacheUse]).toEqual(['MISS', 'HIT'])
    expect(second.recommendation).toEqual(first.recommendation)
    expect([...cache.entries.values()].map((entry) => entry.ttlSeconds)).toEqual([77])
  })

  it('bypasses a cache that is down', async () => {
    const cache = createMemoryCache()
    cache.down = true
    const answer = await createRecommender({catalogue, cache, ttlSeconds: 1})(wanted)
    expect(answer.cacheUse).toBe('BYPASS')
    expect(answer.recommendation.cars).toHaveLength(5)
  })

  it.each(['not json', '{"cars":7}', 'null'])('computes anew when the cache holds %s', async (junk) => {
    const cache = createMemoryCache()
    const recommend = createRecommender({catalogue, cache, ttlSeconds: 1})
    await recommend(wanted)
    for (const key of cache.entries.keys()) cache.entries.set(key, {value: junk, ttlSeconds: 1})
    expect((await recommend(wanted)).cacheUse).toBe('MISS')
  })

  it('gives equal wishes one key, however they are written, and other wishes another', () => {
    const spelt = readPreferences({
      use: 'work',
      priorities: {resale: 3, economy: 3},
      budget: {max: 90_000, min: 0},
      limit: 5,
      user_id: 'someone',
    })
    expect(cacheKey(spelt, 'x')).toBe(cacheKey(wanted, 'x'))
    expect(cacheKey(wanted, 'y')).not.toBe(cacheKey(wanted, 'x'))
    fc.assert(
      fc.property(preferences, fc.constantFrom(...PRIORITIES), (some, name) => {
        const changed = {...some, priorities: {...some.priorities, [name]: (some.priorities[name] % 5) + 1}}
        expect(cacheKey(changed, 'x')).not.toBe(cacheKey(some, 'x'))
      }),
    )
  })
})
