import {Redis} from 'ioredis'
import type {Logger} from '../logging/logger.js'
import type {CacheLookup, RecommendationCache} from './recommendation-cache.js'

/** No request and no health check waits longer than this for Redis. */
const DEADLINE_MS = 250
/** After a failed command, how long requests do without the cache before one of them tries it again. */
const PAUSE_MS = 1000
const LONGEST_RECONNECT_MS = 2000

export interface RedisCache extends RecommendationCache {
  close(): void
}

/** Connects in the background and reconnects for ever; says so in the log once per change of state. */
export function createRedisCache(url: string, logger: Logger): RedisCache {
  const client = new Redis(url, {
    commandTimeout: DEADLINE_MS,
    connectTimeout: 1000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 5), LONGEST_RECONNECT_MS),
  })
  reportConnection(client, logger)
  const guard = createGuard(client)
  return {
    get: (key) =>
      guard<CacheLookup>(async () => {
        const value = await client.get(key)
        return value === null ? {outcome: 'miss'} : {outcome: 'hit', value}
      }),
    set: (key, value, ttlSeconds) =>
      guard(async () => {
        await client.set(key, value, 'EX', ttlSeconds)
        return {outcome: 'stored'}
      }),
    ping: async () => {
      const start = performance.now()
      try {
        await client.ping()
        return {status: 'up', latencyMs: performance.now() - start}
      } catch (error) {
        return {status: 'down', reason: describeFailure(client, error)}
      }
    },
    close: () => {
      client.disconnect()
    },
  }
}

type Guard = <T>(command: () => Promise<T>) => Promise<T | {outcome: 'unavailable'; reason: string}>

/** A Redis that hangs costs one request its deadline each second, not every request. */
function createGuard(client: Redis): Guard {
  let pausedUntil = 0
  return async (command) => {
    if (performance.now() < pausedUntil) return {outcome: 'unavailable', reason: 'paused after a failure'}
    try {
      return await command()
    } catch (error) {
      if (client.status === 'ready') pausedUntil = performance.now() + PAUSE_MS
      return {outcome: 'unavailable', reason: describeFailure(client, error)}
    }
  }
}

function reportConnection(client: Redis, logger: Logger): void {
  let state: 'unknown' | 'up' | 'down' = 'unknown'
  let lastError = ''
  client.on('error', function noteError(error: Error) {
    lastError = describeError(error)
  })
  client.on('ready', function reportUp() {
    if (state !== 'up') logger.info('Redis is connected')
    state = 'up'
  })
  client.on('close', function reportDown() {
    if (state !== 'down')
      logger.warning('Redis is unreachable; recommendations are computed every time', {reason: lastError})
    state = 'down'
  })
}

function describeFailure(client: Redis, error: unknown): string {
  return client.status === 'ready' ? describeError(error) : 'not connected'
}

/** A refused connection to a name with several addresses is an AggregateError with an empty message. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return 'code' in error ? String(error.code) : error.name
}
