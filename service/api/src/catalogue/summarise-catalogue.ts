import type {Car} from './car.js'
import {DEALERSHIPS} from './car.js'

const PRICE_RANGES: readonly (readonly [label: string, below: number])[] = [
  ['under_50k', 50_000],
  ['50k_to_80k', 80_000],
  ['80k_to_120k', 120_000],
  ['120k_to_200k', 200_000],
  ['200k_and_over', Infinity],
]

export interface CatalogueSummary {
  readonly cars_total: number
  readonly cars_without_image: number
  readonly by_dealership: Readonly<Record<string, {readonly cars: number; readonly without_image: number}>>
  readonly by_brand: Readonly<Record<string, number>>
  readonly by_body: Readonly<Record<string, number>>
  readonly by_fuel: Readonly<Record<string, number>>
  readonly by_price_range: Readonly<Record<string, number>>
  /** Null for an empty catalogue. */
  readonly price: {readonly min: number; readonly median: number; readonly mean: number; readonly max: number} | null
}

export function summariseCatalogue(catalogue: readonly Car[]): CatalogueSummary {
  return {
    cars_total: catalogue.length,
    cars_without_image: countWithoutImage(catalogue),
    by_dealership: Object.fromEntries(
      DEALERSHIPS.map((dealership) => {
        const cars = catalogue.filter((car) => car.dealership === dealership)
        return [dealership, {cars: cars.length, without_image: countWithoutImage(cars)}]
      }),
    ),
    by_brand: countBy(catalogue, (car) => car.brand),
    by_body: countBy(catalogue, (car) => car.body),
    by_fuel: countBy(catalogue, (car) => car.fuel),
    by_price_range: countPriceRanges(catalogue),
    price: summarisePrices(catalogue),
  }
}

function countWithoutImage(cars: readonly Car[]): number {
  return cars.filter((car) => car.imageUrl === null).length
}

/** Most frequent first, then by name. */
function countBy(cars: readonly Car[], key: (car: Car) => string): Record<string, number> {
  const counts = new Map<string, number>()
  for (const car of cars) counts.set(key(car), (counts.get(key(car)) ?? 0) + 1)
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])))
}

/** Every range is present, also an empty one. */
function countPriceRanges(cars: readonly Car[]): Record<string, number> {
  const counts = new Map(PRICE_RANGES.map(([label]) => [label, 0]))
  for (const {price} of cars) {
    const label = PRICE_RANGES.find(([, below]) => price < below)?.[0]
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

function summarisePrices(cars: readonly Car[]): CatalogueSummary['price'] {
  const prices = cars.map((car) => car.price).sort((a, b) => a - b)
  const min = prices[0]
  const max = prices.at(-1)
  const median = prices[Math.floor((prices.length - 1) / 2)]
  if (min === undefined || max === undefined || median === undefined) return null
  return {min, median, mean: Math.round(prices.reduce((sum, price) => sum + price, 0) / prices.length), max}
}
