import {describe, expect, it} from 'vitest'
import {latencyQueries} from '../../../../src/domain/signals/latency.js'
import {triageLatency} from '../../../../src/usecases/signals/triage-latency.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'

const question = {scope: {job: null, windowSeconds: 300}, by: 'endpoint', quantile: 0.95, top: 5}
const input = {...question, targetSeconds: 1}
const queries = latencyQueries(question)
const {labels: labelsAsked, ...always} = queries

describe('triageLatency', () => {
  it.each(Object.entries(always))('rests no verdict on a partial answer about %s', async (_, partial) => {
    const metrics = fakeMetrics({[queries.slowest]: [{labels: {endpoint: '/cars'}, value: 0.2}]})
    const {verdict} = await triageLatency({metrics}, input)
    expect(verdict).toBe('healthy')
    const torn = async (expression: string): ReturnType<typeof metrics.query> => ({
      ...(await metrics.query(expression)),
      warnings: expression === partial ? ['store-2 is away'] : [],
    })
    expect(await triageLatency({metrics: {...metrics, query: torn}}, input)).toMatchObject({
      verdict: 'unknown',
      warnings: ['store-2 is away'],
    })
  })

  const series = [{labels: {__name__: 'x_bucket', le: '+Inf', endpoint: '/cars', instance: 'api:8000'}, value: 3}]
  const nameless = {[queries.slowest]: [{labels: {}, value: 0.2}]}

  it.each([
    ['nolabel', 'faci latency --by endpoint'],
    ['instnce', 'faci latency --by instance'],
    ['le', 'faci latency --by endpoint'],
  ])('refuses the label %s that no series has, with those there are', async (by, suggestion) => {
    const asked = latencyQueries({...question, by})
    const metrics = fakeMetrics({[asked.slowest]: [{labels: {}, value: 0.2}], [asked.labels]: series})
    await expect(triageLatency({metrics}, {...input, by})).rejects.toMatchObject({
      code: 'notFound',
      message: `no series of http_request_duration_seconds_bucket can be grouped by ${by}: their labels are endpoint, instance`,
      suggestions: [suggestion],
    })
  })

  it('refuses no label that idle series have, nor on a partial answer, nor where there is no series', async () => {
    const idle = fakeMetrics({...nameless, [labelsAsked]: series})
    expect(await triageLatency({metrics: idle}, input)).toMatchObject({verdict: 'healthy'})
    expect(await triageLatency({metrics: fakeMetrics({})}, input)).toMatchObject({verdict: 'unknown'})
    const other = [{labels: {le: '+Inf', instance: 'api:8000'}, value: 3}]
    const partial = fakeMetrics({...nameless, [labelsAsked]: other}, {}, ['store-2 is away'])
    expect(await triageLatency({metrics: partial}, input)).toMatchObject({verdict: 'unknown'})
  })
})
