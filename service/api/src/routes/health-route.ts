import {hostname} from 'node:os'
import type {FastifyInstance} from 'fastify'
import type {RecommendationCache} from '../cache/recommendation-cache.js'
import {assessHealth} from './assess-health.js'

interface HealthDeps {
  readonly cache: Pick<RecommendationCache, 'ping'>
  readonly cars: number
  readonly version: string
  readonly refusal: () => string | undefined
}

export function registerHealth(app: FastifyInstance, {cache, cars, version, refusal}: HealthDeps): void {
  app.get('/health', async function answerHealth(_, reply) {
    const {status, checks} = assessHealth({ping: await cache.ping(), cars, refusal: refusal()})
    void reply.code(status === 'unhealthy' ? 503 : 200).header('cache-control', 'no-store')
    return {
      status,
      checks,
      uptime_seconds: Math.round(process.uptime() * 10) / 10,
      version,
      // Tells the replicas apart behind the proxy.
      instance: hostname(),
    }
  })
}
