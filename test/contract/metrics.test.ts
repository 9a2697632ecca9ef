import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {createPrometheusMetrics} from '../../src/adapters/prometheus/prometheus-metrics.js'
import type {Metrics} from '../../src/ports/metrics.js'
import {fakeMetrics} from '../support/fakes/metrics.js'
import {type Misbehaviour, misbehavingServer} from '../support/servers/misbehaving.js'
import {type RealPrometheus, realPrometheus} from '../support/servers/real-prometheus.js'

const options = {headers: {}, tenant: null, partialResponse: 'deny', timeoutSeconds: 2.5} as const

let real: RealPrometheus

beforeAll(async () => {
  real = await realPrometheus()
})
afterAll(() => {
  real.stop()
})

const point = {at: 0, value: 7}
const implementations: readonly (readonly [string, () => Metrics])[] = [
  [
    'the fake',
    () => fakeMetrics({'vector(7)': [{labels: {}, value: 7}]}, {'vector(7)': [{labels: {}, points: [point]}]}),
  ],
  ['a real Prometheus', () => createPrometheusMetrics({url: real.url, ...options})],
]

describe.each(implementations)('Metrics: %s', (_, make) => {
  it('gives the sample of an instant query', async () => {
    const answer = await make().query('vector(7)')
    expect(answer.samples).toEqual([{labels: {}, value: 7}])
    expect(answer.warnings).toEqual([])
  })

  it('gives nothing, without an error, when nothing matches', async () => {
    expect((await make().query('no_such_metric')).samples).toEqual([])
  })

  it('calls a wrong expression a usage error that says where', async () => {
    await expect(make().query('sum(')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/1:\d+: parse error/) as string,
    })
  })

  it('gives a range', async () => {
    const {series} = await make().queryRange('vector(7)', {start: 1_700_000_000, end: 1_700_000_060, stepSeconds: 15})
    expect(series[0]?.points[0]?.value).toBe(7)
  })

  it('refuses more points than Prometheus gives, before asking', async () => {
    const range = {start: 0, end: 1_000_000, stepSeconds: 1}
    await expect(make().queryRange('vector(7)', range)).rejects.toMatchObject({code: 'usage'})
  })

  it('knows the version', async () => {
    expect(await make().version()).toMatch(/^\d+\.\d+/)
  })
})

describe('a real Prometheus', () => {
  it('sends infinities and NaN as they are', async () => {
    const {query} = createPrometheusMetrics({url: real.url, ...options})
    expect((await query('vector(1) / 0')).samples[0]?.value).toBe(Infinity)
    expect((await query('vector(-1) / 0')).samples[0]?.value).toBe(-Infinity)
    expect((await query('vector(0) / 0')).samples[0]?.value).toBeNaN()
  })

  it('answers scalars', async () => {
    const {query} = createPrometheusMetrics({url: `${real.url}/`, ...options})
    expect(await query('42')).toMatchObject({kind: 'scalar', samples: [{value: 42}]})
  })

  it('calls a range vector a usage error that says what to write', async () => {
    const {query} = createPrometheusMetrics({url: real.url, ...options})
    await expect(query('up[5m]')).rejects.toMatchObject({code: 'usage'})
  })
})

describe('Prometheus having a bad day', () => {
  const cases: readonly (readonly [Misbehaviour, string])[] = [
    ['slow', 'timedOut'],
    ['trickle', 'timedOut'],
    ['junk', 'badAnswer'],
    ['html', 'badAnswer'],
    ['wrongShape', 'badAnswer'],
    ['error500', 'badAnswer'],
    ['reset', 'unreachable'],
  ]

  it.each(cases)('%s is %s, within the deadline', async (how, code) => {
    const server = await misbehavingServer(how)
    const started = Date.now()
    const {query} = createPrometheusMetrics({...options, url: server.url, timeoutSeconds: 0.5})
    await expect(query('up')).rejects.toMatchObject({code})
    expect(Date.now() - started).toBeLessThan(3000)
    await server.close()
  })

  it('takes the limits of one query, and an interruption', async () => {
    const server = await misbehavingServer('slow')
    const {query} = createPrometheusMetrics({...options, url: server.url, timeoutSeconds: 30})
    await expect(query('up', {timeoutSeconds: 0.3})).rejects.toMatchObject({
      code: 'timedOut',
      message: expect.stringContaining('0.3 s') as string,
    })
    await expect(query('up', {signal: AbortSignal.timeout(100)})).rejects.toMatchObject({code: 'interrupted'})
    await server.close()
  })

  it('shows no password of its URL', async () => {
    const {query} = createPrometheusMetrics({...options, url: 'http://user:hunter2@127.0.0.1:1/'})
    await expect(query('up')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.not.stringContaining('hunter2') as string,
    })
  })
})
