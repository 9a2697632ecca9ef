import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type AlertSelector, parseAlertSelector, selects} from '../../../../src/domain/promql/alert-selector.js'

function selector(text: string): AlertSelector {
  const read = parseAlertSelector(text)
  if (!read.ok) throw new Error(`${text}: ${read.message}`)
  return read.selector
}

const is = (text: string, labels: Readonly<Record<string, string>>): boolean =>
  selects(selector(text), {name: 'APIDown', labels}, re2jsPatterns)

const label = fc.stringMatching(/^[a-z_][a-z0-9_]{0,5}$/).filter((name) => !(name in Object.prototype))
const value = fc.string({maxLength: 8})
const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`).replaceAll('\n', String.raw`\n`)}"`
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (character) => `\\${character}`)

describe('an alert selector', () => {
  it.each([
    ['APIDown', {}, true],
    ['APIDown{}', {service: 'api'}, true],
    ['APIDown{service="api"}', {service: 'api'}, true],
    ['APIDown{service="api"}', {service: 'apis'}, false],
    ['APIDown{service="api"}', {}, false],
    ['APIDown{service!="api"}', {}, true],
    ['APIDown{service=""}', {}, true],
    ['APIDown{severity=~"crit.*"}', {severity: 'critical'}, true],
    ['APIDown{severity=~"crit"}', {severity: 'critical'}, false],
    ['APIDown{severity=~"a|critical"}', {severity: 'critical'}, true],
    ['APIDown{severity=~".+"}', {}, false],
    ['APIDown{severity=~".*"}', {}, true],
    ['APIDown{severity=~"(?i)CRITICAL"}', {severity: 'critical'}, true],
    ['APIDown{severity!~"crit.*"}', {severity: 'critical'}, false],
    ['APIDown{severity!~"crit.*"}', {}, true],
    ["  APIDown { service = 'api' , severity = 'critical' , } ", {service: 'api', severity: 'critical'}, true],
    ['APIDown{constructor=""}', {}, true],
    ['Other', {}, false],
  ])('%s on %j: %s', (text, labels, expected) => {
    expect(is(text, labels)).toBe(expected)
  })

  it.each([
    ['', 0, 'name of an alert'],
    ['{service="api"}', 0, 'name of an alert'],
    ['APIDown{', 8, 'name of a label'],
    ['APIDown{service}', 15, '=, !=, =~ or !~'],
    ['APIDown{service=api}', 16, 'a value in quotes'],
    ['APIDown{service="api}', 16, 'a value in quotes'],
    ['APIDown{service="api"', 21, '`,` or `}`'],
    ['APIDown{service="api"} x', 23, 'nothing is expected'],
  ])('%j is wrong at %d', (text, offset, message) => {
    expect(parseAlertSelector(text)).toMatchObject({
      ok: false,
      offset,
      message: expect.stringContaining(message) as unknown,
    })
  })

  it('never throws, and points into the text', () => {
    fc.assert(
      fc.property(
        fc.string({unit: fc.constantFrom('a', 'B', '{', '}', '=', '~', '!', ',', '"', "'", '\\', '(', ' ')}),
        (text) => {
          const read = parseAlertSelector(text)
          if (!read.ok) expect(read.offset).toBeLessThanOrEqual(text.length)
        },
      ),
    )
  })

  it('reads any value back, and = and != are opposites, as =~ and !~', () => {
    fc.assert(
      fc.property(label, value, value, (name, wanted, actual) => {
        const labels = {[name]: actual}
        expect(is(`APIDown{${name}=${quoted(wanted)}}`, labels)).toBe(wanted === actual)
        expect(is(`APIDown{${name}!=${quoted(wanted)}}`, labels)).toBe(wanted !== actual)
        expect(is(`APIDown{${name}=~${quoted(escaped(wanted))}}`, labels)).toBe(wanted === actual)
        expect(is(`APIDown{${name}!~${quoted(escaped(wanted))}}`, labels)).toBe(wanted !== actual)
      }),
    )
  })

  it('is anchored: a literal pattern never selects a longer value', () => {
    fc.assert(
      fc.property(label, value, fc.string({minLength: 1, maxLength: 4}), (name, wanted, more) => {
        const text = `APIDown{${name}=~${quoted(escaped(wanted))}}`
        expect(is(text, {[name]: wanted + more})).toBe(false)
        expect(is(text, {[name]: more + wanted})).toBe(false)
      }),
    )
  })

  it('does not tell a missing label from an empty one', () => {
    fc.assert(
      fc.property(label, fc.constantFrom('=', '!=', '=~', '!~'), value, (name, operator, wanted) => {
        const text = `APIDown{${name}${operator}${quoted(escaped(wanted))}}`
        expect(is(text, {})).toBe(is(text, {[name]: ''}))
      }),
    )
  })
})
