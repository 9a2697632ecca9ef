export type CacheLookup =
  | {readonly outcome: 'hit'; readonly value: string}
  | {readonly outcome: 'miss'}
  | {readonly outcome: 'unavailable'; readonly reason: string}

export type CacheWrite = {readonly outcome: 'stored'} | {readonly outcome: 'unavailable'; readonly reason: string}

export type CachePing =
  {readonly status: 'up'; readonly latencyMs: number} | {readonly status: 'down'; readonly reason: string}

/**
 * Where recommendations are kept. Every method answers within its deadline and never rejects: a cache that is
 * down is an answer, not an error.
 */
export interface RecommendationCache {
  get(key: string): Promise<CacheLookup>
  set(key: string, value: string, ttlSeconds: number): Promise<CacheWrite>
  ping(): Promise<CachePing>
}
