import {describe, expect, it} from 'vitest'
import {retryDelaySeconds} from '../../../../src/domain/notices/retry-delay.js'

describe('the delay before another try', () => {
  it('doubles up to an hour, and respects what the service asks for', () => {
    expect([1, 2, 3, 20].map((failures) => retryDelaySeconds(failures, null))).toEqual([30, 60, 120, 3600])
    expect(retryDelaySeconds(1, 90)).toBe(90)
    expect(retryDelaySeconds(1, 5)).toBe(30)
  })
})
