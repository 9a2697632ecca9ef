import {describe, expect, it} from 'vitest'
import type {Metrics} from '../../../../src/ports/metrics.js'
import {runQuery} from '../../../../src/usecases/signals/run-query.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'

const clock = fakeClock()
const samples = [{labels: {}, value: 1}]
const series = [{labels: {}, points: [{at: 0, value: 1}]}]

function telling(warnings: readonly string[], notes: readonly string[]): Metrics {
  const metrics = fakeMetrics({up: samples}, {up: series})
  return {
    ...metrics,
    query: async (expression) => ({...(await metrics.query(expression)), warnings, notes}),
    queryRange: async (expression, range) => ({...(await metrics.queryRange(expression, range)), warnings, notes}),
  }
}

describe('runQuery', () => {
  it.each([null, 3600])('hands on remarks, which make no answer doubtful (range: %s)', async (rangeSeconds) => {
    const input = {expression: 'up', rangeSeconds, stepSeconds: null}
    expect(await runQuery({metrics: telling([], ['might not be a counter']), clock}, input)).toMatchObject({
      verdict: 'ok',
      warnings: ['might not be a counter'],
    })
    expect(await runQuery({metrics: telling(['partial'], ['remark']), clock}, input)).toMatchObject({
      verdict: 'unknown',
      warnings: ['partial', 'remark'],
    })
  })
})
