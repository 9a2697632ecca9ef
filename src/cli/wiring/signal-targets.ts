import type {Targets} from '../../config/config.js'
import type {SignalTargets} from '../../domain/signals/reading.js'

/** Nobody can say what is good of these: faci.yml has no target for them. */
const NONE = {
  recommendations: null,
  matchScore: null,
  recommendationP95: null,
  whatsappClickThrough: null,
  whatsappByDealership: null,
  diversity: null,
  carsWithoutImage: null,
  cacheLookups: null,
} as const

/** The targets of faci.yml by signal; `cpu` and `memory` as ratios of the containers' limits. */
export function signalTargets(targets: Targets): SignalTargets {
  return {
    latencyP50: targets.latency.p50,
    latencyP95: targets.latency.p95,
    latencyP99: targets.latency.p99,
    traffic: targets.trafficPerSecond,
    errors: targets.errorRatio,
    serverErrors: targets.serverErrorRatio,
    clientErrors: targets.clientErrorRatio,
    cpu: targets.cpuRatio,
    memory: targets.memoryRatio,
    disk: targets.diskRatio,
    ...NONE,
    cacheHits: targets.cacheHitRatio,
  }
}
