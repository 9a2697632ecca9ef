import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import type {Objective} from '../../../src/domain/slo/objective.js'
import {sloRuleSet} from '../../../src/domain/slo/slo-rule-set.js'
import {ruleFileYaml} from '../../../src/render/yaml/rule-file.js'
import {availableTool, runTool, type ToolRun} from './available-tool.js'

const promtool = await availableTool('promtool')

describe.skipIf(promtool === undefined)('the rules of the objectives', () => {
  it('do what their generated tests say', {timeout: 180_000}, async () => {
    const {exitCode, output} = await runTool(promtool, ['test', 'rules', 'slo.promtool.yml'], import.meta.dirname)
    expect(output).not.toContain('FAILED')
    expect(exitCode).toBe(0)
  })
})

/** Promtool on the rules of one objective and a test of them, in a folder of their own. */
async function played(objective: Objective, test: object): Promise<ToolRun> {
  const folder = mkdtempSync(join(tmpdir(), 'faci-rules-'))
  try {
    const set = sloRuleSet([objective], {job: 'shop', fewestBadEvents: 2}, 'rules.yml')
    writeFileSync(join(folder, 'rules.yml'), ruleFileYaml(set))
    const tests = {rule_files: ['rules.yml'], evaluation_interval: '30s', tests: [test]}
    writeFileSync(join(folder, 'test.yml'), JSON.stringify(tests))
    return await runTool(promtool, ['test', 'rules', 'test.yml'], folder)
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
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

describe.skipIf(promtool === undefined)('the rules of a native histogram', () => {
  it('are rules that promtool takes', async () => {
    const latency: Objective = {
      ...{name: 'latency', objective: 0.95, windowSeconds: 2_592_000, runbook: null},
      indicator: {
        ...{kind: 'latency', histogram: 'http_request_duration_seconds', matchers: [], thresholdSeconds: 0.5},
        native: true,
      },
    }
    const set = sloRuleSet([latency], {job: 'shop', fewestBadEvents: 2}, 'rules.yml')
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
