import {describe, expect, it} from 'vitest'
import {worstOfJudged, worstState} from '../../../src/domain/verdict.js'

describe('worstState', () => {
  it('is unknown, never healthy, of nothing', () => {
    expect([worstState([]), worstState(['healthy', 'unknown']), worstState(['unknown', 'degraded', 'down'])]).toEqual([
      'unknown',
      'unknown',
      'down',
    ])
  })
})

describe('worstOfJudged', () => {
  it.each([
    [[], 'unknown'],
    [['notJudged', 'notJudged'], 'notJudged'],
    [['notJudged', 'healthy'], 'healthy'],
    [['notJudged', 'unknown'], 'unknown'],
    [['notJudged', 'healthy', 'degraded'], 'degraded'],
  ] as const)('%j is %s', (parts, whole) => {
    expect(worstOfJudged(parts)).toBe(whole)
  })
})
