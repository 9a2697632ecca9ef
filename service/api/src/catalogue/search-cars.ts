import type {Body, Car, Dealership, Fuel, Transmission} from './car.js'

export const SORTS = ['price', '-price', 'year', '-year', 'km', '-km'] as const
type Sort = (typeof SORTS)[number]

/** The query string of GET /cars, validated and with its numbers and booleans read. */
export interface CarQuery {
  readonly dealership?: Dealership
  readonly brand?: string
  readonly model?: string
  readonly body?: Body
  readonly fuel?: Fuel
  readonly transmission?: Transmission
  readonly min_price?: number
  readonly max_price?: number
  readonly min_year?: number
  readonly max_year?: number
  readonly max_km?: number
  readonly has_image?: boolean
  readonly q?: string
  readonly sort?: Sort
  readonly page?: number
  readonly per_page?: number
}

export interface CarPage {
  readonly cars: readonly Car[]
  readonly total: number
  readonly page: number
  readonly perPage: number
  readonly pages: number
}

type Test = (car: Car) => boolean

const when = <T>(wanted: T | undefined, test: (wanted: T) => Test): readonly Test[] =>
  wanted === undefined ? [] : [test(wanted)]

function filterTests(query: CarQuery): readonly Test[] {
  return [
    ...when(query.dealership, (wanted) => (car) => car.dealership === wanted),
    ...when(query.brand, (wanted) => (car) => fold(car.brand) === fold(wanted)),
    ...when(query.model, (wanted) => (car) => fold(car.model) === fold(wanted)),
    ...when(query.body, (wanted) => (car) => car.body === wanted),
    ...when(query.fuel, (wanted) => (car) => car.fuel === wanted),
    ...when(query.transmission, (wanted) => (car) => car.transmission === wanted),
    ...when(query.min_price, (wanted) => (car) => car.price >= wanted),
    ...when(query.max_price, (wanted) => (car) => car.price <= wanted),
    ...when(query.min_year, (wanted) => (car) => car.year >= wanted),
    ...when(query.max_year, (wanted) => (car) => car.year <= wanted),
    ...when(query.max_km, (wanted) => (car) => car.km <= wanted),
    ...when(query.has_image, (wanted) => (car) => (car.imageUrl !== null) === wanted),
    ...when(query.q, (wanted) => (car) => matchesText(car, wanted)),
  ]
}

/** A page past the last one is empty, not an error. Equal sort keys keep the catalogue's order. */
export function searchCars(catalogue: readonly Car[], query: CarQuery): CarPage {
  const perPage = query.per_page ?? 20
  const page = query.page ?? 1
  const tests = filterTests(query)
  const found = catalogue.filter((car) => tests.every((test) => test(car)))
  const sorted = query.sort === undefined ? found : sortCars(found, query.sort)
  return {
    cars: sorted.slice((page - 1) * perPage, page * perPage),
    total: found.length,
    page,
    perPage,
    pages: Math.ceil(found.length / perPage),
  }
}

function sortCars(cars: readonly Car[], sort: Sort): readonly Car[] {
  const direction = sort.startsWith('-') ? -1 : 1
  const key = sort.replace('-', '') as 'price' | 'year' | 'km'
  return [...cars].sort((a, b) => direction * (a[key] - b[key]))
}

/** Every word of the query has to occur somewhere in the car's name. */
function matchesText(car: Car, text: string): boolean {
  const name = fold(`${car.brand} ${car.model} ${car.version} ${String(car.year)}`)
  return fold(text)
    .split(/\s+/)
    .every((word) => name.includes(word))
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
