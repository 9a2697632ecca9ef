import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {eventually} from '../support/eventually.js'
import {firstDay} from '../support/first-day.js'
import {ownStack} from '../support/own-stack.js'
import {workspace} from '../support/workspace.js'

const stack = await ownStack()
const here = workspace(stack)

async function traffic(count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    await fetch(`${stack.urls.api}/cars?per_page=5`)
    await fetch(`${stack.urls.api}/no-such-page`)
  }
}

beforeAll(async () => {
  await firstDay(stack)
  await traffic(20)
  await eventually(async () => {
    await traffic(5)
    const {exitCode} = await here.faci(['query', 'sum(rate(http_requests_total{endpoint="/cars"}[1m])) > 0'])
    expect(exitCode).toBe(0)
  }, 60)
})
afterAll(() => {
  here.remove()
})

describe('faci health', () => {
  it('probes the real API through the proxy', async () => {
    const {stdout, exitCode} = await here.faci(['health', '--count', '3', '--interval', '50ms'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/api\s+● healthy\s+200.*3\/3 ok/)
  })

  it('says down, with the reason, when nobody listens', async () => {
    const {stdout, exitCode} = await here.faci(['health'], {env: {API_PORT: '1'}})
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/✖ down.*connection refused/)
  })

  it('has one JSON document', async () => {
    const {stdout, stderr} = await here.faci(['health', '--json'])
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'faci.health/v1',
      verdict: 'healthy',
      data: {endpoints: [{name: 'api', verdict: 'healthy', probes: [{status: 200}]}]},
    })
  })
})

describe('faci signals', () => {
  // They are as of half a minute ago, when the stack was younger still.
  beforeAll(async () => {
    await eventually(async () => {
      await traffic(5)
      const {stdout} = await here.faci(['signals', '--business'])
      expect(stdout).toMatch(/mean match score +no traffic/)
      // Of another exporter, scraped every 15 s.
      expect((await here.faci(['signals'])).stdout).toMatch(/disk, fullest mount +[\d.]+ %/)
    }, 120)
  })

  it('reads the golden signals of the real service, and none from before it lived', async () => {
    const {stdout, exitCode} = await here.faci(['signals', '--json'])
    const {data} = JSON.parse(stdout) as {data: {signals: readonly {name: string; reading: {kind: string}}[]}}
    const kinds = Object.fromEntries(data.signals.map(({name, reading}) => [name, reading.kind]))
    expect(kinds).toMatchObject({traffic: 'value', latencyP95: 'value', cpu: 'value', memory: 'value', disk: 'value'})
    // Half of the requests above are for a page that is not there: far over the target for 4xx.
    expect(data.signals.find(({name}) => name === 'clientErrors')).toMatchObject({verdict: 'degraded', weekAgo: null})
    expect(exitCode).toBe(3)
  })

  it('says no traffic for what nobody asked for, with the query on request', async () => {
    const {stdout} = await here.faci(['signals', '--business', '--explain'])
    expect(stdout).toMatch(/mean match score +no traffic/)
    expect(stdout).toMatch(/cars without image +[\d.]+ %/)
    expect(stdout).toContain('sum by (job) (rate(recommendations_total{job="faciliauto-api"}[5m]))')
  })

  it('is exit 4 with the reason when Prometheus is away', async () => {
    const {stderr, exitCode} = await here.faci(['signals'], {env: {PROMETHEUS_PORT: '1'}})
    expect(exitCode).toBe(4)
    expect(stderr).toMatch(/Prometheus.*connection refused/)
  })
})

describe('faci query', () => {
  it('asks the real Prometheus', async () => {
    const {stdout, exitCode} = await here.faci(['query', 'up{job="faciliauto-api"}'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ *1 {2}up\{.*job="faciliauto-api"/m)
  })

  it('is exit 4 when no series matches', async () => {
    const {stdout, exitCode} = await here.faci(['query', 'no_such_metric'])
    expect(exitCode).toBe(4)
    expect(stdout).toMatch(/no data/)
  })

  it('is exit 2 with the place for a wrong expression', async () => {
    const {stderr, exitCode} = await here.faci(['query', 'sum('])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/1:\d+: parse error/)
  })

  it('prints a range as CSV', async () => {
    const {stdout, exitCode} = await here.faci([
      ...['query', 'vector(3)', '--range', '1m', '--step', '15s', '--output', 'csv'],
    ])
    expect(exitCode).toBe(0)
    expect(stdout.split('\n')[0]).toBe('series,time,value')
    expect(stdout.split('\n')).toHaveLength(6)
  })

  it('is exit 4 within its deadline when Prometheus is gone', async () => {
    const {stderr, exitCode} = await here.faci(['query', 'up'], {env: {PROMETHEUS_PORT: '1'}})
    expect(exitCode).toBe(4)
    expect(stderr).toMatch(/Prometheus at http:\/\/127\.0\.0\.1:1 cannot be reached: connection refused/)
  })
})

describe('faci latency', () => {
  it('ranks the endpoints that had traffic', async () => {
    const {stdout} = await here.faci(['latency', '--json', '--window', '1m'])
    const {data} = JSON.parse(stdout) as {data: {state: string; rows: {group: string; seconds: number}[]}}
    expect(data.state).toBe('read')
    expect(data.rows.map(({group}) => group)).toContain('/cars')
    expect(data.rows.every(({seconds}) => seconds > 0)).toBe(true)
    expect(data.rows.map(({group}) => group)).not.toContain('/health')
  })

  it('refuses a label that is none', async () => {
    const {stderr, exitCode} = await here.faci(['latency', '--by', 'end-point'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/not a label name/)
  })
})
