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
