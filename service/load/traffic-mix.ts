import type {BuyerPool} from './buyer-pool.js'
import {createBuyerPool} from './buyer-pool.js'
import type {Random} from './seeded-random.js'
import {pick, pickWeighted} from './seeded-random.js'

export interface LoadRequest {
  readonly kind: 'browse' | 'recommend' | 'stats' | 'unknown-path' | 'invalid-body' | 'lead'
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
}

const MIX = [
  ['browse', 0.62],
  ['recommend', 0.31],
  ['stats', 0.06],
  ['unknown-path', 0.006],
  ['invalid-body', 0.004],
] as const

const CLICK_THROUGH_RATE = 0.3

/** Lead clicks follow recommendations, so what arrives by itself is this share of all requests. */
export const ARRIVAL_SHARE = 1 / (1 + 0.31 * CLICK_THROUGH_RATE)

/** The next arrival, anew at each call. */
export type TrafficMix = (nowMs: number) => LoadRequest

export function createTrafficMix(random: Random): TrafficMix {
  const nextBuyer = createBuyerPool(random)
  return (nowMs) => buildRequest(pickWeighted(random, MIX), random, nextBuyer, nowMs)
}

function buildRequest(kind: (typeof MIX)[number][0], random: Random, nextBuyer: BuyerPool, nowMs: number): LoadRequest {
  switch (kind) {
    case 'browse':
      return {kind, method: 'GET', path: browsePath(random)}
    case 'recommend':
      return {kind, method: 'POST', path: '/recommend', body: nextBuyer(nowMs)}
    case 'stats':
      return {kind, method: 'GET', path: '/stats'}
    case 'unknown-path':
      return {kind, method: 'GET', path: pick(random, ['/favicon.ico', '/carros', '/wp-login.php'])}
    case 'invalid-body':
      return {kind, method: 'POST', path: '/recommend', body: {budget: {max: 'barato'}, use: 'city'}}
  }
}

const BRANDS = ['Fiat', 'Volkswagen', 'Chevrolet', 'Toyota', 'Hyundai', 'Honda', 'Jeep'] as const

function browsePath(random: Random): string {
  const query = new URLSearchParams()
  if (random() < 0.4) query.set('brand', pick(random, BRANDS))
  if (random() < 0.35) query.set('body', pick(random, ['hatch', 'sedan', 'suv', 'pickup']))
  if (random() < 0.5) query.set('max_price', String(40_000 + Math.floor(random() * 12) * 10_000))
  if (random() < 0.2) query.set('transmission', 'automatic')
  if (random() < 0.2) query.set('sort', pick(random, ['price', '-year', 'km']))
  if (random() < 0.25) query.set('page', String(2 + Math.floor(random() * 3)))
  const text = query.toString()
  return text === '' ? '/cars' : `/cars?${text}`
}

/** What a click needs to know of a recommended car. */
export interface OfferedCar {
  readonly id: string
  readonly dealership: string
}

/** RobustCar also has the most cars to recommend. */
const APPEAL: Readonly<Record<string, number>> = {RobustCar: 1.2, AutoCenter: 1.1, CarPlus: 1}

/** The click that a recommendation brings, if it brings one. Cars are best match first, which counts too. */
export function followUp(random: Random, cars: readonly OfferedCar[]): LoadRequest | undefined {
  if (cars.length === 0 || random() >= CLICK_THROUGH_RATE) return undefined
  const weighted = cars.map(({id, dealership}, rank) => [id, (APPEAL[dealership] ?? 1) / (rank + 2)] as const)
  return {kind: 'lead', method: 'POST', path: `/cars/${pickWeighted(random, weighted)}/whatsapp`}
}
