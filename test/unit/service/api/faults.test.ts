import {execa} from 'execa'
import fc from 'fast-check'
import {describe, expect, it, onTestFinished} from 'vitest'
import {buildFaultServer} from '../../../../service/api/src/faults/fault-server.js'
import type {FaultPatch} from '../../../../service/api/src/faults/fault-state.js'
import {NO_FAULTS, mergeFaults} from '../../../../service/api/src/faults/fault-state.js'
import {createFaultSwitches} from '../../../../service/api/src/faults/fault-switches.js'
import {createMemoryBallast} from '../../../../service/api/src/faults/memory-ballast.js'
import {seededRandom} from '../../../../service/api/src/catalogue/random.js'
import {bundledProcess} from '../../../support/processes/bundled-process.js'
import {WISHES, recordLog, startHarness} from './service-harness.js'

function startFaultServer() {
  const log = recordLog('info')
  const faults = createFaultSwitches({random: Math.random, ballast: createMemoryBallast()})
  onTestFinished(() => faults.reset())
  let crashes = 0
  const app = buildFaultServer({faults, logger: log.logger, crash: () => (crashes += 1)})
  const put = (payload: unknown) => app.inject({method: 'PUT', url: '/faults', payload: payload as object})
  return {app, faults, log, put, crashes: () => crashes}
}

describe('the latency fault', () => {
  it('slows its endpoint and no other', async () => {
    const {app, faults} = startHarness()
    faults.apply({latency: {'/cars': {ms: 500}}})
    const answered: string[] = []
    const start = performance.now()
    const ask = async (url: string): Promise<void> => {
      await app.inject(url)
      answered.push(url)
    }
    await Promise.all([ask('/cars'), ask('/stats')])
    expect(performance.now() - start).toBeGreaterThanOrEqual(495)
    expect(answered).toEqual(['/stats', '/cars'])
  })

  it('by * slows what buyers use, but neither health nor metrics, and a name goes before it', () => {
    const {faults} = startHarness()
    faults.apply({latency: {'*': {ms: 50}, '/recommend': {ms: 900}}})
    expect(faults.delayMs('/cars')).toBe(50)
    expect(faults.delayMs('/recommend')).toBe(900)
    expect(faults.delayMs('/health')).toBe(0)
    expect(faults.delayMs('/metrics')).toBe(0)
    faults.apply({latency: {'/health': {ms: 5}}})
    expect(faults.delayMs('/health')).toBe(5)
  })

  it('shows in the duration of the request and of the recommendation', async () => {
    const {app, faults, metric} = startHarness()
    faults.apply({latency: {'/recommend': {ms: 120}}})
    await app.inject({method: 'POST', url: '/recommend', payload: WISHES})
    expect(await metric('recommendation_duration_seconds_sum')).toBeGreaterThan(0.11)
    const labels = {method: 'POST', endpoint: '/recommend'}
    expect(await metric('http_request_duration_seconds_sum', labels)).toBeGreaterThan(0.11)
  })
})

describe('the error fault', () => {
  it('fails every request it is told to, as any failure looks, and logs what it is', async () => {
    const {app, faults, log, metric} = startHarness()
    faults.apply({errors: {ratio: 1, status: 503}})
    const response = await app.inject('/stats')
    expect(response.statusCode).toBe(503)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(response.body).not.toContain('inject')
    expect(log.lines()[0]?.['exception']).toContain('InjectedFault: injected fault: 503 on /stats')
    expect(await metric('http_requests_total', {method: 'GET', endpoint: '/stats', status: '503'})).toBe(1)
  })

  it('spares health unless named, and metrics always', async () => {
    const {app, faults} = startHarness()
    faults.apply({errors: {ratio: 1}})
    expect((await app.inject('/health')).statusCode).toBe(200)
    expect((await app.inject('/metrics')).statusCode).toBe(200)
    faults.apply({errors: {endpoints: ['/health']}})
    expect((await app.inject('/health')).statusCode).toBe(500)
    expect((await app.inject('/stats')).statusCode).toBe(200)
  })

  it('fails the share of requests that it is told to', () => {
    fc.assert(
      fc.property(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(), (ratio, seed) => {
        const {faults} = {faults: createFaultSwitches({random: seededRandom(seed), ballast: createMemoryBallast()})}
        faults.apply({errors: {ratio}})
        const failed = Array.from({length: 2000}, () => faults.failureStatus('/cars')).filter(
          (status) => status === 500,
        )
        expect(Math.abs(failed.length / 2000 - ratio)).toBeLessThan(0.06)
      }),
      {numRuns: 30},
    )
  })
})

describe('the other faults', () => {
  it('cache off bypasses a cache that works, until it is on again', async () => {
    const {app, faults, cache} = startHarness()
    const use = async (): Promise<unknown> =>
      (await app.inject({method: 'POST', url: '/recommend', payload: WISHES})).headers['x-cache']
    expect(await use()).toBe('MISS')
    faults.apply({cache: 'off'})
    expect(await use()).toBe('BYPASS')
    faults.apply({cache: 'on'})
    expect(await use()).toBe('HIT')
    expect(cache.entries.size).toBe(1)
  })

  it('health failing answers 503 and says that a drill is why', async () => {
    const {app, faults} = startHarness()
    faults.apply({health: 'failing'})
    const response = await app.inject('/health')
    expect(response.statusCode).toBe(503)
    expect(response.json()).toMatchObject({
      status: 'unhealthy',
      checks: {process: {detail: 'failing as a drill asked'}},
    })
    expect((await app.inject('/cars')).statusCode).toBe(200)
  })

  it('memory grows at its rate up to its maximum, and is released', async () => {
    // In a process of its own: what other tests give back meanwhile would count against it.
    const holder = await bundledProcess('ballast-holder')
    const {stdout} = await execa(process.execPath, [holder, '60'])
    const {heldMiB, grownMiB, leftMiB} = JSON.parse(stdout) as Record<'heldMiB' | 'grownMiB' | 'leftMiB', number>
    expect(heldMiB).toBe(60)
    expect(grownMiB).toBeGreaterThan(50)
    expect(leftMiB).toBeLessThan(10)
  })

  it('without FAULTS nothing of them exists', async () => {
    const {app, faults} = startHarness({withFaults: false})
    faults.apply({errors: {ratio: 1}, health: 'failing'})
    expect((await app.inject('/cars')).statusCode).toBe(200)
    expect((await app.inject('/health')).statusCode).toBe(200)
    expect((await app.inject('/faults')).statusCode).toBe(404)
  })
})

describe('the switches', () => {
  it('merge what is sent into what holds; null puts a member back', () => {
    const first = mergeFaults(NO_FAULTS, {
      errors: {ratio: 0.2, endpoints: ['/cars']},
      latency: {'/cars': {ms: 5, ratio: 0.5}, '*': {ms: 1}},
      cache: 'off',
    })
    const second = mergeFaults(first, {errors: {ratio: 0.4}, latency: {'/cars': null}})
    expect(second).toEqual({
      ...NO_FAULTS,
      errors: {ratio: 0.4, endpoints: ['/cars'], status: 500},
      latency: {'*': {ms: 1, ratio: 1}},
      cache: 'off',
    })
    expect(mergeFaults(second, {errors: {endpoints: null}}).errors.endpoints).toEqual(NO_FAULTS.errors.endpoints)
    expect(mergeFaults(second, {errors: null, latency: null, cache: null})).toEqual(NO_FAULTS)
  })

  it('an empty patch changes nothing, and a patch applied twice is applied once', () => {
    const patches: fc.Arbitrary<FaultPatch> = fc.record(
      {
        errors: fc.option(fc.record({ratio: fc.option(fc.double({min: 0, max: 1, noNaN: true}))}, {requiredKeys: []})),
        latency: fc.option(fc.record({'/cars': fc.option(fc.record({ms: fc.nat(100)}))}, {requiredKeys: []})),
        cache: fc.constantFrom('on', 'off', null),
        health: fc.constantFrom('normal', 'failing', null),
      },
      {requiredKeys: []},
    )
    fc.assert(
      fc.property(patches, patches, (before, patch) => {
        const state = mergeFaults(NO_FAULTS, before)
        const once = mergeFaults(state, patch)
        expect(mergeFaults(state, {})).toEqual(state)
        expect(mergeFaults(once, patch)).toEqual(once)
      }),
    )
  })

  it('show, change and reset over HTTP, and say so in the log', async () => {
    const {app, log, put} = startFaultServer()
    const idle = await app.inject('/faults')
    expect(idle.json()).toEqual({active: false, faults: NO_FAULTS, memory_held_mib: 0})
    expect((await put({health: 'failing'})).json()).toMatchObject({active: true, faults: {health: 'failing'}})
    const post = await app.inject({method: 'POST', url: '/faults', payload: {cache: 'off'}})
    expect(post.json()).toMatchObject({faults: {health: 'failing', cache: 'off'}})
    expect((await app.inject({method: 'DELETE', url: '/faults'})).json()).toEqual(idle.json())
    expect(log.lines().map(({level, message}) => [level, message])).toEqual([
      ['WARNING', 'faults changed'],
      ['WARNING', 'faults changed'],
      ['WARNING', 'faults reset'],
    ])
  })

  it('hold and release memory over HTTP', async () => {
    const {app, faults, put} = startFaultServer()
    await put({memory: {growMiBPerSecond: 100, maxMiB: 10}})
    await expect.poll(() => faults.heldMiB()).toBe(10)
    expect((await app.inject({method: 'DELETE', url: '/faults'})).json()).toMatchObject({memory_held_mib: 0})
  })

  it.each([
    {errors: {ratio: 1.1}},
    {errors: {ratio: '1'}},
    {errors: {status: 404}},
    {errors: {endpoints: ['/metrics']}},
    {errors: {endpoints: []}},
    {latency: {'/metrics': {ms: 1}}},
    {latency: {'/cars': {ratio: 1}}},
    {latency: {'/cars': {ms: -1}}},
    {latency: {'/cars': {ms: 60_001}}},
    {memory: {growMiBPerSecond: 2000}},
    {cache: 'maybe'},
    {health: 'dead'},
    {chaos: true},
    [],
  ])('refuse %j and change nothing', async (patch) => {
    const {faults, put} = startFaultServer()
    const response = await put(patch)
    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(faults.state()).toEqual(NO_FAULTS)
  })

  it('crash once the answer is out', async () => {
    const {app, crashes} = startFaultServer()
    expect((await app.inject({method: 'POST', url: '/faults/crash'})).statusCode).toBe(202)
    await expect.poll(crashes).toBe(1)
  })
})
