import {describe, expect, it} from 'vitest'
import {readThreshold} from '../../../../src/formats/promql/read-threshold.js'

describe('what an alert is held against', () => {
  it.each([
    ['up == 0', 'up', '==', 0],
    ['sum(rate(a[5m])) / sum(rate(b[5m])) > 0.05', 'sum(rate(a[5m])) / sum(rate(b[5m]))', '>', 0.05],
    ['((a - b) <= -1.5)', '(a - b)', '<=', -1.5],
    ['a{x="> 5"}\n  >= 1e3 # why', 'a{x="> 5"}', '>=', 1000],
    ['(a) < (2)', '(a)', '<', 2],
    ['a + on (job) b > 5', 'a + on (job) b', '>', 5],
  ])('%s', (written, expression, operator, value) => {
    expect(readThreshold(written)).toEqual({expression, operator, value})
  })

  it.each([
    ...['up', 'a > b', '5 < a', 'a > bool 5', 'a > 5 and b > 6', 'absent(up)', '(a > 5) or (b > 5)', 'a > 5 * 2'],
    ...['1 > 2', 'a >', '', '(((', 'a > 5 > 3 unless b'],
  ])('is not one number in %s', (written) => {
    expect(readThreshold(written)).toBeNull()
  })
})
