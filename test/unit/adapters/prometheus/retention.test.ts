import {describe, expect, it} from 'vitest'
import {retentionSeconds} from '../../../../src/adapters/prometheus/retention.js'

describe('retentionSeconds', () => {
  it.each([
    ['15d', 1_296_000],
    ['15d or 10GiB', 1_296_000],
    ['1y2w', 32_745_600],
    ['1d12h30m', 131_400],
    ['90ms', 0.09],
  ])('reads %s', (text, seconds) => {
    expect(retentionSeconds(text)).toBeCloseTo(seconds, 9)
  })

  it.each(['10GiB', '', 'forever'])('knows no time in %j', (text) => {
    expect(retentionSeconds(text)).toBeNull()
  })
})
