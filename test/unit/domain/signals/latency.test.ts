import {describe, expect, it} from 'vitest'
import {latencyRows} from '../../../../src/domain/signals/latency.js'

const endpoint = (name: string, value: number) => ({labels: {endpoint: name}, value})
const none = {slowest: [], hourAgo: [], dayAgo: [], traffic: [], errors: [], buckets: []}

describe('latencyRows', () => {
  it('joins by group, slowest first, and leaves gaps null', () => {
    const rows = latencyRows(
      {
        ...none,
        slowest: [endpoint('/cars', 0.1), endpoint('/recommend', 0.4)],
        hourAgo: [endpoint('/recommend', 0.2)],
        traffic: [endpoint('/cars', 5), endpoint('/recommend', 2)],
        buckets: [
          {labels: {le: '10'}, value: 1},
          {labels: {le: '+Inf'}, value: 1},
        ],
      },
      'endpoint',
    )
    expect(rows.map(({group}) => group)).toEqual(['/recommend', '/cars'])
    expect(rows[0]).toMatchObject({seconds: 0.4, atLeast: false, hourAgoSeconds: 0.2, dayAgoSeconds: null})
    expect(rows[1]).toMatchObject({requestsPerSecond: 5, errorRatio: null, hourAgoSeconds: null})
  })

  it('says "at least" when the quantile is in the last finite bucket', () => {
    const buckets = [
      {labels: {le: '10.0'}, value: 1},
      {labels: {le: '0.5'}, value: 1},
      {labels: {le: '+Inf'}, value: 1},
    ]
    expect(latencyRows({...none, slowest: [endpoint('/slow', 10)], buckets}, 'endpoint')[0]).toMatchObject({
      seconds: 10,
      atLeast: true,
    })
  })

  it('drops idle groups', () => {
    expect(latencyRows({...none, slowest: [endpoint('/idle', NaN)]}, 'endpoint')).toEqual([])
  })
})
