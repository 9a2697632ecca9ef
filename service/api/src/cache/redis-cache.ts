import {Redis} from 'ioredis'
import type {Logger} from '../logging/logger.js'
import type {CacheLookup, CachePing, CacheWrite, RecommendationCache} from './recommendation-cache.js'

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
  const report = createReport(logger)
  watchConnection(client, report)
  const guard = createGuard(client, report)
  return {
    get: (key) =>
      guard<CacheLookup>(async () => {
        const value = await client.get(key)
        return value === null ? {outcome: 'miss'} : {outcome: 'hit', value}
      }),
    set: (key, value, ttlSeconds) =>
      guard<CacheWrite>(async () => {
        await client.set(key, value, 'EX', ttlSeconds)
        return {outcome: 'stored'}
      }),
    ping: () => ping(client, report),
    close: () => {
      client.disconnect()
    },
  }
}

interface Report {
  up(): void
  down(reason: string): void
}

function createReport(logger: Logger): Report {
  let state: 'unknown' | 'up' | 'down' = 'unknown'
  return {
    up: function reportUp() {
      if (state !== 'up') logger.info('Redis answers')
      state = 'up'
    },
    down: function reportDown(reason) {
      if (state !== 'down') logger.warning('Redis does not answer; recommendations are computed every time', {reason})
      state = 'down'
    },
  }
}

function watchConnection(client: Redis, report: Report): void {
  let lastError = 'the connection closed'
  client.on('error', (error: Error) => {
    lastError = describeError(error)
  })
  client.on('ready', () => {
    report.up()
  })
  client.on('close', () => {
    report.down(lastError)
    lastError = 'the connection closed'
  })
}

type Guard = <T>(command: () => Promise<T>) => Promise<T | {readonly outcome: 'unavailable'; readonly reason: string}>

/** A Redis that hangs costs one request its deadline each second, not every request. */
function createGuard(client: Redis, report: Report): Guard {
  let pausedUntil = 0
  return async (command) => {
    if (performance.now() < pausedUntil) return {outcome: 'unavailable', reason: 'paused after a failure'}
    try {
      const result = await command()
      report.up()
      return result
    } catch (error) {
      if (client.status === 'ready') pausedUntil = performance.now() + PAUSE_MS
      return {outcome: 'unavailable', reason: reportFailure(client, report, error)}
    }
  }
}

async function ping(client: Redis, report: Report): Promise<CachePing> {
  const start = performance.now()
  try {
    await client.ping()
    report.up()
    return {status: 'up', latencyMs: performance.now() - start}
  } catch (error) {
    return {status: 'down', reason: reportFailure(client, report, error)}
  }
}

/** While there is no connection, its own events tell the reason better than the command that wanted it. */
function reportFailure(client: Redis, report: Report, error: unknown): string {
  if (client.status !== 'ready') return 'not connected'
  report.down(describeError(error))
  return describeError(error)
}

/** A refused connection to a name with several addresses is an AggregateError with an empty message. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return 'code' in error ? String(error.code) : error.name
}
