import type {Car, CarView} from '../catalogue/car.js'
import {viewCar} from '../catalogue/car.js'
import {byScore, diversityScore, pickDiverse} from './diversity.js'
import {explainMatch} from './explain-match.js'
import type {Preferences} from './preferences.js'
import {isEligible, scoreCar} from './score-car.js'

interface RecommendedCar extends CarView {
  /** 0..100. */
  readonly match_score: number
  readonly reasons: readonly string[]
}

/** The body of a recommendation, on the wire and in the cache. */
export interface Recommendation {
  /** Cars that meet the constraints, of which `cars` are the pick. */
  readonly eligible: number
  /** 0..100; null for fewer than two cars. */
  readonly diversity_score: number | null
  /** Best match first. */
  readonly cars: readonly RecommendedCar[]
}

export function rankCars(catalogue: readonly Car[], preferences: Preferences): Recommendation {
  const ranked = catalogue
    .filter((car) => isEligible(car, preferences))
    .map((car) => scoreCar(car, preferences))
    .sort(byScore)
  const picks = pickDiverse(ranked, preferences.limit)
  return {
    eligible: ranked.length,
    diversity_score: diversityScore(picks.map(({car}) => car)),
    cars: picks.map((pick) => ({
      ...viewCar(pick.car),
      match_score: pick.score,
      reasons: explainMatch(pick, preferences),
    })),
  }
}
