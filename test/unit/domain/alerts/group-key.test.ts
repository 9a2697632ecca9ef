import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {goQuoted, groupKey, groupLabels, labelOrders, matchersKey} from '../../../../src/domain/alerts/group-key.js'
import type {Matcher} from '../../../../src/domain/promql/matcher.js'
import {readRouting} from '../../../../src/formats/alertmanager/read-routing.js'
import {pathsFor} from '../../../../src/domain/alerts/routing.js'
import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import {aRoute} from '../../../support/fakes/alert-routing.js'

/** As a real Alertmanager 0.25 gave them to a webhook. */
const CONFIG = String.raw`
route:
  receiver: root
  group_by: [a, a1, alertname]
  routes:
    - match: {team: db, alpha: 'x"y'}
      match_re: {severity: critical|page, b: '\d+'}
      matchers: ['alpha=~"x.*"', 'z=~"q|w"']
      receiver: db
      continue: true
      routes:
        - matchers: ['alertname=~"Db.+"', 'env!~"dev|test"', 'kind="e"', 'note!="no\nway\\é\""']
          group_by: ['...']
    - matchers: ['team!=""', team=db, 'team=~"db"']
      receiver: second
`

describe("Alertmanager's key of a group", () => {
  it('has the matchers of all its routes in order, old ones among them, and the labels as Go quotes them', () => {
    const labels = {
      ...{alertname: 'DbX', team: 'db', alpha: 'x"y', severity: 'page', b: '12', z: 'q', kind: 'e', a: 'one'},
      ...{a1: 'two', nl: 'l1\nl2\ttab', uni: 'café 😀 \u200b\u00a0\u007f\u0001\u0378\u{10ffff}'},
    }
    const paths = pathsFor(readRouting(CONFIG).root, labels, re2jsPatterns)
    const keys = paths.map((path) => groupKey(path, groupLabels(path.route, labels), ['text']))
    expect(keys).toEqual([
      String.raw`{}/{alpha="x\"y",alpha=~"x.*",b=~"^(?:\\d+)$",severity=~"^(?:critical|page)$",team="db",z=~"q|w"}/{alertname=~"Db.+",env!~"dev|test",kind="e",note!="no\nway\\é\""}:{a1="two", a="one", alertname="DbX", alpha="x\"y", b="12", kind="e", nl="l1\nl2\ttab", severity="page", team="db", uni="café 😀 \u200b\u00a0\x7f\x01\u0378\U0010ffff", z="q"}`,
      String.raw`{}/{team!="",team="db",team=~"db"}:{a1="two", a="one", alertname="DbX"}`,
    ])
  })

  it.each([
    ['0.25.0', ['text']],
    ['0.28.1+ds', ['name']],
    ['0.33.1', ['name']],
    ['0.27.0', ['name', 'text']],
    ['0.34.0', []],
    ['1.0.0', []],
    ['', []],
    ['\u001b[31m', []],
  ])('is known of version %s: %j', (version, orders) => {
    expect(labelOrders(version)).toEqual(orders)
  })

  it('is unknown where versions would write it differently, or its text is not sure', () => {
    const path = {route: aRoute(), within: []}
    expect(groupKey(path, {a: 'x', a1: 'y'}, ['name', 'text'])).toBeNull()
    expect(groupKey(path, {a: 'x', b: 'y'}, ['name', 'text'])).toBe('{}:{a="x", b="y"}')
    expect(groupKey(path, {'a.b': 'x'}, ['name'])).toBeNull()
    expect(groupKey(path, {a: 'x'}, [])).toBeNull()
    const folded = aRoute({matchers: [{label: 'a', operator: '=', value: 'x  y'}]})
    expect(groupKey({route: folded, within: []}, {}, ['name'])).toBeNull()
  })

  it('is the same in whatever order matchers and labels come', () => {
    const matchers = fc.array(
      fc.record({
        label: fc.constantFrom('a', 'a1', 'b'),
        operator: fc.constantFrom<Matcher['operator']>('=', '!=', '=~', '!~'),
        value: fc.string({unit: 'grapheme', maxLength: 3}),
      }),
    )
    const labels = fc.dictionary(fc.constantFrom('a', 'a1', 'a_1', 'b'), fc.string({unit: 'binary'}))
    fc.assert(
      fc.property(matchers, labels, (written, of) => {
        expect(matchersKey(written.toReversed())).toBe(matchersKey(written))
        const path = {route: aRoute(), within: []}
        const turned = Object.fromEntries(Object.entries(of).toReversed())
        for (const order of ['name', 'text'] as const)
          expect(groupKey(path, turned, [order])).toBe(groupKey(path, of, [order]))
      }),
    )
  })

  it('quotes a text so that it is one line of what can be printed, and is read back', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        const quoted = goQuoted(text)
        expect(quoted).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
        const json = quoted
          .replaceAll(/\\a/g, String.raw`\u0007`)
          .replaceAll(/\\v/g, String.raw`\u000b`)
          .replaceAll(/\\x(..)/g, String.raw`\u00$1`)
          .replaceAll(/\\U(.{8})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
        // An escaped backslash before one of these letters is not theirs.
        if (!text.includes('\\')) expect(JSON.parse(json)).toBe(text)
      }),
    )
  })
})
