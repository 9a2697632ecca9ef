import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {meets, parseExpectation} from '../../../../src/domain/runbook/expectation.js'
import type {ConditionState} from '../../../../src/domain/condition-state.js'

function judge(
  text: string,
  value: number,
  captures: Readonly<Record<string, string>> = {},
): ConditionState | 'unreadable' {
  const parsed = parseExpectation(text)
  return parsed.ok ? meets(parsed.expectation, value, captures) : 'unreadable'
}

describe('expect', () => {
  it.each([
    ['== 1', 1, 'true'],
    ['!= 1', 1, 'false'],
    ['< 0.5', 0.49, 'true'],
    ['<= 0.5', 0.5, 'true'],
    ['> -1e3', 0, 'true'],
    ['>= 1', 0, 'false'],
    ['3', 3, 'true'],
    ['3', 4, 'false'],
    ['200..299', 250, 'true'],
    ['200..299', 300, 'false'],
    ['2xx', 204, 'true'],
    ['2xx', 304, 'false'],
    ['>= 0', NaN, 'unknown'],
    ['< 5', -Infinity, 'true'],
  ] as const)('%s of %d is %s', (text, value, truth) => {
    expect(judge(text, value)).toBe(truth)
  })

  it.each(['', '5s', '= 3', '< $p95', '1 + 1', '6xx', '9..1', '> 1 * p95', '0x10'])('%s is no expectation', (text) => {
    expect(judge(text, 1)).toBe('unreadable')
  })

  it('compares with what was captured; without it nothing is known', () => {
    expect(judge('<= 1.1 * $before', 1.05, {before: '1'})).toBe('true')
    expect(judge('<= 1.1 * $before', 1.2, {before: ' 1\n'})).toBe('false')
    expect(judge('<= 1.1 * $before', 1.2, {})).toBe('unknown')
    expect(judge('<= 1.1 * $before', 1.2, {before: 'fast'})).toBe('unknown')
  })

  it('a comparison and its opposite never agree', () => {
    fc.assert(
      fc.property(
        fc.double({noNaN: true, noDefaultInfinity: true}),
        fc.integer({min: -1000, max: 1000}),
        (value, bound) => {
          expect(judge(`< ${String(bound)}`, value)).not.toBe(judge(`>= ${String(bound)}`, value))
          expect(judge(`== ${String(bound)}`, value)).not.toBe(judge(`!= ${String(bound)}`, value))
        },
      ),
    )
  })

  it('never crashes on any text', () => {
    fc.assert(fc.property(fc.string(), fc.double(), (text, value) => void judge(text, value)))
  })
})
