import type {Body, Car} from '../catalogue/car.js'
import {CATALOGUE_YEAR} from '../catalogue/generate-catalogue.js'
import type {Priority, Use} from './preferences.js'

/** Each from 0 (worst on the market) to 1 (best on it). */
export type Qualities = Readonly<Record<Priority | 'condition', number>>

export function rateQualities(car: Car): Qualities {
  const newness = 1 - clamp((CATALOGUE_YEAR - car.year) / 12)
  return {
    economy: clamp((car.cityKmPerLitre - 8) / 8),
    space: 0.7 * clamp((car.trunkLitres - 200) / 400) + 0.3 * clamp((car.seats - 2) / 5),
    performance: clamp((car.powerHp - 65) / 135),
    comfort: 0.85 * car.comfort + (car.transmission === 'automatic' ? 0.15 : 0),
    safety: 0.85 * (car.safetyStars / 5) + 0.15 * newness,
    resale: clamp((car.yearlyRetention - 0.84) / 0.11),
    condition: 0.5 * newness + 0.5 * (1 - clamp(car.km / 200_000)),
  }
}

const EASE_IN_TOWN: Readonly<Record<Body, number>> = {hatch: 1, sedan: 0.6, suv: 0.6, minivan: 0.4, pickup: 0.1}
const LOAD_CAPACITY: Readonly<Record<Body, number>> = {pickup: 1, minivan: 0.7, suv: 0.5, sedan: 0.4, hatch: 0.3}

const USE_FIT: Readonly<Record<Use, (car: Car, qualities: Qualities) => number>> = {
  city: (car, {economy}) =>
    0.4 * economy + 0.35 * EASE_IN_TOWN[car.body] + (car.transmission === 'automatic' ? 0.25 : 0),
  family: (_, {space, safety, comfort}) => 0.45 * space + 0.35 * safety + 0.2 * comfort,
  work: (car, {economy, resale}) => 0.5 * LOAD_CAPACITY[car.body] + 0.3 * economy + 0.2 * resale,
  travel: (_, {comfort, space, safety, performance}) =>
    0.35 * comfort + 0.3 * space + 0.2 * safety + 0.15 * performance,
  'first-car': (_, {economy, safety, resale}) => 0.4 * economy + 0.35 * safety + 0.25 * resale,
  'ride-hailing': (_, {economy, condition, comfort, space}) =>
    0.45 * economy + 0.25 * condition + 0.15 * comfort + 0.15 * space,
}

/** 0..1. */
export function rateUse(car: Car, use: Use, qualities: Qualities): number {
  return USE_FIT[use](car, qualities)
}

/** What the use demands whatever the score: a family does not fit in two seats, ride-hailing apps refuse old cars. */
export function suitsUse(car: Car, use: Use): boolean {
  switch (use) {
    case 'family':
      return car.seats >= 5
    case 'ride-hailing':
      return car.seats >= 5 && car.body !== 'pickup' && car.year >= CATALOGUE_YEAR - 10
    case 'city':
    case 'work':
    case 'travel':
    case 'first-car':
      return true
  }
}

export function clamp(value: number): number {
  return Math.max(0, Math.min(1, value))
}
