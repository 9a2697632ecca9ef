import {parser} from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {readPromqlTemplate} from '../../../../src/formats/promql/promql-syntax.js'
import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import {unescaped} from '../../../../src/domain/promql/matcher.js'
import {fillPromql} from '../../../../src/domain/runbook/promql-template.js'
import type {InputDeclaration} from '../../../../src/domain/runbook/runbook.js'

const input = (name: string, over: Partial<InputDeclaration> = {}): InputDeclaration => ({
  ...{name, default: null, oneOf: null, pattern: null, fromAlert: false, secret: false, source: null},
  ...over,
})
const INPUTS = [input('window', {default: '5m'}), input('metric', {default: 'up'}), input('paths', {pattern: 'regex'})]

function fill(text: string, values: Readonly<Record<string, string>>): string | null {
  const {placeholders, problem} = readPromqlTemplate(text, INPUTS)
  if (problem !== null) throw new Error(problem.message)
  const filled = fillPromql(text, placeholders, values)
  return filled.ok ? filled.text : null
}
const kinds = (text: string) => readPromqlTemplate(text, INPUTS).placeholders.map(({name, kind}) => `${name} ${kind}`)

describe('placeholders in PromQL', () => {
  it.each([
    ['up{a="${x}"}', ['x text']],
    ['up{a=~"${x}"}', ['x pattern']],
    ['up{a!~`/${x}`, b!="${x}"}', ['x pattern', 'x text']],
    ['up{a=~"${paths}"}', ['paths text']],
    ['label_replace(up, "a", "${x}", "b", "${x}")', ['x text', 'x pattern']],
    ['rate(a[${window}])', ['window duration']],
    ['rate(a[${x}m]) > ${x}', ['x digits', 'x number']],
    ['a offset ${x}', ['x duration']],
    ['a[1h:${x}]', ['x duration']],
    ['${metric} > ${x}', ['metric metric', 'x number']],
    ['sum by (${x}) (a)', ['x label']],
    ['a{${x}="1"}', ['x label']],
    ['http_${x}_total', ['x part']],
    ["a # it's ${x}\n> ${x}", ['x number']],
  ])('%s: %j', (text, expected) => {
    expect(kinds(text)).toEqual(expected)
  })

  it.each([
    ['${x}(a)', 0],
    ['a ${x} b', 2],
    [String.raw`a{b="\${x}"}`, 6],
    ['sum ${x} (job) (a)', 0],
  ])('cannot stand everywhere: %s', (text) => {
    expect(readPromqlTemplate(text, INPUTS).problem).not.toBeNull()
  })

  it.each([
    ['up{a="${x}"}', 'a"} or vector(1) or up{a="', 'up{a="a\\"} or vector(1) or up{a=\\""}'],
    ['# it\'s\nup{a="${x}"}', '"} or vector(1)', '# it\'s\nup{a="\\"} or vector(1)"}'],
    ['up{a=~"/${x}"}', 'a.b|.+', String.raw`up{a=~"/a\\\\.b\\\\|\\\\.\\\\+"}`.replaceAll('\\\\', '\\')],
    ['up{a=~"${paths}"}', '/a|/b.+', 'up{a=~"/a|/b.+"}'],
    ['up{a=`${x}`}', '`', null],
    ['rate(x[${window}])', '5m]) or vector(1', null],
    ['up > ${x}', '0 or vector(1)', null],
    ['up > ${x}', 'other_metric', null],
    ['up > ${x}', 'NaN', null],
    ['2 - ${x} ^ 2', '-1.5e-3', '2 - (-1.5e-3) ^ 2'],
    ['sum by (${x}) (a)', 'a) (b) or (c', null],
    ['a # ${x}\n', 'x\nor vector(1)', 'a # ${x}\n'],
    ['${metric}', 'inf', null],
  ])('%s with %j', (text, value, expected) => {
    expect(fill(text, {x: value, window: value, metric: value, paths: value})).toBe(expected)
  })

  const hostile = fc.oneof(
    fc.string({unit: 'binary'}),
    fc.string({unit: fc.constantFrom(...'"\'`\\\n#{}()[]~=,.|+*5mx '.split(''))}),
    fc.constantFrom('> 0 or vector(1) or {__name__=~".+"}', '5m', '-1', 'up', '1e9', 'or', 'by', ''),
  )
  const template = fc.constantFrom(
    'up{a="${x}", b=\'${x}\', c=`${x}`} > 1',
    'up # it\'s\n> ${x} or down{a="${x}"}',
    'rate(a{b=~".*${x}"}[${window}]) > ${x}',
    'sum by (${l}) (rate(a[${x}m]))',
    '${metric} offset ${window}',
    'http_${x}_total{${x}=~"${paths}"}',
  )
  /** The names of all nodes; a sign stands in parentheses of its own. */
  const shapeOf = (text: string): string => {
    const names: string[] = []
    parser.parse(text).iterate({enter: ({name}) => void names.push(name)})
    return names.join(' ').replaceAll('ParenExpr UnaryExpr UnaryOp NumberDurationLiteral', 'NumberDurationLiteral')
  }

  it('never change the shape of an expression, whatever the value', () => {
    fc.assert(
      fc.property(template, fc.constantFrom('x', 'l', 'window', 'metric', 'paths'), hostile, (text, place, value) => {
        const x = text.includes('_${x}_') ? 'x1' : '7'
        const usual = fill(text, {x, l: 'job', window: '5m', metric: 'up', paths: 'a'})
        const mixed = {x, l: 'job', window: '5m', metric: 'up', paths: 'a'}
        const filled = fill(text, {...mixed, [place]: value})
        if (filled === null) return
        expect(shapeOf(filled)).toBe(shapeOf(usual ?? ''))
      }),
      {numRuns: 500},
    )
  })

  it('in a string are the value itself, and in a regular expression match nothing else', () => {
    fc.assert(
      fc.property(hostile, hostile, (value, other) => {
        const [, text = '', pattern = ''] =
          /^a\{b="(.*)",c=~"(.*)"\}$/s.exec(fill('a{b="${x}",c=~"${x}"}', {x: value}) ?? '') ?? []
        expect(unescaped(text.replaceAll('\\r', '\r'))).toBe(value.replaceAll('\\r', '\r'))
        const read = unescaped(pattern)
        if (value.includes('\r')) return
        expect(re2jsPatterns.matches(read, value)).toBe(true)
        expect(re2jsPatterns.matches(read, other)).toBe(value === other)
      }),
    )
  })
})
