import {readPromql} from '../../src/formats/promql/promql-tree.js'
import type {DefinedRule} from '../../src/domain/alerts/defined-rule.js'

export function definedRule(name: string, expr: string, over: Partial<DefinedRule> = {}): DefinedRule {
  return {
    ...{kind: 'alert', name, file: '/srv/rules/a.yml', line: 3, column: 9, forSeconds: 60, runbookPlace: null},
    expression: readPromql(expr, (offset) => ({line: 4, column: 9 + offset})),
    labels: {severity: 'warning'},
    annotations: {summary: 's', description: 'd', runbook: 'book'},
    allowed: [],
    ...over,
  }
}

/** Rules that between them break every check that needs no Prometheus. */
export function definedRules(): readonly DefinedRule[] {
  return [
    definedRule('Bare', 'up == 0', {labels: {}, annotations: {}, forSeconds: null}),
    definedRule('Broken', 'sum('),
    definedRule('Ranked', 'topk(3, x_total{a="b"} / x_total) > rate(y)'),
    definedRule('Twice', 'a > 1', {annotations: {summary: 's', description: 'd', runbook: 'bok'}}),
    definedRule('Twice', 'a > 2'),
    definedRule('own:rate5m', 'rate(c_total[5m])', {kind: 'record', labels: {}, annotations: {}}),
  ]
}
