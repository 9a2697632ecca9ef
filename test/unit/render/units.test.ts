import {describe, expect, it} from 'vitest'
import {span} from '../../../src/domain/time/span.js'
import {bytes, percent, seconds} from '../../../src/render/text/units.js'

describe('units', () => {
  it.each([
    [0, '0s'],
    [0.4, '0s'],
    [59.4, '59s'],
    [60, '1m'],
    [61, '1m 1s'],
    [300, '5m'],
    [3600, '1h'],
    [3661, '1h 1m'],
    [90_000, '1d 1h'],
    [86_400, '1d'],
  ])('%d seconds are %s', (value, text) => {
    expect(span(value)).toBe(text)
  })

  it.each([
    [0, '0 s'],
    [0.000_2, '200 µs'],
    [0.0123, '12.3 ms'],
    [0.42, '420 ms'],
    [1.5, '1.50 s'],
    [90, '1m 30s'],
    [null, '–'],
    [NaN, '–'],
  ])('a latency of %s is %s', (value, text) => {
    expect(seconds(value)).toBe(text)
  })

  it.each([
    [0, '0 %'],
    [0.005, '0.500 %'],
    [0.0123, '1.23 %'],
    [0.5, '50.0 %'],
    [1, '100 %'],
    [null, '–'],
  ])('a ratio of %s is %s', (value, text) => {
    expect(percent(value)).toBe(text)
  })

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
  ])('%d bytes are %s', (value, text) => {
    expect(bytes(value)).toBe(text)
  })
})
