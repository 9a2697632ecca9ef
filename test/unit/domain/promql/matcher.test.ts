import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {holds, isSelective, matcherText, OPERATORS} from '../../../../src/domain/promql/matcher.js'
import {parseMatcher, readMatchers} from '../../../../src/domain/promql/read-matcher.js'

describe('a matcher', () => {
  it.each([
    ['instance=~"a.*"', {label: 'instance', operator: '=~', value: 'a.*'}],
    ["severity != 'info'", {label: 'severity', operator: '!=', value: 'info'}],
    ['team=api', {label: 'team', operator: '=', value: 'api'}],
    ['a!~""', {label: 'a', operator: '!~', value: ''}],
    [String.raw`a="x\"y\\z\n"`, {label: 'a', operator: '=', value: 'x"y\\z\n'}],
  ])('is read: %s', (text, matcher) => {
    expect(parseMatcher(text)).toEqual(matcher)
  })

  it.each([
    ['instance', 'a label, one of'],
    ['="x"', 'a label, one of'],
    ['9a="x"', 'a label, one of'],
    ['a="x', 'the quote is not closed'],
    ['a="x" b', 'the quote is not closed'],
  ])('is none: %s', (text, why) => {
    expect(() => parseMatcher(text)).toThrow(why)
  })

  it('is read back as it is written', () => {
    const values = fc.string({unit: 'binary'}).filter((text) => !text.includes('\r'))
    fc.assert(
      fc.property(fc.constantFrom(...OPERATORS.filter((one) => !one.endsWith('~'))), values, (operator, value) => {
        const matcher = {label: 'x', operator, value}
        expect(parseMatcher(matcherText(matcher))).toEqual(matcher)
      }),
    )
  })

  it('means the empty text where the label is missing, and the whole of it', () => {
    expect(holds(parseMatcher('a=""'), {}, re2jsPatterns)).toBe(true)
    expect(holds(parseMatcher('a=~"b"'), {a: 'abc'}, re2jsPatterns)).toBe(false)
    expect(holds(parseMatcher('a=~"(?i)ABC"'), {a: 'abc'}, re2jsPatterns)).toBe(true)
    expect(holds(parseMatcher('constructor!=""'), {}, re2jsPatterns)).toBe(false)
  })

  it.each([
    ['a.*', 'a\nb', false],
    ['(?s)a.*', 'a\nb', true],
    ['a\nb|c', 'a\nb', true],
    ['a[^x]*', 'a\nb', true],
    ['a', 'a\n', false],
    ['a$', 'a\n', false],
    ['(', '(\n', false],
  ])('%j matches all of %j as Alertmanager has it, where a dot is no line end: %s', (value, text, is) => {
    expect(holds({label: 'a', operator: '=~', value}, {a: text}, re2jsPatterns)).toBe(is)
    expect(holds({label: 'a', operator: '!~', value}, {a: text}, re2jsPatterns)).toBe(!is)
  })

  it('its contrary holds exactly where it does not', () => {
    const labels = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('', 'x', 'xy'))
    const value = fc.constantFrom('', 'x', 'xy', 'x.*')
    fc.assert(
      fc.property(labels, value, fc.constantFrom('=', '=~'), (given, text, operator) => {
        const contrary = operator === '=' ? '!=' : '!~'
        const matcher = {label: 'a', operator, value: text} as const
        expect(holds(matcher, given, re2jsPatterns)).toBe(
          !holds({...matcher, operator: contrary}, given, re2jsPatterns),
        )
      }),
    )
  })

  it('selects nothing in particular when every label may be missing', () => {
    expect(isSelective([], re2jsPatterns)).toBe(false)
    expect(isSelective(['a=~".*"', 'b!="x"'].map(parseMatcher), re2jsPatterns)).toBe(false)
    expect(isSelective(['a=~".*"', 'b="x"'].map(parseMatcher), re2jsPatterns)).toBe(true)
  })
})

describe('a list of matchers', () => {
  it.each([
    ['', []],
    ['a="1"', ['a="1"']],
    [` a = "1" , b=~'x,|}',`, ['a = "1"', `b=~'x,|}'`]],
  ])('is read, each as it is written: %j', (text, written) => {
    const read = readMatchers(text, 0, null)
    expect(read.ok && read.matchers.map(({start, end}) => text.slice(start, end))).toEqual(written)
  })

  it.each([
    [',', 0],
    ['a=1', 2],
    ['a="1" b="2"', 6],
    ['a="1",,', 6],
    ['a="1"}', 5],
  ])('is none: %j, from character %i on', (text, offset) => {
    expect(readMatchers(text, 0, null)).toMatchObject({ok: false, offset})
  })
})
