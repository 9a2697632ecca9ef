import type {CachePing} from '../cache/recommendation-cache.js'

type HealthStatus = 'healthy' | 'degraded' | 'unhealthy'

interface Check {
  readonly status: HealthStatus
  readonly detail?: string
}

interface HealthChecks {
  readonly redis: Check & {readonly latency_ms: number | null}
  readonly catalogue: Check & {readonly cars: number}
  /** Present only while it is the reason. */
  readonly process?: Check
}

export interface Assessment {
  /** The worst of the checks. */
  readonly status: HealthStatus
  readonly checks: HealthChecks
}

interface HealthInput {
  readonly ping: CachePing
  readonly cars: number
  /** Why this process should get no traffic whatever its dependencies say. */
  readonly refusal?: string | undefined
}

/** Without Redis every recommendation is computed: slower, not out of service. Without cars there is nothing to serve. */
export function assessHealth({ping, cars, refusal}: HealthInput): Assessment {
  const checks: HealthChecks = {
    redis:
      ping.status === 'up'
        ? {status: 'healthy', latency_ms: Math.round(ping.latencyMs * 100) / 100}
        : {status: 'degraded', latency_ms: null, detail: ping.reason},
    catalogue: cars > 0 ? {status: 'healthy', cars} : {status: 'unhealthy', cars, detail: 'the catalogue is empty'},
    ...(refusal !== undefined && {process: {status: 'unhealthy', detail: refusal}}),
  }
  return {status: worst(Object.values(checks)), checks}
}

function worst(checks: readonly Check[]): HealthStatus {
  const order: readonly HealthStatus[] = ['unhealthy', 'degraded', 'healthy']
  return order.find((status) => checks.some((check) => check.status === status)) ?? 'unhealthy'
}
