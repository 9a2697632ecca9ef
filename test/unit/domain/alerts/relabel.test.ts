import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {relabeled, type RelabelRule} from '../../../../src/domain/alerts/relabel.js'

const DEFAULTS: RelabelRule = {
  ...{action: 'replace', sourceLabels: [], separator: ';', regex: '(.*)', targetLabel: '', replacement: '$1'},
}
const LABELS = {alertname: 'Slow', severity: 'Critical', team: 'web', instance: 'a:80'}

function after(rule: Partial<RelabelRule>, labels: Readonly<Record<string, string>> = LABELS) {
  return relabeled(labels, {externalLabels: {}, rules: [{...DEFAULTS, ...rule}]}, re2jsPatterns)
}

const kept = (over: Readonly<Record<string, string>> = {}, ...without: readonly string[]) => ({
  kind: 'kept',
  labels: Object.fromEntries(Object.entries({...LABELS, ...over}).filter(([name]) => !without.includes(name))),
})

describe('the labels of an alert that is sent', () => {
  it('are its own and the external ones, which replace none', () => {
    const externalLabels = {cluster: 'eu', team: 'all'}
    expect(relabeled(LABELS, {externalLabels, rules: []}, re2jsPatterns)).toEqual(kept({cluster: 'eu'}))
  })

  // As relabel_test.go of Prometheus has them.
  it.each<[string, Partial<RelabelRule>, object]>([
    ['replace', {sourceLabels: ['instance'], regex: '(.*):(.*)', targetLabel: 'port', replacement: '$2'}, {port: '80'}],
    ['replace, a fixed text', {targetLabel: 'team', replacement: 'ops'}, {team: 'ops'}],
    ['replace, several sources', {sourceLabels: ['team', 'none', 'alertname'], targetLabel: 'x'}, {x: 'web;;Slow'}],
    ['replace, a separator', {sourceLabels: ['team', 'alertname'], separator: '-', targetLabel: 'x'}, {x: 'web-Slow'}],
    ['replace, braces', {sourceLabels: ['team'], targetLabel: 'x', replacement: '${1}_a'}, {x: 'web_a'}],
    ['replace, the longest name', {sourceLabels: ['team'], targetLabel: 'team', replacement: 'a$1x'}, {team: 'a'}],
    ['replace, a dollar', {sourceLabels: ['team'], targetLabel: 'x', replacement: '$$1'}, {x: '$1'}],
    [
      'replace, a named group',
      {sourceLabels: ['team'], regex: '(?P<first>.).*', targetLabel: 'x', replacement: '$first'},
      {x: 'w'},
    ],
    ['replace, a computed target', {sourceLabels: ['team'], targetLabel: 'is_$1', replacement: '1'}, {is_web: '1'}],
    ['replace, no label name', {sourceLabels: ['instance'], targetLabel: '$1', replacement: '1'}, {}],
    ['replace, anchored', {sourceLabels: ['team'], regex: 'we', targetLabel: 'team', replacement: 'x'}, {}],
    ['lowercase', {action: 'lowercase', sourceLabels: ['severity'], targetLabel: 'severity'}, {severity: 'critical'}],
    ['uppercase', {action: 'uppercase', sourceLabels: ['team'], targetLabel: 'T'}, {T: 'WEB'}],
    ['labelmap', {action: 'labelmap', regex: 'te(.*)', replacement: 'my_$1'}, {my_am: 'web'}],
    ['keep', {action: 'keep', sourceLabels: ['team'], regex: 'web|db'}, {}],
    ['drop', {action: 'drop', sourceLabels: ['team'], regex: 'we'}, {}],
    ['keepequal', {action: 'keepequal', sourceLabels: ['team'], targetLabel: 'team'}, {}],
    ['dropequal', {action: 'dropequal', sourceLabels: ['team'], targetLabel: 'severity'}, {}],
    ['drop, caseless', {action: 'drop', sourceLabels: ['severity'], regex: '(?i)crit'}, {}],
  ])('%s', (_, rule, over) => {
    expect(after(rule)).toEqual(kept({...over}))
  })

  it.each<[string, Partial<RelabelRule>, readonly string[]]>([
    ['replace by nothing', {targetLabel: 'team', replacement: ''}, ['team']],
    ['labeldrop', {action: 'labeldrop', regex: 'team|inst.*'}, ['team', 'instance']],
    ['labelkeep', {action: 'labelkeep', regex: 'alertname|severity'}, ['team', 'instance']],
  ])('%s takes labels away', (_, rule, gone) => {
    expect(after(rule)).toEqual(kept({}, ...gone))
  })

  it.each<[string, Partial<RelabelRule>]>([
    ['keep', {action: 'keep', sourceLabels: ['team'], regex: 'we'}],
    ['drop', {action: 'drop', sourceLabels: ['team', 'alertname'], regex: 'web;S.*'}],
    ['drop, with the flags of Go', {action: 'drop', sourceLabels: ['team'], regex: '(?U)w.*'}],
    ['drop, caseless', {action: 'drop', sourceLabels: ['severity'], regex: '(?i)CRITICAL'}],
    ['drop, in the syntax of Go', {action: 'drop', sourceLabels: ['team'], regex: String.raw`(?U)\A[[:alpha:]]+\z`}],
    ['keepequal', {action: 'keepequal', sourceLabels: ['team'], targetLabel: 'severity'}],
    ['dropequal', {action: 'dropequal', sourceLabels: ['none'], targetLabel: 'nothing'}],
  ])('%s drops the alert', (_, rule) => {
    expect(after(rule)).toEqual({kind: 'dropped'})
  })

  it.each<[string, Partial<RelabelRule>]>([
    ['hashmod', {action: 'hashmod', sourceLabels: ['team'], targetLabel: 'x'}],
    ['drop', {action: 'drop', sourceLabels: ['team'], regex: '(?=w)'}],
    ['invented', {action: 'invented'}],
  ])('are not known when %s cannot be followed', (action, rule) => {
    expect(after(rule)).toEqual({kind: 'unknown', action})
  })

  it('rules are applied in order, and none comes after a drop', () => {
    const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y'))
    const move = {...DEFAULTS, sourceLabels: ['a'], targetLabel: 'b'}
    const drop = {...DEFAULTS, action: 'drop', sourceLabels: ['b'], regex: 'x'}
    const odd = {...DEFAULTS, action: 'hashmod'}
    fc.assert(
      fc.property(labels, (own) => {
        const {kind} = relabeled(own, {externalLabels: {}, rules: [move, drop, odd]}, re2jsPatterns)
        expect(kind).toBe(own['a'] === 'x' ? 'dropped' : 'unknown')
      }),
    )
  })
})
