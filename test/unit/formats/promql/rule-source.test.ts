import {expect, it} from 'vitest'
import {readRules} from '../../../../src/formats/promql/read-rules.js'
import {alertsOf, openRules} from '../../../../src/formats/promql/rule-source.js'

const TEXT = `labels: &page {severity: critical}
groups:
  - name: api
    rules:
      - &down
        alert: APIDown
        expr: &never up == 0
        for: &long 5m
        labels: *page
        annotations: {runbook: api-down}
      - alert: APIGone
        expr: *never
        for: *long
        labels: {severity: warning}
`

it('reads what Prometheus reads of a rule: an alias stands for what it names', () => {
  const opened = openRules('api.yml', TEXT)
  if (!opened.ok) throw new Error(opened.problem.message)
  expect(alertsOf(opened.rules)).toMatchObject([
    {name: 'APIDown', line: 6, column: 16, severity: 'critical', runbook: 'api-down', words: ['severity', 'runbook']},
    {name: 'APIGone', line: 11, column: 16, severity: 'warning', runbook: null},
  ])
  expect(readRules(opened.rules)).toMatchObject([
    {name: 'APIDown', forSeconds: 300, labels: {severity: 'critical'}, expression: {ok: true, text: 'up == 0'}},
    {name: 'APIGone', forSeconds: 300, expression: {ok: true, text: 'up == 0', tree: {place: {line: 7, column: 25}}}},
  ])
})

it('places the first thing that is no YAML', () => {
  expect(openRules('api.yml', 'groups:\n  - name: "x\n')).toMatchObject({ok: false, problem: {line: 3, column: 1}})
})

const MERGED = `base: &base {expr: up == 0, for: 5m, labels: &page {severity: critical, team: a}}
groups:
  - name: api
    rules:
      - <<: *base
        alert: Own
        labels: {<<: *page, team: b}
      - {<<: [{for: 1m, alert: First}, *base]}
      - {alert: Nested, <<: {<<: {for: 3m, expr: down}, expr: up}}
      - {alert: Quoted, "<<": *base}
`

// As `promtool check rules` and `promtool test rules` take the same text (but for the quoted key, which they refuse).
it('merges what `<<` names as Prometheus does: own keys first, then the earlier of a list, never a quoted "<<"', () => {
  const opened = openRules('api.yml', MERGED)
  if (!opened.ok) throw new Error(opened.problem.message)
  expect(readRules(opened.rules)).toMatchObject([
    {name: 'Own', forSeconds: 300, labels: {severity: 'critical', team: 'b'}, expression: {text: 'up == 0'}},
    {name: 'First', forSeconds: 60, labels: {severity: 'critical', team: 'a'}, expression: {text: 'up == 0'}},
    {name: 'Nested', forSeconds: 180, expression: {text: 'up'}},
    {name: 'Quoted', forSeconds: null, labels: {}, expression: {ok: false}},
  ])
  expect(alertsOf(opened.rules)).toMatchObject([
    {severity: 'critical', words: ['team', 'severity']},
    {name: 'First', severity: 'critical'},
    {name: 'Nested'},
    {name: 'Quoted', severity: null},
  ])
})

it.each([
  ['a loop', 'groups: [{rules: [&a {alert: A, expr: up, <<: *a}]}]'],
  ['what multiplies', `a0: &a0 {for: 1m}\n${doubling(40)}groups: [{rules: [{alert: A, expr: up, <<: *a40}]}]`],
])('ends on %s', (_, text) => {
  const opened = openRules('api.yml', text)
  expect(opened.ok ? readRules(opened.rules) : opened).toMatchObject([{name: 'A', expression: {text: 'up'}}])
})

function doubling(levels: number): string {
  const numbers = Array.from({length: levels}, (_, index) => index)
  return numbers.map((n) => `a${n + 1}: &a${n + 1} {<<: [*a${n}, *a${n}]}\n`).join('')
}

it.each(['\x01', '\v', '\x1b', '\x7f', '\x80', '\x9f', '\ufffe'])(
  'refuses a control character, also in a comment, as Go does: %j',
  (mark) => {
    expect(openRules('api.yml', `groups: []\n# a${mark}b\n`)).toMatchObject({ok: false, problem: {line: 2, column: 4}})
  },
)

it.each(['\t', '\u00a0', '\ufeff', '\u{1f600}'])('takes %j in a comment, as Go does', (mark) => {
  expect(openRules('api.yml', `groups: []\n# a${mark}b\n`)).toMatchObject({ok: true})
})
