import {describe, expect, it} from 'vitest'
import type {LatencyRow} from '../../../src/domain/signals/latency.js'
import {latencyText} from '../../../src/render/signals/latency.js'
import {PLAIN} from '../../../src/render/text/style.js'

function shown(over: Partial<LatencyRow>): string {
  const idle = {requestsPerSecond: null, errorRatio: null, hourAgoSeconds: null, dayAgoSeconds: null}
  const rows = [{group: '/cars', seconds: 0.4, atLeast: false, ...idle, ...over}]
  const data = {by: 'endpoint', quantile: 0.95, windowSeconds: 300, targetSeconds: null, rows, state: 'read'} as const
  return latencyText({verdict: 'healthy', data}, PLAIN).split('\n').at(-1) ?? ''
}

describe('faci latency', () => {
  it.each([
    [{hourAgoSeconds: 0.2, dayAgoSeconds: 0.8}, '● /cars 400 ms ▲ 2.0× in 1h, ▼ 0.50× in 1d – – 200 ms 800 ms'],
    [{hourAgoSeconds: 0.39, dayAgoSeconds: 0.1}, '● /cars 400 ms ▲ 4.0× in 1d – – 390 ms 100 ms'],
    [{hourAgoSeconds: 0}, '● /cars 400 ms ▲ in 1h – – 0 s –'],
    [{}, '● /cars 400 ms – – – –'],
    [{seconds: 0, hourAgoSeconds: 0}, '● /cars 0 s – – 0 s –'],
  ])('says how the figure of now changed beside it, and the earlier ones as they were: %o', (over, line) => {
    expect(shown(over).replaceAll(/ +/g, ' ')).toBe(line)
  })
})
