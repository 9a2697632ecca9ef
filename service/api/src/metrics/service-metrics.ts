import {totalmem} from 'node:os'
import {Counter, Gauge, Histogram, Registry, collectDefaultMetrics} from 'prom-client'
import type {Car} from '../catalogue/car.js'
import {DEALERSHIPS} from '../catalogue/car.js'
import {ENDPOINTS} from './endpoints.js'

/** Holds the guide's targets (0.2, 0.5 and 1 s) as bounds: shares below a target are then exact. */
const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 10]
const RECOMMENDATION_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 2.5, 5, 10]
const RATIOS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1]

export type ServiceMetrics = ReturnType<typeof createServiceMetrics>

interface MetricsInput {
  readonly version: string
  readonly catalogue: readonly Car[]
}

/** One registry an application, so that two in one process share nothing. */
export function createServiceMetrics({version, catalogue}: MetricsInput) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({register: registry})
  describeBuild(registers, version)
  describeLimit(registers, process.constrainedMemory(), totalmem())
  describeCatalogue(registers, catalogue)
  return {
    registry,
    ...createHttpMetrics(registers),
    ...createRecommendationMetrics(registers),
    ...createLeads(registers),
  }
}

function createHttpMetrics(registers: Registry[]) {
  const httpRequests = new Counter({
    name: 'http_requests_total',
    help: 'HTTP requests answered, by route',
    labelNames: ['method', 'endpoint', 'status'] as const,
    registers,
  })
  const httpDuration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request received to the response sent, by route',
    labelNames: ['method', 'endpoint'] as const,
    buckets: HTTP_SECONDS,
    registers,
  })
  for (const {method, endpoint, statuses} of ENDPOINTS) {
    httpDuration.zero({method, endpoint})
    for (const status of statuses) httpRequests.inc({method, endpoint, status: String(status)}, 0)
  }
  return {httpRequests, httpDuration}
}

function createRecommendationMetrics(registers: Registry[]) {
  const counter = (name: string, help: string): Counter => new Counter({name, help, registers})
  const gauge = (name: string, help: string): Gauge => new Gauge({name, help, registers})
  const histogram = (name: string, help: string, buckets: number[]): Histogram =>
    new Histogram({name, help, buckets, registers})
  return {
    recommendations: counter('recommendations_total', 'Recommendations answered with at least one car'),
    recommendationDuration: histogram(
      'recommendation_duration_seconds',
      'Time to answer a valid recommendation request, from the cache or not',
      RECOMMENDATION_SECONDS,
    ),
    matchScore: histogram('recommendation_match_score', 'Match score of each car recommended, 0 to 1', RATIOS),
    matchScoreLast: gauge('recommendation_match_score_last', 'Mean match score of the last recommendation, 0 to 1'),
    diversityScore: histogram(
      'recommendation_diversity_score',
      'Diversity of each recommendation of two cars or more, 0 to 1',
      RATIOS,
    ),
    diversityScoreLast: gauge('recommendation_diversity_score_last', 'Diversity of the last recommendation, 0 to 1'),
    cacheHits: counter('cache_hits_total', 'Recommendations answered from the cache'),
    cacheMisses: counter('cache_misses_total', 'Recommendations computed: not cached, cache off or unreachable'),
  }
}

function createLeads(registers: Registry[]) {
  const whatsappClicks = new Counter({
    name: 'whatsapp_clicks_total',
    help: 'Buyers sent to a dealership on WhatsApp',
    labelNames: ['dealership'] as const,
    registers,
  })
  for (const dealership of DEALERSHIPS) whatsappClicks.inc({dealership}, 0)
  return {whatsappClicks}
}

function describeCatalogue(registers: Registry[], catalogue: readonly Car[]): void {
  const total = new Gauge({name: 'cars_total', help: 'Cars in the catalogue', registers})
  const withoutImage = new Gauge({name: 'cars_without_image', help: 'Cars in the catalogue without image', registers})
  total.set(catalogue.length)
  withoutImage.set(catalogue.filter((car) => car.imageUrl === null).length)
}

/** What the container may use. Without a limit the kernel tells a number beyond the machine's memory, or none: there is no series then. */
export function describeLimit(registers: Registry[], limit: number | undefined, machine: number): void {
  if (limit === undefined || limit <= 0 || limit >= machine) return
  const gauge = new Gauge({name: 'process_memory_limit_bytes', help: 'Memory limit of the container, bytes', registers})
  gauge.set(limit)
}

function describeBuild(registers: Registry[], version: string): void {
  const info = new Gauge({
    name: 'build_info',
    help: 'Always 1; the labels say what is running',
    labelNames: ['version', 'node_version'] as const,
    registers,
  })
  info.set({version, node_version: process.versions.node}, 1)
}
