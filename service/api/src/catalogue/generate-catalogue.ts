import type {Car, Dealership, ModelSpec} from './car.js'
import {MODELS} from './models.js'
import type {Random} from './random.js'
import {pick, seededRandom} from './random.js'

/** The year the catalogue is priced for. Fixed: a catalogue that ages with the clock is not deterministic. */
export const CATALOGUE_YEAR = 2026
const SHARE_WITHOUT_IMAGE = 0.07
const COLORS = ['branco', 'prata', 'preto', 'cinza', 'vermelho', 'azul'] as const

const DEALERSHIP_SHARES: readonly (readonly [Dealership, prefix: string, share: number])[] = [
  ['RobustCar', 'rc', 0.42],
  ['AutoCenter', 'ac', 0.33],
  ['CarPlus', 'cp', 0.25],
]

export interface CatalogueOptions {
  readonly size: number
  readonly seed: number
}

/** Equal options give equal cars, in equal order. */
export function generateCatalogue({size, seed}: CatalogueOptions = {size: 360, seed: 2033}): readonly Car[] {
  const random = seededRandom(seed)
  return placeCars(size).map(({dealership, id}) => generateCar(random, dealership, id))
}

interface Place {
  readonly dealership: Dealership
  readonly id: string
}

function placeCars(size: number): readonly Place[] {
  const places: Place[] = []
  for (const [index, [dealership, prefix, share]] of DEALERSHIP_SHARES.entries()) {
    const isLast = index === DEALERSHIP_SHARES.length - 1
    const count = isLast ? size - places.length : Math.round(size * share)
    for (let number = 1; number <= count; number++) {
      places.push({dealership, id: `${prefix}-${String(number).padStart(3, '0')}`})
    }
  }
  return places
}

function generateCar(random: Random, dealership: Dealership, id: string): Car {
  const {since, newPrice, transmissions, versions, ...shared} = pick(random, MODELS)
  const versionIndex = Math.floor(random() * versions.length)
  const transmission = pick(random, transmissions)
  const age = Math.floor(random() ** 1.6 * (CATALOGUE_YEAR - since + 1))
  const km = Math.round(((age + 0.3) * (7000 + random() * 13_000)) / 100) * 100
  const premium = 1 + versionIndex * 0.07 + (transmission === 'automatic' && transmissions.length > 1 ? 0.06 : 0)
  return {
    ...shared,
    id,
    dealership,
    version: versions[versionIndex] ?? '',
    transmission,
    year: CATALOGUE_YEAR - age,
    km,
    price: usedPrice({newPrice: newPrice * premium, retention: shared.yearlyRetention, age, km, random}),
    color: pick(random, COLORS),
    imageUrl: random() < SHARE_WITHOUT_IMAGE ? null : `https://images.faciliauto.example/cars/${id}.jpg`,
  }
}

interface PriceInput {
  readonly newPrice: ModelSpec['newPrice']
  readonly retention: number
  readonly age: number
  readonly km: number
  readonly random: Random
}

function usedPrice({newPrice, retention, age, km, random}: PriceInput): number {
  const expectedKm = (age + 0.3) * 13_000
  const wear = 1 - Math.max(-0.06, Math.min(0.06, (km - expectedKm) / 600_000))
  const haggle = 0.96 + random() * 0.08
  return Math.round((newPrice * retention ** age * wear * haggle) / 100) * 100
}
