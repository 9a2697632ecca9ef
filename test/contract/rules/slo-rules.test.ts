import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import type {Objective} from '../../../src/domain/slo/objective.js'
import {sloRuleSet} from '../../../src/domain/slo/slo-rule-set.js'
import {ruleFileYaml} from '../../../src/render/yaml/rule-file.js'
import {availableTool, runTool} from './available-tool.js'

const promtool = await availableTool('promtool')

describe.skipIf(promtool === undefined)('the rules of the objectives', () => {
  it('do what their generated tests say', {timeout: 180_000}, async () => {
    const {exitCode, output} = await runTool(promtool, ['test', 'rules', 'slo.promtool.yml'], import.meta.dirname)
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
