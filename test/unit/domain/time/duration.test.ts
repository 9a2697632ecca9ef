import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {formatDuration, parseDuration} from '../../../../src/domain/time/duration.js'

function failure(text: string): FaciError {
  try {
    parseDuration(text)
  } catch (error) {
    if (error instanceof FaciError) return error
  }
  throw new Error(`${text} was taken`)
}

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['500ms', 0.5],
    ['1s', 1],
    ['1m30s', 90],
    ['1.5h', 5400],
    ['2d', 172_800],
    ['1w2d3h4m5s6ms', 788_645.006],
    [' 5m ', 300],
  ])('reads %j as %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  it.each(['', 's', '5x', '-5s', '1e3s', '1s1m', '5s5s', 'soon', '1..5s', '.5s', '5s-', `${'9'.repeat(400)}s`])(
    'refuses %j as usage',
    (text) => {
      expect(failure(text).code).toBe('usage')
    },
  )

  it.each([
    ['5', '5s'],
    ['5 min', '5m'],
    ['5MINUTES', '5m'],
    ['10 Sec', '10s'],
    ['1 hour 30 mins', '1h30m'],
    ['1hr', '1h'],
    ['100msec', '100ms'],
  ])('for %j suggests %j', (text, suggestion) => {
    expect(failure(text).correction).toEqual({typed: text, meant: suggestion})
    expect(failure(text).message).toContain(`did you mean \`${suggestion}\`?`)
  })

  it('names the units when nothing can be guessed', () => {
    expect(failure('soon').message).toContain('ms, s, m, h, d, w')
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.25, '250ms'],
    [90, '1m30s'],
    [3600, '1h'],
    [2_592_000, '30d'],
    [1.001, '1s1ms'],
  ])('writes %d as %j', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it('is read back as what was written, to the millisecond', () => {
    fc.assert(
      fc.property(fc.nat({max: 1e13}), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds / 1000))).toBe(milliseconds / 1000)
      }),
    )
  })
})
