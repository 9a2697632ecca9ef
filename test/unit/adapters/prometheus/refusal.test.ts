import {describe, expect, it} from 'vitest'
import {refusal} from '../../../../src/adapters/prometheus/refusal.js'
import type {FaciError} from '../../../../src/domain/errors.js'

function refused(errorType: string, error: string, status = 422): FaciError {
  return refusal({status, headers: {}, body: {status: 'error', errorType, error}})
}

/** What VictoriaMetrics 1.79 and 1.145 answered. */
const NOW = 'for (time=1709640000000, step=300000)'
const RANGE = 'on the time range (start=1709560000000, end=1709640000000, step=5000)'

describe('refusal', () => {
  it.each([
    ['bad_data', 'invalid parameter "query": 1:5: parse error', 400, 'usage'],
    ['timeout', 'query timed out in expression evaluation', 503, 'timedOut'],
    ['execution', 'found duplicate series for the match group', 422, 'badAnswer'],
    ['internal', 'disk full', 500, 'badAnswer'],
  ])('of Prometheus: %s', (errorType, error, status, code) => {
    expect(refused(errorType, error, status)).toMatchObject({code, message: expect.stringContaining(error) as string})
  })

  it.each([
    [
      `error when executing query="sum(" ${NOW}: singleExpr: unexpected token ""; unparsed data: ""`,
      'usage',
      'Prometheus refused the expression: singleExpr: unexpected token ""; unparsed data: ""',
    ],
    [
      `error when executing query="x{a=\\"(b) for (c): d\\"}[" ${RANGE}: cannot execute query: argList: unparsed data: "["`,
      'usage',
      'Prometheus refused the expression: cannot execute query: argList: unparsed data: "["',
    ],
    [
      'cannot evaluate "histogram_quantile(0.5)": unexpected number of args; got 1; want 2...3',
      'usage',
      'Prometheus refused the expression: cannot evaluate "histogram_quantile(0.5)": unexpected number of args; got 1; want 2...3',
    ],
    [
      `error when executing query="up" ${RANGE}: cannot execute query: timeout exceeded during query execution: 0.001 seconds`,
      'timedOut',
      'Prometheus gave up on the query: cannot execute query: timeout exceeded during query execution: 0.001 seconds',
    ],
    [
      'timeout exceeded during query execution: 0.001 seconds (elapsed 1.790 seconds)',
      'timedOut',
      'Prometheus gave up on the query: timeout exceeded during query execution: 0.001 seconds (elapsed 1.790 seconds)',
    ],
    [
      `error when executing query="a * on (job) b" ${NOW}: cannot evaluate "a * on (job) b": duplicate time series on the left side`,
      'badAnswer',
      'Prometheus could not answer: cannot evaluate "a * on (job) b": duplicate time series on the left side',
    ],
  ])('of VictoriaMetrics: %s', (error, code, message) => {
    expect(refused('422', error)).toMatchObject({code, message})
  })

  it('of something else names the URL to look at', () => {
    expect(refusal({status: 404, headers: {}, body: '404 page not found'})).toMatchObject({
      code: 'badAnswer',
      message: 'Prometheus answered HTTP 404',
      suggestions: ['check prometheus.url in faci.yml: it must be the base of /api/v1'],
    })
  })
})
