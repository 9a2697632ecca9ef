import type {Car} from '../catalogue/car.js'
import type {ScoredCar} from './score-car.js'

/** Share of a pick that is its score; the rest is how unlike the cars already picked it is. */
const RELEVANCE = 0.75
/** Cars far down the ranking are never worth their novelty. */
const POOL_PER_PICK = 8

/** 1 for two cars a buyer would not tell apart, 0 for two with nothing in common. */
export function similarity(a: Car, b: Car): number {
  const priceCloseness = Math.min(a.price, b.price) / Math.max(a.price, b.price)
  return (
    (a.brand === b.brand && a.model === b.model ? 0.4 : 0) +
    (a.brand === b.brand ? 0.15 : 0) +
    (a.body === b.body ? 0.2 : 0) +
    (a.dealership === b.dealership ? 0.1 : 0) +
    0.15 * priceCloseness
  )
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein, 1998). The best match is always among the picks.
 * @param ranked best first; the picks come back best first too
 */
export function pickDiverse(ranked: readonly ScoredCar[], limit: number): readonly ScoredCar[] {
  const pool = ranked.slice(0, limit * POOL_PER_PICK)
  const picks: ScoredCar[] = []
  while (picks.length < limit && pool.length > 0) {
    const [next] = pool.splice(bestCandidate(pool, picks), 1)
    if (next !== undefined) picks.push(next)
  }
  return picks.sort(byScore)
}

function bestCandidate(pool: readonly ScoredCar[], picks: readonly ScoredCar[]): number {
  let best = 0
  let bestGain = -Infinity
  for (const [index, candidate] of pool.entries()) {
    const closest = picks.reduce((max, {car}) => Math.max(max, similarity(car, candidate.car)), 0)
    const gain = RELEVANCE * (candidate.score / 100) - (1 - RELEVANCE) * closest
    if (gain > bestGain) {
      best = index
      bestGain = gain
    }
  }
  return best
}

/** Best first; equal scores in order of id, so that a ranking never depends on the engine's sort. */
export function byScore(a: ScoredCar, b: ScoredCar): number {
  return b.score - a.score || a.car.id.localeCompare(b.car.id)
}

/** 0..100, one decimal: how unlike each other the cars are on average. Null for fewer than two. */
export function diversityScore(cars: readonly Car[]): number | null {
  const pairs = cars.flatMap((car, index) => cars.slice(index + 1).map((other) => similarity(car, other)))
  if (pairs.length === 0) return null
  const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length
  return Math.round((1 - mean) * 1000) / 10
}
