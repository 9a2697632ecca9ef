import {describe, expect, it} from 'vitest'
import {instantAnswer, rangeAnswer} from '../../../../src/adapters/prometheus/response.js'
import type {Answer} from '../../../../src/adapters/http/client.js'

const HISTOGRAM = [1, {count: '3', sum: '1.5', buckets: []}]

function success(data: unknown, more: object = {}): Answer {
  return {status: 200, headers: {}, body: {status: 'success', data, ...more}}
}

describe('instantAnswer', () => {
  it('leaves native histograms out and says so', () => {
    const result = [
      {metric: {job: 'a'}, histogram: HISTOGRAM},
      {metric: {job: 'b'}, value: [1, '2']},
    ]
    expect(instantAnswer(success({resultType: 'vector', result}))).toEqual({
      kind: 'vector',
      samples: [{labels: {job: 'b'}, value: 2}],
      warnings: [],
      notes: ['native histograms are not shown: 1 samples'],
    })
  })

  it('knows a remark among the warnings, where Prometheus 2.53 has it', () => {
    const warnings = ['PromQL warning: quantile value should be between 0 and 1', 'PromQL info: might not be a counter']
    expect(instantAnswer(success({resultType: 'vector', result: []}, {warnings}))).toMatchObject({
      warnings: ['PromQL warning: quantile value should be between 0 and 1'],
      notes: ['PromQL info: might not be a counter'],
    })
  })
})

describe('rangeAnswer', () => {
  it('leaves native histograms out and says so', () => {
    const result = [
      {metric: {job: 'a'}, histograms: [HISTOGRAM]},
      {metric: {job: 'b'}, values: [[1, '+Inf']]},
    ]
    expect(rangeAnswer(success({resultType: 'matrix', result}))).toEqual({
      series: [{labels: {job: 'b'}, points: [{at: 1, value: Infinity}]}],
      warnings: [],
      notes: ['native histograms are not shown: 1 series'],
    })
  })
})
