import {describe, expect, it} from 'vitest'
import {isInRanges, parseStatusRanges} from '../../../../src/domain/logs/status-range.js'

describe('parseStatusRanges', () => {
  it.each([
    ['5xx', [[500, 599]]],
    ['404', [[404, 404]]],
    ['4xx-5xx', [[400, 599]]],
    ['400-404', [[400, 404]]],
    [
      '404, 5XX',
      [
        [404, 404],
        [500, 599],
      ],
    ],
  ])('reads %j', (text, expected) => {
    expect(parseStatusRanges(text).map(({first, last}) => [first, last])).toEqual(expected)
  })

  it.each(['', '6xx', '99', '5x', '500-', '5xx-4xx', '1-2-3', 'ok', '404,,500'])(
    'refuses %j and says how to write it',
    (text) => {
      expect(() => parseStatusRanges(text)).toThrow(/is not an HTTP status/)
    },
  )
})

describe('isInRanges', () => {
  it('includes both ends', () => {
    const ranges = parseStatusRanges('4xx')
    expect([399, 400, 499, 500].map((status) => isInRanges(status, ranges))).toEqual([false, true, true, false])
  })
})
