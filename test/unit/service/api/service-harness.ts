import {buildApp} from '../../../../service/api/src/app.js'
import type {CachePing, RecommendationCache} from '../../../../service/api/src/cache/recommendation-cache.js'
import type {Car} from '../../../../service/api/src/catalogue/car.js'
import {generateCatalogue} from '../../../../service/api/src/catalogue/generate-catalogue.js'
import type {LogLevel} from '../../../../service/api/src/config.js'
import {createFaultSwitches} from '../../../../service/api/src/faults/fault-switches.js'
import type {FaultSwitches} from '../../../../service/api/src/faults/fault-switches.js'
import type {Logger} from '../../../../service/api/src/logging/logger.js'
import {createLogger} from '../../../../service/api/src/logging/logger.js'
import {createServiceMetrics} from '../../../../service/api/src/metrics/service-metrics.js'

export type LogLine = Readonly<Record<string, unknown>>

export interface RecordedLog {
  readonly logger: Logger
  readonly lines: () => readonly LogLine[]
  readonly text: () => string
}

/** The real logger, writing where the test can read. */
export function recordLog(level: LogLevel): RecordedLog {
  let text = ''
  const logger = createLogger(level, {write: (chunk) => (text += chunk)})
  return {
    logger,
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LogLine),
  }
}

export interface MemoryCache extends RecommendationCache {
  readonly entries: Map<string, {readonly value: string; readonly ttlSeconds: number}>
  /** Makes it answer as a Redis that cannot be reached. */
  down: boolean
}

export function createMemoryCache(): MemoryCache {
  const unavailable = {outcome: 'unavailable', reason: 'not connected'} as const
  const cache: MemoryCache = {
    entries: new Map(),
    down: false,
    get: (key) => {
      const entry = cache.entries.get(key)
      if (cache.down) return Promise.resolve(unavailable)
      return Promise.resolve(entry === undefined ? {outcome: 'miss'} : {outcome: 'hit', value: entry.value})
    },
    set: (key, value, ttlSeconds) => {
      if (cache.down) return Promise.resolve(unavailable)
      cache.entries.set(key, {value, ttlSeconds})
      return Promise.resolve({outcome: 'stored'})
    },
    ping: (): Promise<CachePing> =>
      Promise.resolve(cache.down ? {status: 'down', reason: 'not connected'} : {status: 'up', latencyMs: 0.25}),
  }
  return cache
}

export interface Harness {
  readonly app: ReturnType<typeof buildApp>
  readonly cache: MemoryCache
  readonly faults: FaultSwitches
  readonly log: RecordedLog
  /** Undefined for a series that is not exposed. Labels in the order of the exposition do not matter. */
  readonly metric: (name: string, labels?: Readonly<Record<string, string>>) => Promise<number | undefined>
  readonly exposition: () => Promise<string>
  readonly stop: () => void
}

export interface HarnessOptions {
  readonly level?: LogLevel
  readonly catalogue?: readonly Car[]
  readonly random?: () => number
  readonly withFaults?: boolean
}

/** The real application on a cache in memory; only the listener and Redis are missing. */
export function startHarness(options: HarnessOptions = {}): Harness {
  const catalogue = options.catalogue ?? generateCatalogue()
  const cache = createMemoryCache()
  const log = recordLog(options.level ?? 'debug')
  const metrics = createServiceMetrics({version: '9.9.9', catalogue})
  const ballast = {grow: () => undefined, release: () => undefined, heldMiB: () => 0}
  const faults = createFaultSwitches({random: options.random ?? (() => 0.5), ballast})
  let stopping = false
  const app = buildApp({
    catalogue,
    cache,
    cacheTtlSeconds: 300,
    logger: log.logger,
    metrics,
    version: '9.9.9',
    isStopping: () => stopping,
    ...(options.withFaults !== false && {faults}),
  })
  const exposition = (): Promise<string> => metrics.registry.metrics()
  return {
    app,
    cache,
    faults,
    log,
    exposition,
    metric: async (name, labels = {}) => readSample(await exposition(), name, labels),
    stop: () => (stopping = true),
  }
}

function readSample(exposition: string, name: string, labels: Readonly<Record<string, string>>): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  for (const line of exposition.split('\n')) {
    const match = /^(?<series>[a-z_]+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/.exec(line)
    if (match?.groups?.['series'] !== name) continue
    const found = (match.groups['labels'] ?? '').split(',').filter((part) => part !== '')
    if (found.length === wanted.length && wanted.every((part) => found.includes(part))) {
      return Number(match.groups['value'])
    }
  }
  return undefined
}

export const WISHES = {budget: {max: 100_000}, use: 'family', user_id: 'ana'}
