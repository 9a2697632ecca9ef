import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {BODIES, DEALERSHIPS, FUELS} from '../../../../service/api/src/catalogue/car.js'
import {CATALOGUE_YEAR, generateCatalogue} from '../../../../service/api/src/catalogue/generate-catalogue.js'
import type {CarQuery} from '../../../../service/api/src/catalogue/search-cars.js'
import {SORTS, searchCars} from '../../../../service/api/src/catalogue/search-cars.js'
import {summariseCatalogue} from '../../../../service/api/src/catalogue/summarise-catalogue.js'

const catalogue = generateCatalogue()

describe('the catalogue', () => {
  it('is the same every time', () => {
    expect(generateCatalogue()).toEqual(catalogue)
  })

  it('differs for another seed', () => {
    expect(generateCatalogue({size: 360, seed: 1})).not.toEqual(generateCatalogue({size: 360, seed: 2}))
  })

  it('has 360 cars with ids of their own, most at RobustCar, fewest at CarPlus', () => {
    const count = (dealership: string): number => catalogue.filter((car) => car.dealership === dealership).length
    expect(new Set(catalogue.map((car) => car.id)).size).toBe(360)
    expect(DEALERSHIPS.map(count)).toEqual([151, 119, 90])
  })

  it('has about 7 % of its cars without image', () => {
    const share = catalogue.filter((car) => car.imageUrl === null).length / catalogue.length
    expect(share).toBeGreaterThan(0.06)
    expect(share).toBeLessThan(0.08)
  })

  it('has plausible cars only', () => {
    for (const car of catalogue) {
      expect(car.price, car.id).toBeGreaterThan(20_000)
      expect(car.price, car.id).toBeLessThan(350_000)
      expect(car.year, car.id).toBeLessThanOrEqual(CATALOGUE_YEAR)
      expect(car.km / (CATALOGUE_YEAR - car.year + 0.3), car.id).toBeLessThan(21_000)
      expect(car.version, car.id).not.toBe('')
    }
  })

  it('has no car older than its model', () => {
    expect(catalogue.filter((car) => car.model === 'Dolphin').every((car) => car.year >= 2023)).toBe(true)
    expect(catalogue.some((car) => car.model === 'Dolphin')).toBe(true)
  })

  it('asks less for the same model when it is older', () => {
    const young = catalogue.filter((car) => car.model === 'Corolla' && car.year >= 2023).map((car) => car.price)
    const old = catalogue.filter((car) => car.model === 'Corolla' && car.year <= 2019).map((car) => car.price)
    expect(Math.min(...young)).toBeGreaterThan(Math.max(...old))
  })
})

const queries: fc.Arbitrary<CarQuery> = fc.record(
  {
    dealership: fc.constantFrom(...DEALERSHIPS),
    body: fc.constantFrom(...BODIES),
    fuel: fc.constantFrom(...FUELS),
    min_price: fc.integer({min: 0, max: 150_000}),
    max_price: fc.integer({min: 0, max: 350_000}),
    min_year: fc.integer({min: 2012, max: 2027}),
    max_km: fc.integer({min: 0, max: 200_000}),
    has_image: fc.boolean(),
    sort: fc.constantFrom(...SORTS),
    page: fc.integer({min: 1, max: 5}),
    per_page: fc.integer({min: 1, max: 100}),
  },
  {requiredKeys: []},
)

describe('searching the catalogue', () => {
  it('finds only cars that meet every filter', () => {
    fc.assert(
      fc.property(queries, (query) => {
        for (const car of searchCars(catalogue, query).cars) {
          expect(query.dealership ?? car.dealership).toBe(car.dealership)
          expect(query.body ?? car.body).toBe(car.body)
          expect(query.fuel ?? car.fuel).toBe(car.fuel)
          expect(car.price).toBeGreaterThanOrEqual(query.min_price ?? 0)
          expect(car.price).toBeLessThanOrEqual(query.max_price ?? Infinity)
          expect(car.year).toBeGreaterThanOrEqual(query.min_year ?? 0)
          expect(car.km).toBeLessThanOrEqual(query.max_km ?? Infinity)
          expect(query.has_image ?? car.imageUrl !== null).toBe(car.imageUrl !== null)
        }
      }),
    )
  })

  it('shows every car that was found on exactly one page', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const {total, pages} = searchCars(catalogue, query)
        const shown = Array.from({length: pages}, (_, index) => searchCars(catalogue, {...query, page: index + 1}))
        const ids = shown.flatMap((page) => page.cars.map((car) => car.id))
        expect(ids).toHaveLength(total)
        expect(new Set(ids).size).toBe(total)
      }),
    )
  })

  it('sorts by what it is asked to, both ways', () => {
    const prices = searchCars(catalogue, {sort: 'price', per_page: 100}).cars.map((car) => car.price)
    const years = searchCars(catalogue, {sort: '-year', per_page: 100}).cars.map((car) => car.year)
    expect(prices).toEqual([...prices].sort((a, b) => a - b))
    expect(years).toEqual([...years].sort((a, b) => b - a))
    expect(prices[0]).toBe(Math.min(...catalogue.map((car) => car.price)))
  })

  it('finds brands and words whatever their case and accents', () => {
    expect(searchCars(catalogue, {brand: 'citroen'}).total).toBeGreaterThan(0)
    expect(searchCars(catalogue, {q: 'COROLLA hybrid'}).cars.every((car) => car.model === 'Corolla Hybrid')).toBe(false)
    expect(searchCars(catalogue, {q: 'COROLLA hybrid'}).cars.every((car) => car.fuel === 'hybrid')).toBe(true)
    expect(searchCars(catalogue, {q: 'corolla lada'}).total).toBe(0)
  })

  it('answers a page past the end with no cars and the same total', () => {
    const page = searchCars(catalogue, {page: 99})
    expect(page).toMatchObject({cars: [], total: 360, page: 99, perPage: 20, pages: 18})
  })
})

describe('the summary', () => {
  const summary = summariseCatalogue(catalogue)
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0)

  it('counts every car once in each breakdown', () => {
    expect(summary.cars_total).toBe(360)
    expect(sum(summary.by_brand)).toBe(360)
    expect(sum(summary.by_body)).toBe(360)
    expect(sum(summary.by_fuel)).toBe(360)
    expect(sum(summary.by_price_range)).toBe(360)
    const dealerships = Object.values(summary.by_dealership)
    expect(dealerships.reduce((total, {cars}) => total + cars, 0)).toBe(360)
    expect(dealerships.reduce((total, car) => total + car.without_image, 0)).toBe(summary.cars_without_image)
  })

  it('has no prices for an empty catalogue, and zeros elsewhere', () => {
    expect(summariseCatalogue([])).toMatchObject({
      cars_total: 0,
      by_dealership: {RobustCar: {cars: 0, without_image: 0}},
      price: null,
    })
  })
})
