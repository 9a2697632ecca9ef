import {re2jsPatterns} from '../../../src/adapters/re2/re2js-patterns.js'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import type {Objective} from '../../../src/domain/slo/objective.js'
import {sloRuleSet} from '../../../src/domain/slo/slo-rule-set.js'
import {ruleFileYaml} from '../../../src/render/yaml/rule-file.js'
import {availableTool, runTool, type ToolRun} from './available-tool.js'

const promtool = await availableTool('promtool')

interface RuleFile {
  readonly groups: readonly {readonly name: string}[]
}

interface RuleTests {
  readonly rule_files: readonly string[]
  readonly evaluation_interval: string
  readonly tests: readonly {readonly name: string}[]
}

const shipped = readYaml('slo.promtool.yml') as RuleTests
const shippedRules = shipped.rule_files.map((file) => readYaml(file) as RuleFile)
const OBJECTIVES = [...new Set(shipped.tests.map(({name}) => name.split(':', 1)[0] ?? ''))]

function readYaml(file: string): unknown {
  return parse(readFileSync(join(import.meta.dirname, file), 'utf8'))
}

/** Every test evaluates every rule that it is given: those of one objective with its own tests are a quarter of the work. */
describe.skipIf(promtool === undefined)('the rules of the objectives', () => {
  it.each(OBJECTIVES)('do what their generated tests say: %s', {timeout: 180_000}, async (objective) => {
    const groups = shippedRules.flatMap((file) => file.groups.filter(({name}) => name.startsWith(`slo-${objective}`)))
    const tests = shipped.tests.filter(({name}) => name.startsWith(`${objective}:`))
    expect([groups.length, tests.length]).toEqual([3, expect.toSatisfy((count: number) => count >= 5)])
    const {exitCode, output} = await tested({groups}, {evaluation_interval: shipped.evaluation_interval, tests})
    expect(output).not.toContain('FAILED')
    expect(exitCode).toBe(0)
  })

  it('are all in one of those', () => {
    const names = shippedRules.flatMap(({groups}) => groups.map(({name}) => name))
    expect(names.filter((name) => !OBJECTIVES.some((objective) => name.startsWith(`slo-${objective}`)))).toEqual([])
  })
})

/** Promtool on rules and tests of them, in a folder of their own. */
async function tested(rules: object | string, tests: object): Promise<ToolRun> {
  const folder = mkdtempSync(join(tmpdir(), 'faci-rules-'))
  try {
    writeFileSync(join(folder, 'rules.yml'), typeof rules === 'string' ? rules : JSON.stringify(rules))
    writeFileSync(join(folder, 'test.yml'), JSON.stringify({rule_files: ['rules.yml'], ...tests}))
    return await runTool(promtool, ['test', 'rules', 'test.yml'], folder)
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

function played(objective: Objective, test: object): Promise<ToolRun> {
  const set = sloRuleSet([objective], {job: 'shop', fewestBadEvents: 2}, 'rules.yml', re2jsPatterns)
  return tested(ruleFileYaml(set), {evaluation_interval: '30s', tests: [test]})
}

describe.skipIf(promtool === undefined)('ErrorBudgetSpent', () => {
  it('fires once the window was measured, not on a young service', async () => {
    const counter = (status: string, values: string) => ({
      series: `http_requests_total{job="shop", status="${status}"}`,
      values,
    })
    const total = {kind: 'selector', metric: 'http_requests_total', matchers: []} as const
    const objective: Objective = {
      ...{name: 'availability', objective: 0.995, windowSeconds: 3600, runbook: null},
      indicator: {kind: 'errors', errors: {...total, matchers: ['status=~"5.."']}, total},
    }
    const spent = (minute: number, value: number | null) => ({
      expr: 'count(ALERTS{alertname="ErrorBudgetSpent", alertstate="firing"})',
      eval_time: `${minute}m`,
      exp_samples: value === null ? [] : [{value}],
    })
    const {exitCode, output} = await played(objective, {
      interval: '1m',
      input_series: [counter('200', '0+900x200'), counter('500', '0+100x80 8100+0x120')],
      // Measured for nine tenths from minute 55 on, spent until an hour after the last error.
      promql_expr_test: [spent(40, null), spent(75, 1), spent(120, 1), spent(160, null)],
    })
    expect(output).not.toContain('FAILED')
    expect(exitCode).toBe(0)
  })
})

describe.skipIf(promtool === undefined)('requests that a proxy refused', () => {
  it('are errors and requests too, also when the service is gone; without any, nothing is measured then', async () => {
    const total = {kind: 'selector', metric: 'http_requests_total', matchers: []} as const
    const of = (kind: string) => `sum(increase(haproxy_backend_${kind}_errors_total{proxy="api"}[WINDOW]))`
    const objective: Objective = {
      ...{name: 'availability', objective: 0.995, windowSeconds: 2_592_000, runbook: null},
      indicator: {
        ...{kind: 'errors', errors: {...total, matchers: ['status=~"5.."']}, total},
        refused: `${of('connection')} + ${of('response')}`,
      },
    }
    const ratio = (minute: number, value: number | null) => ({
      expr: 'round(sum without (definition, slo, job) ({__name__="slo:error:ratio_rate5m"}), 0.001)',
      eval_time: `${minute}m`,
      exp_samples: value === null ? [] : [{value}],
    })
    const counted = (minute: number, value: number | null) => ({
      expr: 'round(sum without (definition, slo, job) ({__name__="slo:events_total:increase5m"}))',
      eval_time: `${minute}m`,
      exp_samples: value === null ? [] : [{value}],
    })
    const {exitCode, output} = await played(objective, {
      interval: '1m',
      // 80 good and 10 bad of the service and 10 refused a minute; from minute 30 on 50 refused; from minute 60 on none.
      input_series: [
        {series: 'http_requests_total{job="shop", status="200"}', values: '0+80x30 stale'},
        {series: 'http_requests_total{job="shop", status="500"}', values: '0+10x30 stale'},
        {series: 'haproxy_backend_connection_errors_total{proxy="api"}', values: '0+8x30 288+48x29 1680x60'},
        {series: 'haproxy_backend_response_errors_total{proxy="api"}', values: '0+2x59 118x60'},
      ],
      promql_expr_test: [ratio(20, 0.2), counted(20, 500), ratio(50, 1), counted(50, 250), counted(80, null)],
    })
    expect(output).not.toContain('FAILED')
    expect(exitCode).toBe(0)
  })
})

describe.skipIf(promtool === undefined)('the rules of a native histogram', () => {
  it('are rules that promtool takes', async () => {
    const latency: Objective = {
      ...{name: 'latency', objective: 0.95, windowSeconds: 2_592_000, runbook: null},
      indicator: {
        ...{kind: 'latency', histogram: 'http_request_duration_seconds', matchers: [], thresholdSeconds: 0.5},
        native: true,
      },
    }
    const set = sloRuleSet([latency], {job: 'shop', fewestBadEvents: 2}, 'rules.yml', re2jsPatterns)
    const folder = mkdtempSync(join(tmpdir(), 'faci-native-'))
    try {
      writeFileSync(join(folder, 'rules.yml'), ruleFileYaml(set))
      const {exitCode, output} = await runTool(promtool, ['check', 'rules', 'rules.yml'], folder)
      expect([exitCode, output]).toEqual([0, expect.stringContaining('SUCCESS')])
      expect(ruleFileYaml(set)).toContain('histogram_fraction(0, 0.5, sum(increase(http_request_duration_seconds{')
    } finally {
      rmSync(folder, {recursive: true, force: true})
    }
  })
})

describe.skipIf(promtool === undefined)('the generated tests of an objective', () => {
  const total = {kind: 'selector', metric: 'http_requests_total', matchers: []} as const
  const errors = {kind: 'errors', errors: {...total, matchers: ['status=~"5.."']}, total} as const
  const latency = {
    kind: 'latency',
    histogram: 'took_seconds',
    matchers: [],
    thresholdSeconds: 0.5,
    native: false,
  } as const
  const days = (...all: readonly number[]) => all.map((one) => one * 86_400)

  it.each([
    [0.999, {kind: 'up'}],
    [0.99995, {kind: 'up'}],
    [0.99995, errors],
    [0.99999, latency],
  ] as const)('pass for an objective of %d', {timeout: 120_000}, async (target, indicator) => {
    const objective: Objective = {name: 'w', objective: target, windowSeconds: 2_592_000, runbook: null, indicator}
    const set = sloRuleSet([objective], {job: 'shop', fewestBadEvents: 2}, 'rules.yml', re2jsPatterns)
    const {groups} = parse(ruleFileYaml(set)) as RuleFile
    const {exitCode, output} = await tested({groups}, {evaluation_interval: '1m', tests: set.tests.tests})
    expect([exitCode, output.includes('FAILED')], output).toEqual([0, false])
  })

  it('pass for windows of a day to a year, strict and loose ones', {timeout: 600_000}, async () => {
    const kinds = [errors, latency, {kind: 'up'}] as const
    const strict = [0.9, 0.95, 0.99, 0.995, 0.999] as const
    // Each window once, with another target and kind each time: all five targets, all three kinds.
    const objectives = days(1, 3, 7, 28, 60, 90, 180, 365).map((windowSeconds, index): Objective => ({
      name: `w${String(index)}`,
      objective: strict[index % strict.length] ?? 0.99,
      windowSeconds,
      runbook: null,
      indicator: kinds[index % kinds.length] ?? errors,
    }))
    const set = sloRuleSet(objectives, {job: 'shop', fewestBadEvents: 2}, 'rules.yml', re2jsPatterns)
    const all = (parse(ruleFileYaml(set)) as RuleFile).groups
    for (const {name} of objectives) {
      const groups = all.filter((group) => group.name.startsWith(`slo-${name}`))
      const tests = set.tests.tests.filter((test) => test.name.startsWith(`${name}:`))
      expect(tests.length).toBeGreaterThan(1)
      const {exitCode, output} = await tested({groups}, {evaluation_interval: '1m', tests})
      expect(`${name}: ${output}`).not.toContain('FAILED')
      expect(exitCode).toBe(0)
    }
  })
})
