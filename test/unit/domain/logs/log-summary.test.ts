import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {logSummariser} from '../../../../src/domain/logs/log-summary.js'
import {parseEntry} from '../../../../src/domain/logs/parse-entry.js'

function summarise(lines: readonly object[]) {
  const summariser = logSummariser()
  for (const line of lines)
    summariser.add(parseEntry({stamp: null, text: JSON.stringify(line)}, {service: 'api', replica: 1}))
  return summariser.summary()
}

describe('logSummariser', () => {
  it('counts by level, status and endpoint, busiest endpoint first', () => {
    const summary = summarise([
      {
        level: 'info',
        timestamp: '2026-11-23T06:00:01Z',
        method: 'GET',
        endpoint: '/cars',
        status: 200,
        duration_ms: 100,
      },
      {
        level: 'error',
        timestamp: '2026-11-23T06:00:00Z',
        method: 'GET',
        endpoint: '/cars',
        status: 500,
        duration_ms: 100,
      },
      {
        level: 'info',
        timestamp: '2026-11-23T06:00:02Z',
        method: 'GET',
        endpoint: '/stats',
        status: 200,
        duration_ms: 100,
      },
      {message: 'ready'},
    ])
    expect(summary).toMatchObject({
      entries: 4,
      from: '2026-11-23T06:00:00.000Z',
      to: '2026-11-23T06:00:02.000Z',
      levels: [
        {level: 'error', count: 1},
        {level: 'info', count: 2},
        {level: 'none', count: 1},
      ],
      statuses: [
        {status: 200, count: 2},
        {status: 500, count: 1},
      ],
    })
    expect(summary.endpoints.map(({endpoint, count, serverErrors}) => [endpoint, count, serverErrors])).toEqual([
      ['GET /cars', 2, 1],
      ['GET /stats', 1, 0],
    ])
    expect(summary.duration?.p50Seconds).toBeCloseTo(0.1, 2)
    expect(summary.duration?.maxSeconds).toBe(0.1)
  })

  it('of nothing says nothing', () => {
    expect(summarise([])).toEqual({
      entries: 0,
      from: null,
      to: null,
      levels: [],
      statuses: [],
      endpoints: [],
      duration: null,
    })
  })

  it('keeps the number of endpoints bounded, however many paths there are', () => {
    const summary = summarise(Array.from({length: 1000}, (_, index) => ({path: `/cars/${String(index)}`})))
    expect(summary.endpoints).toHaveLength(201)
    expect(summary.endpoints.at(-1)).toMatchObject({endpoint: 'other', count: 800})
  })

  it('loses no entry', () => {
    const line = fc.record({
      level: fc.constantFrom('info', 'error', 'odd'),
      status: fc.integer({min: 100, max: 599}),
      path: fc.string().map((rest) => `/${rest}`),
    })
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const {levels, statuses, endpoints} = summarise(lines)
        const total = (counts: readonly {readonly count: number}[]): number =>
          counts.reduce((sum, {count}) => sum + count, 0)
        expect([levels, statuses, endpoints].map(total)).toEqual([lines.length, lines.length, lines.length])
      }),
    )
  })
})
