import {createHash} from 'node:crypto'
import type {RecommendationCache} from '../cache/recommendation-cache.js'
import type {Car} from '../catalogue/car.js'
import type {Preferences} from './preferences.js'
import {PRIORITIES} from './preferences.js'
import type {Recommendation} from './rank-cars.js'
import {rankCars} from './rank-cars.js'

/** BYPASS: the cache is down or switched off. */
type CacheUse = 'HIT' | 'MISS' | 'BYPASS'

export interface CachedRecommendation {
  readonly recommendation: Recommendation
  readonly cacheUse: CacheUse
}

export type Recommender = (preferences: Preferences) => Promise<CachedRecommendation>

interface RecommenderDeps {
  readonly catalogue: readonly Car[]
  readonly cache: RecommendationCache
  readonly ttlSeconds: number
}

export function createRecommender({catalogue, cache, ttlSeconds}: RecommenderDeps): Recommender {
  const catalogueHash = hash(JSON.stringify(catalogue)).slice(0, 12)
  return async (preferences) => {
    const key = cacheKey(preferences, catalogueHash)
    const lookup = await cache.get(key)
    const known = lookup.outcome === 'hit' ? parseRecommendation(lookup.value) : undefined
    if (known !== undefined) return {recommendation: known, cacheUse: 'HIT'}
    const recommendation = rankCars(catalogue, preferences)
    if (lookup.outcome === 'unavailable') return {recommendation, cacheUse: 'BYPASS'}
    await cache.set(key, JSON.stringify(recommendation), ttlSeconds)
    return {recommendation, cacheUse: 'MISS'}
  }
}

/** Equal preferences share a key whoever asks; another catalogue, as another release ships, shares none. */
export function cacheKey(preferences: Preferences, catalogueHash: string): string {
  const {budgetMin, budgetMax, use, priorities, limit} = preferences
  const canonical = JSON.stringify([budgetMin, budgetMax, use, PRIORITIES.map((name) => priorities[name]), limit])
  return `faciliauto:recommendation:${catalogueHash}:${hash(canonical)}`
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A value that someone else put under our key, or that was cut short, counts as a miss. */
function parseRecommendation(text: string): Recommendation | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecommendation(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecommendation(value: unknown): value is Recommendation {
  return typeof value === 'object' && value !== null && 'cars' in value && Array.isArray(value.cars)
}
