import {describe, expect, it} from 'vitest'
import {assessHealth} from '../../../../service/api/src/routes/assess-health.js'
import {WISHES, startHarness} from './service-harness.js'

const UP = {status: 'up', latencyMs: 0.256} as const
const DOWN = {status: 'down', reason: 'connect ECONNREFUSED'} as const

describe('health', () => {
  it('is healthy with Redis and cars', () => {
    expect(assessHealth({ping: UP, cars: 3})).toEqual({
      status: 'healthy',
      checks: {redis: {status: 'healthy', latency_ms: 0.26}, catalogue: {status: 'healthy', cars: 3}},
    })
  })

  it('is degraded without Redis, and says why', () => {
    expect(assessHealth({ping: DOWN, cars: 3})).toMatchObject({
      status: 'degraded',
      checks: {redis: {status: 'degraded', latency_ms: null, detail: 'connect ECONNREFUSED'}},
    })
  })

  it('is unhealthy without cars, whatever Redis says', () => {
    expect(assessHealth({ping: UP, cars: 0}).status).toBe('unhealthy')
    expect(assessHealth({ping: DOWN, cars: 0}).status).toBe('unhealthy')
  })

  it('answers 200 with uptime, version and instance while healthy', async () => {
    const {app} = startHarness()
    const response = await app.inject('/health')
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json()).toMatchObject({
      status: 'healthy',
      version: '9.9.9',
      instance: expect.stringMatching(/./) as string,
      uptime_seconds: expect.any(Number) as number,
      checks: {redis: {status: 'healthy', latency_ms: 0.25}, catalogue: {status: 'healthy', cars: 360}},
    })
  })

  it('answers 200 while degraded, and recommendations still come', async () => {
    const {app, cache} = startHarness()
    cache.down = true
    const response = await app.inject('/health')
    expect([response.statusCode, response.json<{status: string}>().status]).toEqual([200, 'degraded'])
    expect((await app.inject({method: 'POST', url: '/recommend', payload: WISHES})).statusCode).toBe(200)
  })

  it('answers 503 without cars', async () => {
    const {app} = startHarness({catalogue: []})
    const response = await app.inject('/health')
    expect([response.statusCode, response.json<{status: string}>().status]).toEqual([503, 'unhealthy'])
  })

  it('answers 503 while stopping, so that the proxy looks elsewhere', async () => {
    const {app, stop} = startHarness()
    stop()
    const response = await app.inject('/health')
    expect(response.statusCode).toBe(503)
    expect(response.json()).toMatchObject({checks: {process: {status: 'unhealthy', detail: 'stopping'}}})
  })
})
