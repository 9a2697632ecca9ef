import type {Body, Car, Dealership, Fuel, Transmission} from './car.js'

export const SORTS = ['price', '-price', 'year', '-year', 'km', '-km'] as const
export type Sort = (typeof SORTS)[number]

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

type Wanted = Required<Omit<CarQuery, 'sort' | 'page' | 'per_page'>>
type FilterTable = {readonly [K in keyof Wanted]: (car: Car, wanted: Wanted[K]) => boolean}

const FILTERS: FilterTable = {
  dealership: (car, wanted) => car.dealership === wanted,
  brand: (car, wanted) => fold(car.brand) === fold(wanted),
  model: (car, wanted) => fold(car.model) === fold(wanted),
  body: (car, wanted) => car.body === wanted,
  fuel: (car, wanted) => car.fuel === wanted,
  transmission: (car, wanted) => car.transmission === wanted,
  min_price: (car, wanted) => car.price >= wanted,
  max_price: (car, wanted) => car.price <= wanted,
  min_year: (car, wanted) => car.year >= wanted,
  max_year: (car, wanted) => car.year <= wanted,
  max_km: (car, wanted) => car.km <= wanted,
  has_image: (car, wanted) => (car.imageUrl !== null) === wanted,
  q: (car, wanted) => matchesText(car, wanted),
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

function filterTests(query: CarQuery): readonly ((car: Car) => boolean)[] {
  const names = Object.keys(FILTERS) as (keyof Wanted)[]
  return names.flatMap((name) => filterTest(name, query))
}

function filterTest<K extends keyof Wanted>(name: K, query: Partial<Wanted>): readonly ((car: Car) => boolean)[] {
  const wanted = query[name]
  const filter: FilterTable[K] = FILTERS[name]
  return wanted === undefined ? [] : [(car) => filter(car, wanted)]
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
