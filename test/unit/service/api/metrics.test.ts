import {describe, expect, it} from 'vitest'
import {DEALERSHIPS} from '../../../../service/api/src/catalogue/car.js'
import {ENDPOINTS} from '../../../../service/api/src/metrics/endpoints.js'
import {createServiceMetrics, describeLimit} from '../../../../service/api/src/metrics/service-metrics.js'
import {WISHES, startHarness} from './service-harness.js'

describe('the memory limit', () => {
  it.each([
    [2_147_483_648, 2_147_483_648],
    [undefined, null],
    [0, null],
    // Without a limit cgroup v1 tells a number beyond any machine.
    [9_223_372_036_854_771_712, null],
  ])('%s is told as %s', async (limit, told) => {
    const {registry} = createServiceMetrics({version: 'test', catalogue: []})
    registry.clear()
    describeLimit([registry], limit, 25e9)
    const [line = null] = /^process_memory_limit_bytes \d+$/m.exec(await registry.metrics()) ?? []
    expect(line).toBe(told === null ? null : `process_memory_limit_bytes ${told}`)
  })
})

describe('the metrics', () => {
  it('have every request series at zero before the first request', async () => {
    const {metric} = startHarness()
    for (const {method, endpoint, statuses} of ENDPOINTS) {
      for (const status of statuses) {
        expect(await metric('http_requests_total', {method, endpoint, status: String(status)})).toBe(0)
      }
      expect(await metric('http_request_duration_seconds_count', {method, endpoint})).toBe(0)
    }
  })

  it('have the business series at zero before the first request', async () => {
    const {metric} = startHarness()
    const names = [
      'recommendations_total',
      'cache_hits_total',
      'cache_misses_total',
      'recommendation_duration_seconds_count',
      'recommendation_match_score_count',
      'recommendation_match_score_last',
      'recommendation_diversity_score_count',
      'recommendation_diversity_score_last',
    ]
    for (const name of names) expect(await metric(name), name).toBe(0)
    for (const dealership of DEALERSHIPS) expect(await metric('whatsapp_clicks_total', {dealership})).toBe(0)
  })

  it('have buckets at the targets of the guide', async () => {
    const {metric} = startHarness()
    for (const le of ['0.2', '0.5', '1', '+Inf']) {
      const labels = {method: 'GET', endpoint: '/cars', le}
      expect(await metric('http_request_duration_seconds_bucket', labels), le).toBe(0)
    }
    expect(await metric('recommendation_duration_seconds_bucket', {le: '0.5'})).toBe(0)
  })

  it('describe the process, the build and the catalogue', async () => {
    const {metric} = startHarness()
    expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(1e6)
    expect(await metric('process_cpu_seconds_total')).toBeGreaterThan(0)
    expect(await metric('build_info', {version: '9.9.9', node_version: process.versions.node})).toBe(1)
    expect(await metric('cars_total')).toBe(360)
    expect(await metric('cars_without_image')).toBe(25)
  })

  it('label a request with its route, never with its URL', async () => {
    const {app, metric, exposition} = startHarness()
    await app.inject('/cars?brand=Fiat')
    await app.inject({method: 'POST', url: '/cars/rc-001/whatsapp'})
    await app.inject('/wp-admin/secret-7')
    const labels = {method: 'POST', endpoint: '/cars/:id/whatsapp'}
    expect(await metric('http_requests_total', {method: 'GET', endpoint: '/cars', status: '200'})).toBe(1)
    expect(await metric('http_requests_total', {...labels, status: '201'})).toBe(1)
    expect(await metric('http_request_duration_seconds_count', labels)).toBe(1)
    expect(await metric('http_requests_total', {method: 'GET', endpoint: 'unmatched', status: '404'})).toBe(1)
    expect(await exposition()).not.toMatch(/secret-7|rc-001|brand=/)
  })

  it('tell /health and /metrics apart from what buyers ask', async () => {
    const {app, metric} = startHarness()
    await app.inject('/health')
    const response = await app.inject('/metrics')
    expect(response.headers['content-type']).toContain('text/plain; version=0.0.4')
    expect(await metric('http_requests_total', {method: 'GET', endpoint: '/health', status: '200'})).toBe(1)
    expect(await metric('http_requests_total', {method: 'GET', endpoint: '/metrics', status: '200'})).toBe(1)
  })

  it('make no series of an invented method', async () => {
    const {app, metric} = startHarness()
    await app.inject({method: 'PROPFIND' as 'GET', url: '/cars'})
    expect(await metric('http_requests_total', {method: 'OTHER', endpoint: 'unmatched', status: '404'})).toBe(1)
  })

  it('count a recommendation, each of its scores and its diversity, from the cache or not', async () => {
    const {app, metric} = startHarness()
    const first = await app.inject({method: 'POST', url: '/recommend', payload: WISHES})
    await app.inject({method: 'POST', url: '/recommend', payload: WISHES})
    const {cars, diversity_score: diversity} = first.json<{cars: {match_score: number}[]; diversity_score: number}>()
    const mean = cars.reduce((sum, car) => sum + car.match_score, 0) / cars.length / 100
    expect(await metric('recommendations_total')).toBe(2)
    expect(await metric('cache_misses_total')).toBe(1)
    expect(await metric('cache_hits_total')).toBe(1)
    expect(await metric('recommendation_duration_seconds_count')).toBe(2)
    expect(await metric('recommendation_match_score_count')).toBe(2 * cars.length)
    expect(await metric('recommendation_match_score_sum')).toBeCloseTo(2 * cars.length * mean, 6)
    expect(await metric('recommendation_match_score_last')).toBeCloseTo(mean, 6)
    expect(await metric('recommendation_diversity_score_count')).toBe(2)
    expect(await metric('recommendation_diversity_score_last')).toBeCloseTo(diversity / 100, 6)
  })

  it('count a recommendation without cars as no recommendation', async () => {
    const {app, metric} = startHarness()
    const payload = {budget: {max: 1000}, use: 'city'}
    expect((await app.inject({method: 'POST', url: '/recommend', payload})).statusCode).toBe(200)
    expect(await metric('recommendations_total')).toBe(0)
    expect(await metric('cache_misses_total')).toBe(1)
    expect(await metric('recommendation_match_score_count')).toBe(0)
  })

  it('count a cache that is down as misses, so that the hit rate falls', async () => {
    const {app, cache, metric} = startHarness()
    cache.down = true
    const response = await app.inject({method: 'POST', url: '/recommend', payload: WISHES})
    expect(response.headers['x-cache']).toBe('BYPASS')
    expect(await metric('cache_misses_total')).toBe(1)
  })

  it('count a lead for its dealership, and none for a car that does not exist', async () => {
    const {app, metric} = startHarness()
    const response = await app.inject({method: 'POST', url: '/cars/ac-007/whatsapp', payload: {user_id: 'ana'}})
    await app.inject({method: 'POST', url: '/cars/zz-999/whatsapp'})
    expect(response.statusCode).toBe(201)
    expect(response.json()).toMatchObject({car_id: 'ac-007', dealership: 'AutoCenter'})
    expect(response.json<{whatsapp_url: string}>().whatsapp_url).toMatch(/^https:\/\/wa\.me\/55\d+\?text=Ol%C3%A1/)
    expect(await metric('whatsapp_clicks_total', {dealership: 'AutoCenter'})).toBe(1)
    expect(await metric('whatsapp_clicks_total', {dealership: 'RobustCar'})).toBe(0)
  })
})
