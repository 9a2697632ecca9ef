import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {endpointVerdict, judgeAnswer, latencySummary, type Probe} from '../../../../src/domain/stack/health.js'
import {worstState} from '../../../../src/domain/verdict.js'

const probe = (latencySeconds: number | null, outcome: Probe['outcome'] = 'healthy'): Probe => ({
  outcome,
  status: 200,
  latencySeconds,
  reason: null,
})

describe('latencySummary', () => {
  it('lies between the fastest and the slowest', () => {
    fc.assert(
      fc.property(fc.array(fc.double({min: 0, max: 100, noNaN: true}), {minLength: 1}), (values) => {
        const summary = latencySummary(values.map((value) => probe(value)))
        expect(summary?.minSeconds).toBe(Math.min(...values))
        expect(summary?.maxSeconds).toBe(Math.max(...values))
        expect(summary?.medianSeconds).toBeGreaterThanOrEqual(Math.min(...values))
        expect(summary?.medianSeconds).toBeLessThanOrEqual(Math.max(...values))
      }),
    )
  })

  it('has half of the values on each side', () => {
    expect(latencySummary([3, 1, 2].map((value) => probe(value)))?.medianSeconds).toBe(2)
    expect(latencySummary([4, 1, 2, 3].map((value) => probe(value)))?.medianSeconds).toBe(2.5)
  })

  it('is null without an answer', () => {
    expect(latencySummary([probe(null, 'unreachable')])).toBeNull()
  })
})

describe('verdicts', () => {
  it('an endpoint that answers sometimes is degraded, never healthy', () => {
    expect(endpointVerdict([probe(1), probe(null, 'unreachable')])).toBe('degraded')
    expect(endpointVerdict([probe(null, 'unreachable')])).toBe('down')
    expect(endpointVerdict([])).toBe('unknown')
  })

  it('reads the answer', () => {
    expect(judgeAnswer(200, '{"status":"healthy"}').outcome).toBe('healthy')
    expect(judgeAnswer(200, '{"uptime":3,"status":"degraded"}').outcome).toBe('degraded')
    expect(judgeAnswer(200, 'OK').outcome).toBe('healthy')
    expect(judgeAnswer(503, '{"status":"unhealthy"}')).toEqual({
      outcome: 'failing',
      reason: {why: 'httpStatus', status: 503, says: 'unhealthy'},
    })
    expect(judgeAnswer(302, '').outcome).toBe('failing')
  })

  it('a verdict from missing data is never healthy', () => {
    expect(worstState([])).toBe('unknown')
    expect(worstState(['healthy', 'unknown'])).toBe('unknown')
    expect(worstState(['unknown', 'degraded', 'healthy'])).toBe('degraded')
    expect(worstState(['unknown', 'down'])).toBe('down')
  })
})
