import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {deadlineOf} from './suites/bad-day.js'
import {createPrometheusMetrics} from '../../src/adapters/prometheus/prometheus-metrics.js'
import type {Metrics} from '../../src/ports/metrics.js'
import {availableBackends} from '../support/backends/available-backends.js'
import type {RunningBackend} from '../support/backends/backend.js'
import {fakeMetrics} from '../support/fakes/metrics.js'
import {type Misbehaviour, misbehavingServer} from '../support/servers/misbehaving.js'
import {type QueryApi, queryApi} from '../support/servers/query-api.js'
import {backendContract} from './suites/metrics-backend.js'
import {metricsContract} from './suites/metrics.js'
import {ownQueries} from './suites/own-queries.js'
import {ownSlos} from './suites/own-slos.js'

const options = {headers: {}, tenant: null, partialResponse: 'deny', timeoutSeconds: 2.5} as const
const YEAR_SECONDS = 365 * 86_400

const {present: backends, missing} = await availableBackends()
const [first] = backends
const running = new Map<string, RunningBackend>()
const urlOf = (name: string): string => running.get(name)?.url ?? ''
// On a busy machine five servers that start at once take longer than a deadline that is to be met.
const patient = {...options, timeoutSeconds: 15}
const metricsOf = (name: string): Metrics => createPrometheusMetrics({...patient, url: urlOf(name)})

beforeAll(async () => {
  await Promise.all(backends.map(async ({name, start}) => running.set(name, await start())))
})
afterAll(() => {
  for (const {stop} of running.values()) stop()
})

const point = {at: 0, value: 7}
metricsContract(
  'the fake',
  () => fakeMetrics({'vector(7)': [{labels: {}, value: 7}]}, {'vector(7)': [{labels: {}, points: [point]}]}),
  15 * 86_400,
)
for (const backend of backends) {
  const {name} = backend
  metricsContract(name, () => metricsOf(name), 100 * YEAR_SECONDS)
  backendContract(backend, () => urlOf(name), patient)
  const own = (): Metrics => metricsOf(name)
  const firstOne = (): Metrics => metricsOf(first.name)
  ownQueries(name, own, firstOne)
  ownSlos(name, own, firstOne)
}
it.skip.each(missing)('Metrics: %s', () => undefined)

const VECTOR = {data: {resultType: 'vector', result: [{metric: {}, value: [1, '1']}]}}
const MATRIX = {data: {resultType: 'matrix', result: [{metric: {}, values: [[1, '1']]}]}}

describe('a gateway before a Prometheus-compatible backend', () => {
  const withGateway = async (
    wanted: Readonly<Record<string, string>>,
    answer: Readonly<Record<string, unknown>>,
    act: (gateway: QueryApi) => Promise<void>,
  ): Promise<void> => {
    const gateway = await queryApi(wanted, answer)
    try {
      await act(gateway)
    } finally {
      gateway.close()
    }
  }

  it.each([
    ['gauge', ['gauge', 'gauge']],
    ['counter', ['counter']],
    ['other', ['summary']],
    ['unknown', ['counter', 'gauge']],
    ['unknown', []],
  ])('says that a metric is %s of which the targets say %j', async (type, said) => {
    const data = {x_total: said.map((one) => ({type: one, help: '', unit: ''}))}
    await withGateway({}, {data}, async ({url, asked}) => {
      const metrics = createPrometheusMetrics({...options, url, tenant: null})
      expect(await metrics.type('x_total')).toBe(type)
      expect(await metrics.type('y')).toBe('unknown')
      expect(asked[0]?.path).toBe('/tenants/prometheus/api/v1/metadata?metric=x_total')
    })
    await withGateway({}, {data: 'nothing'}, async ({url}) => {
      expect(await createPrometheusMetrics({...options, url, tenant: null}).type('x_total')).toBe('unknown')
    })
  })

  it('lets in the tenant and the headers of faci.yml, at the base path', async () => {
    const wanted = {'x-scope-orgid': 'shop|depot', authorization: 'Bearer s3cret'}
    await withGateway(wanted, VECTOR, async ({url, asked}) => {
      const mine = {...options, url, tenant: 'shop|depot', headers: {Authorization: 'Bearer s3cret'}}
      await createPrometheusMetrics(mine).query('up')
      expect(asked).toMatchObject([{method: 'POST', path: '/tenants/prometheus/api/v1/query', form: {query: 'up'}}])
      await createPrometheusMetrics(mine).version()
      expect(asked[1]?.path).toBe('/tenants/prometheus/api/v1/status/buildinfo')
      await expect(createPrometheusMetrics({...mine, tenant: null}).query('up')).rejects.toMatchObject({
        code: 'badAnswer',
        message: expect.stringContaining('HTTP 401') as string,
      })
      expect(await createPrometheusMetrics({...mine, tenant: null}).retention()).toBeNull()
    })
  })

  it('is asked for whole answers or none, by a deadline, at the very times', async () => {
    await withGateway({}, MATRIX, async ({url, asked}) => {
      const range = {start: 60, end: 120, stepSeconds: 30}
      await createPrometheusMetrics({...options, url}).queryRange('up', range)
      const exact = {query: 'up', start: '60', end: '120', step: '30', timeout: '2500ms', nocache: '1'}
      expect(asked[0]?.form).toEqual({...exact, partial_response: 'false', deny_partial_response: '1'})
      await createPrometheusMetrics({...options, url, partialResponse: 'allow'}).queryRange('up', range)
      expect(asked[1]?.form).toEqual(exact)
    })
  })

  it('is not asked for more than 11,000 points, and what to type instead is said', async () => {
    await withGateway({}, MATRIX, async ({url, asked}) => {
      const {queryRange} = createPrometheusMetrics({...options, url})
      await queryRange('up', {start: 0, end: 10_999, stepSeconds: 1})
      await expect(queryRange('up', {start: 0, end: 11_000, stepSeconds: 1})).rejects.toMatchObject({
        code: 'usage',
        suggestions: ['--step 2s'],
      })
      expect(asked).toHaveLength(1)
    })
  })

  it('hands on warnings, remarks and that an answer is partial', async () => {
    const remarks = {warnings: ['store-2 is away'], infos: ['metric might not be a counter'], isPartial: true}
    const told = {
      warnings: ['store-2 is away', 'the backend answered with partial data'],
      notes: ['metric might not be a counter'],
    }
    await withGateway({}, {...VECTOR, ...remarks}, async ({url}) => {
      expect(await createPrometheusMetrics({...options, url}).query('up')).toMatchObject(told)
    })
    await withGateway({}, {...MATRIX, ...remarks}, async ({url}) => {
      const range = {start: 0, end: 60, stepSeconds: 30}
      expect(await createPrometheusMetrics({...options, url}).queryRange('up', range)).toMatchObject(told)
    })
    await withGateway({}, {...VECTOR, isPartial: false}, async ({url}) => {
      expect(await createPrometheusMetrics({...options, url}).query('up')).toMatchObject({warnings: [], notes: []})
    })
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
    const {query} = createPrometheusMetrics({...options, url: server.url, timeoutSeconds: deadlineOf(code)})
    await expect(query('up')).rejects.toMatchObject({code})
    expect(Date.now() - started).toBeLessThan(20_000)
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
