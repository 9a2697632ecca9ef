import {describe, expect, it} from 'vitest'
import {retentionFlagSeconds, retentionSeconds} from '../../../../src/adapters/prometheus/retention.js'

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

describe('retentionFlagSeconds', () => {
  const page = (value: string): string => `-httpListenAddr=":8428"\n-retentionPeriod="${value}"\n-retentionFilter=""\n`

  it.each([
    ['1', 31 * 86_400],
    ['1.5', 46.5 * 86_400],
    ['2M', 62 * 86_400],
    ['30d', 30 * 86_400],
    ['100y', 100 * 365 * 86_400],
    ['1w3d', 10 * 86_400],
    ['36h', 36 * 3600],
  ])('reads %s as VictoriaMetrics does', (value, seconds) => {
    expect(retentionFlagSeconds(page(value))).toBe(seconds)
  })

  it.each(['', 'soon', '5x', '.'])('knows no time in %j', (value) => {
    expect(retentionFlagSeconds(page(value))).toBeNull()
  })

  it('takes no other page for it', () => {
    expect(retentionFlagSeconds('<html>set -retentionPeriod="1y"</html>')).toBeNull()
  })
})
