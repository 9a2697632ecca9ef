import {describe, expect, it} from 'vitest'
import {latencyQueries} from '../../../../src/domain/signals/latency.js'
import {triageLatency} from '../../../../src/usecases/signals/triage-latency.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'

const question = {scope: {job: null, windowSeconds: 300}, by: 'endpoint', quantile: 0.95, top: 5}
const input = {...question, targetSeconds: 1}
const queries = latencyQueries(question)

describe('triageLatency', () => {
  it.each(Object.entries(queries))('rests no verdict on a partial answer about %s', async (_, partial) => {
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
})
