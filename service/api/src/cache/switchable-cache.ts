import type {RecommendationCache} from './recommendation-cache.js'

/** The same cache, which answers nothing while `isOff()`. Health still sees the real one. */
export function switchableCache(cache: RecommendationCache, isOff: () => boolean): RecommendationCache {
  const off = {outcome: 'unavailable', reason: 'switched off'} as const
  return {
    get: (key) => (isOff() ? Promise.resolve(off) : cache.get(key)),
    set: (key, value, ttlSeconds) => (isOff() ? Promise.resolve(off) : cache.set(key, value, ttlSeconds)),
    ping: () => cache.ping(),
  }
}
