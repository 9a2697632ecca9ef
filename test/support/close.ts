import {expect} from 'vitest'

/** The same shape, and each number within 2 %. */
export function close<T>(expected: T): T {
  if (typeof expected === 'number') {
    const digits = expected === 0 ? 9 : -Math.log10(Math.abs(expected) * 0.04)
    return expect.closeTo(expected, digits) as T
  }
  if (typeof expected !== 'object' || expected === null) return expected
  if (Array.isArray(expected)) return expected.map(close) as T
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, close<unknown>(value)])) as T
}
