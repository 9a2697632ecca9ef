import {describe, expect, it} from 'vitest'
import {re2jsPatterns} from '../../../src/adapters/re2/re2js-patterns.js'

describe('patterns', () => {
  it.each([
    ['a|ab', 'ab', true],
    ['[a-z]+', 'ab\n', false],
    ['.*', 'a\nb', true],
    ['a', 'ba', false],
    ['(', '(', false],
  ])('%j matches all of %j: %s', (pattern, text, is) => {
    expect(re2jsPatterns.matches(pattern, text)).toBe(is)
  })

  it.each(['(?=a)', '(?<!a)', String.raw`\1`, 'a{1001}', '(a', 'a\\'])('%j is none, as for Prometheus', (pattern) => {
    expect(re2jsPatterns.problem(pattern)).not.toBeNull()
  })

  it('need no more time for the worst of texts than a long one takes', () => {
    expect(re2jsPatterns.matches('(a+)+b', 'a'.repeat(20_000))).toBe(false)
  })
})
