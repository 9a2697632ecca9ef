import type {Car} from '../catalogue/car.js'
import {clamp, rateQualities, rateUse, suitsUse} from './car-qualities.js'
import type {Preferences, Priority} from './preferences.js'
import {PRIORITIES} from './preferences.js'

export type Aspect = Priority | 'use' | 'budget' | 'condition'

interface ScorePart {
  readonly aspect: Aspect
  /** 0..1. */
  readonly value: number
  /** The weights of a car's parts add up to 1. */
  readonly weight: number
}

export interface ScoredCar {
  readonly car: Car
  /** 0..100, one decimal. */
  readonly score: number
  readonly parts: readonly ScorePart[]
}

const PRIORITIES_WEIGHT = 0.6
const USE_WEIGHT = 0.2
const BUDGET_WEIGHT = 0.1
const CONDITION_WEIGHT = 0.1

/** A buyer who names a ceiling usually means to spend most of it, and to keep a margin for papers and insurance. */
const BEST_SHARE_OF_BUDGET = 0.85

export function isEligible(car: Car, preferences: Preferences): boolean {
  return car.price >= preferences.budgetMin && car.price <= preferences.budgetMax && suitsUse(car, preferences.use)
}

export function scoreCar(car: Car, preferences: Preferences): ScoredCar {
  const qualities = rateQualities(car)
  const weights = priorityWeights(preferences)
  const parts: readonly ScorePart[] = [
    ...PRIORITIES.map((aspect) => ({aspect, value: qualities[aspect], weight: weights[aspect]})),
    {aspect: 'use', value: rateUse(car, preferences.use, qualities), weight: USE_WEIGHT},
    {aspect: 'budget', value: rateBudget(car.price, preferences.budgetMax), weight: BUDGET_WEIGHT},
    {aspect: 'condition', value: qualities.condition, weight: CONDITION_WEIGHT},
  ]
  const total = parts.reduce((sum, {value, weight}) => sum + value * weight, 0)
  return {car, score: Math.round(clamp(total) * 1000) / 10, parts}
}

/** Squared, so that a 5 outweighs several 2s. */
function priorityWeights({priorities}: Preferences): Readonly<Record<Priority, number>> {
  const total = PRIORITIES.reduce((sum, name) => sum + priorities[name] ** 2, 0)
  const weigh = (name: Priority): number => (PRIORITIES_WEIGHT * priorities[name] ** 2) / total
  return {
    economy: weigh('economy'),
    space: weigh('space'),
    performance: weigh('performance'),
    comfort: weigh('comfort'),
    safety: weigh('safety'),
    resale: weigh('resale'),
  }
}

function rateBudget(price: number, budgetMax: number): number {
  return clamp(1 - Math.abs(price / budgetMax - BEST_SHARE_OF_BUDGET) / BEST_SHARE_OF_BUDGET)
}
