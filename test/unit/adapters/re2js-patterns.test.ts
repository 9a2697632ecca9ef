import fc from 'fast-check'
import {RE2JS} from 're2js'
import {describe, expect, it} from 'vitest'
import {costOfCharacter, hasWholeTable} from '../../../src/adapters/re2/matching-cost.js'
import {re2jsPatterns} from '../../../src/adapters/re2/re2js-patterns.js'

function hosts(count: number): string {
  return Array.from({length: count}, (_, index) => `${String(index * 7919)}-host`).join('|')
}

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
    expect(re2jsPatterns.searchProblem(pattern)).not.toBeNull()
  })

  it.each([
    ['(a)(?P<name>b)?', 'ab', {numbered: ['ab', 'a', 'b'], named: {name: 'b'}}],
    ['(a)(?P<name>b)?', 'a', {numbered: ['a', 'a', ''], named: {name: ''}}],
    ['(?i)(.*)', 'a\nB', {numbered: ['a\nB', 'a\nB'], named: {}}],
    ['a', 'ab', null],
    ['(', '(', null],
  ])('%j finds groups in %j', (pattern, text, found) => {
    expect(re2jsPatterns.groups(pattern, text)).toEqual(found)
  })

  it('are found anywhere in a text, a dot within a line', () => {
    const found = (pattern: string, text: string): boolean => re2jsPatterns.finder(pattern)(text)
    expect([found('b', 'abc'), found('(?i)B', 'abc'), found('a.b', 'a\nb'), found('(', '(')]).toEqual([
      ...[true, true, false, false],
    ])
  })

  it.each(['(?:a?){1000}b', '(?:a{30}b?){30}', hosts(60), String.raw`(?:\w{50}){20}`])(
    '%j is too long, and what to type instead is said',
    (pattern) => {
      expect(re2jsPatterns.searchProblem(pattern)).toMatch(
        /^it is too long: \d+ steps with its repetitions written out, of at most 500; repeat less often, \{1000\} as \*$/,
      )
      // A silence of Alertmanager that has it silences all the same.
      expect(re2jsPatterns.reads(pattern)).toBe(true)
    },
  )

  it.each([
    'a[ab]{60}[cd]',
    String.raw`a\w{40}[^\w]`,
    '(a|b)*a(a|b){60}c',
    'error.{1,100}timeout',
    String.raw`x\pL{20}1`,
  ])('%j is too slow, and what to type instead is said', (pattern) => {
    expect(re2jsPatterns.searchProblem(pattern)).toMatch(
      /^it is too slow for long lines: .*; repeat less often, \{100\} as \*$/,
    )
    expect(re2jsPatterns.reads(pattern)).toBe(true)
  })

  it.each([
    ...['[0-9a-f]{64}', '^[0-9a-f]{64}$', '(?:a?){240}b', hosts(20), String.raw`(\d{1,3}\.){3}\d{1,3}.*timeout`],
    ...[String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'a[ab]{20}[cd]'],
    ...['(?i)error|exception|fatal|panic|timeout|refused', String.raw`\w+@\w+\.com`, '.*a.*b.*c.*', '(?:.*a){30}c'],
    ...[String.raw`"[^"]{1,200}" 5\d\d`, String.raw`took \d{4,}ms`, String.raw`(?i)\pL{3,}x`, 'error.*timeout'],
  ])('%j is quick enough', (pattern) => {
    expect(re2jsPatterns.searchProblem(pattern)).toBeNull()
  })

  it.each([
    ...[
      '[A-Za-z0-9][A-Za-z0-9_.-]{0,62}',
      'https://[a-z.]{1,60}/.{1,100}',
      String.raw`[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*`,
    ],
    ...['[a-z]+-[0-9]+', 'a[ab]{60}[cd]', 'error.{1,100}timeout', String.raw`\w{3,40}@\w{3,40}\.\w{2,10}`],
  ])('%j is quick enough for values, all of which it matches', (pattern) => {
    expect(re2jsPatterns.problem(pattern)).toBeNull()
  })

  it.each(['(a|b)*a(a|b){60}c', '.*error.{1,100}timeout'])('%j is too slow for values too', (pattern) => {
    expect(re2jsPatterns.problem(pattern)).toMatch(/^it is too slow/)
  })

  it.each(['[A-Za-z0-9][A-Za-z0-9_.-]{0,62}', 'https://[a-z.]{1,60}/.{1,100}'])(
    '%j is found before it can cost anything',
    (pattern) => {
      expect(re2jsPatterns.searchProblem(pattern)).toBeNull()
    },
  )

  it('that are accepted cost little for each character of any text', () => {
    const part = fc.constantFrom('a', '[ab]', String.raw`\w`, '.', '(?:a|bc)', 'a?', '[^a]', 'b*')
    const repeated = fc
      .tuple(part, fc.integer({min: 1, max: 300}))
      .map(([one, times]) => `(?:${one}){${String(times)}}`)
    const pattern = fc.array(fc.oneof(part, repeated), {minLength: 1, maxLength: 4}).map((parts) => parts.join(''))
    fc.assert(
      fc.property(pattern, (source) => {
        const expression = RE2JS.compile(source)
        const isCheap =
          expression.programSize() <= 500 && (hasWholeTable(expression) || costOfCharacter(expression) <= 64)
        expect(re2jsPatterns.searchProblem(source) === null).toBe(isCheap)
      }),
      {numRuns: 50},
    )
  })

  it('whose table is whole make no state anew, whatever the text', () => {
    const sources = fc.constantFrom(
      '[0-9a-f]{16}x',
      '(?:a?){30}b',
      String.raw`\b(a|b)+\b`,
      '(?m)^a.b$',
      '(a|b)*a(a|b){4}c',
    )
    fc.assert(
      fc.property(sources, fc.string({unit: fc.constantFrom(...Array.from('ab1x \nc'))}), (source, text) => {
        const expression = RE2JS.compile(source)
        expect(hasWholeTable(expression)).toBe(true)
        const {dfa} = expression.re2() as {dfa: {stateCount: number}}
        const before = dfa.stateCount
        expect(expression.test(text)).toBe(
          new RegExp(source.replace('(?m)', ''), source.startsWith('(?m)') ? 'm' : '').test(text),
        )
        expect(dfa.stateCount).toBe(before)
      }),
    )
  })

  // By trying all ways, each of these would take longer than the universe has been.
  it.each(['(a+)+b', '(a|aa)+b', '(a*)*b', '(?:a?){1000}b', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    '%j needs no more time for the worst of texts than a long one takes',
    (pattern) => {
      const worst = 'a'.repeat(128 * 1024)
      expect(re2jsPatterns.matches(pattern, worst)).toBe(false)
      expect(re2jsPatterns.finder(pattern)(worst)).toBe(false)
    },
  )

  it('have groups in what they match, and in nothing else', () => {
    const patterns = fc.constantFrom(
      '(a+)+b',
      '(a|ab)(c|bcd)?',
      '(?:.*a){3}(b)?',
      '(?i)(A)|(b*)',
      '^(a)$',
      '(a??)(b*)',
      '(a|)\\b.*',
    )
    const texts = fc.string({maxLength: 8, unit: fc.constantFrom(...Array.from('abcdA\n '))})
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const slow = RE2JS.compile(pattern, RE2JS.DOTALL).matcher(text).matches()
        expect(re2jsPatterns.groups(pattern, text) !== null).toBe(slow)
      }),
      {numRuns: 500},
    )
  })

  it('with groups neither', () => {
    expect(re2jsPatterns.groups('(a+)+b', 'a'.repeat(128 * 1024))).toBeNull()
  })
})
