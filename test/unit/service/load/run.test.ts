import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import fc from 'fast-check'
import {describe, expect, it, onTestFinished} from 'vitest'
import {createDurationSketch} from '../../../../service/load/duration-sketch.js'
import {createSender} from '../../../../service/load/http-sender.js'
import {readLoadConfig} from '../../../../service/load/load-config.js'
import {runLoad} from '../../../../service/load/load-run.js'
import {seededRandom} from '../../../../service/load/seeded-random.js'
import {createTally} from '../../../../service/load/tally.js'
import {eventually} from '../../../support/eventually.js'
import {createTrafficMix} from '../../../../service/load/traffic-mix.js'

async function runFor(ms: number, options: {rps: number; maxInFlight: number; answerAfterMs: number}) {
  const stop = new AbortController()
  const now = (): number => performance.now()
  const tally = createTally(now())
  const start = now()
  let open = 0
  let mostOpen = 0
  setTimeout(() => stop.abort(), ms)
  await runLoad(
    {
      send: async () => {
        open += 1
        mostOpen = Math.max(mostOpen, open)
        await new Promise((resolve) => setTimeout(resolve, options.answerAfterMs))
        open -= 1
        return {status: 200, cache: undefined, durationMs: options.answerAfterMs, cars: []}
      },
      nextRequest: createTrafficMix(seededRandom(1)),
      random: seededRandom(2),
      now,
      tallies: () => [tally],
    },
    {rps: options.rps, maxInFlight: options.maxInFlight, signal: stop.signal},
  )
  return {summary: tally.summarise(now()), mostOpen, tookMs: now() - start, open}
}

describe('a run', () => {
  it('sends at its rate however slow the answers are, and waits for the last of them', async () => {
    // Again where a busy machine let it send nothing for a while.
    await eventually(async () => {
      const {summary, tookMs, open} = await runFor(1000, {rps: 200, maxInFlight: 1000, answerAfterMs: 400})
      expect(summary.answered).toBeGreaterThan(130)
      expect(summary.answered).toBeLessThan(240)
      expect(summary.dropped).toBe(0)
      expect(open).toBe(0)
      expect(tookMs).toBeGreaterThan(1000)
      expect(tookMs).toBeLessThan(10_000)
    })
  })

  it('never has more requests open than it may, and counts what it drops', async () => {
    await eventually(async () => {
      const {summary, mostOpen} = await runFor(500, {rps: 400, maxInFlight: 5, answerAfterMs: 100})
      expect(mostOpen).toBe(5)
      expect(summary.dropped).toBeGreaterThan(50)
      expect(summary.answered).toBeLessThanOrEqual(30)
    })
  })

  it('ends at once when nothing is open', async () => {
    const {tookMs} = await runFor(100, {rps: 0.01, maxInFlight: 5, answerAfterMs: 1})
    expect(tookMs).toBeLessThan(5000)
  })
})

describe('the sender', () => {
  async function serve(handler: Parameters<typeof createServer>[1]): Promise<URL> {
    const server = createServer(handler)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  }

  it('reads the cars of a recommendation and where it came from', async () => {
    let got = ''
    const target = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => (got += chunk.toString()))
      request.on('end', () => {
        response.setHeader('x-cache', 'HIT')
        response.end('{"cars":[{"id":"rc-1","dealership":"RobustCar","price":1},{"id":7}]}')
      })
    })
    const send = createSender(target, 2)
    const answer = await send({kind: 'recommend', method: 'POST', path: '/recommend', body: {a: 1}})
    expect(answer).toMatchObject({status: 200, cache: 'HIT'})
    expect(answer.cars).toMatchObject([{id: 'rc-1', dealership: 'RobustCar'}])
    expect(got).toBe('{"a":1}')
  })

  it('keeps its connection', async () => {
    const ports = new Set<number | undefined>()
    const target = await serve((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('{}')
    })
    const send = createSender(target, 5)
    for (let index = 0; index < 3; index++) await send({kind: 'stats', method: 'GET', path: '/stats'})
    expect(ports.size).toBe(1)
  })

  it('answers without status when the target is gone or hangs up', async () => {
    const rude = await serve((request) => request.socket.destroy())
    const gone = new URL('http://127.0.0.1:1')
    for (const target of [rude, gone]) {
      const answer = await createSender(target, 1)({kind: 'stats', method: 'GET', path: '/stats'})
      expect(answer).toMatchObject({status: undefined, cars: []})
    }
  })
})

describe('the summary', () => {
  it('tells answers, failures, drops, statuses and the hit ratio', () => {
    const tally = createTally(1000)
    const answer = {kind: 'recommend', durationMs: 10}
    for (const cache of ['HIT', 'HIT', 'HIT', 'MISS']) tally.add({...answer, status: 200, cache})
    tally.add({kind: 'browse', durationMs: 30, status: 404, cache: undefined})
    tally.add({kind: 'browse', durationMs: 30, status: undefined, cache: undefined})
    tally.drop()
    expect(tally.summarise(3000)).toMatchObject({
      seconds: 2,
      answered: 5,
      failed: 1,
      dropped: 1,
      rps: 2.5,
      by_status: {200: 4, 404: 1},
      by_kind: {recommend: 4, browse: 1},
      cache_hit_ratio: 0.75,
    })
  })

  it('has no ratio and no quantiles when nothing was answered', () => {
    expect(createTally(0).summarise(0)).toMatchObject({answered: 0, cache_hit_ratio: null, p50_ms: null, p99_ms: null})
  })

  it('has quantiles within 2 % of the exact ones', () => {
    const durations = fc.array(fc.double({min: 0.1, max: 20_000, noNaN: true}), {minLength: 1, maxLength: 300})
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99), (values, q) => {
        const sketch = createDurationSketch()
        for (const value of values) sketch.add(value)
        const exact = [...values].sort((a, b) => a - b)[Math.max(1, Math.ceil(q * values.length)) - 1] ?? 0
        expect(Math.abs((sketch.quantile(q) ?? 0) - exact)).toBeLessThanOrEqual(0.02 * exact + 0.006)
      }),
    )
  })
})

describe('the configuration', () => {
  it('runs for ever against the proxy by default', () => {
    expect(readLoadConfig({LOAD_RPS: ''})).toEqual({
      target: new URL('http://proxy:8000'),
      rps: 20,
      durationSeconds: Infinity,
      seed: 1,
      maxInFlight: 200,
    })
    expect(readLoadConfig({LOAD_DURATION: '5', LOAD_RPS: '0.5'})).toMatchObject({durationSeconds: 5, rps: 0.5})
  })

  it.each([
    [{LOAD_RPS: '0'}, 'LOAD_RPS is "0"'],
    [{LOAD_DURATION: '-1'}, 'LOAD_DURATION is "-1"'],
    [{TARGET_URL: 'proxy:8000'}, 'TARGET_URL is "proxy:8000"'],
  ])('refuses %j', (variables, message) => {
    expect(() => readLoadConfig(variables)).toThrow(message)
  })
})
