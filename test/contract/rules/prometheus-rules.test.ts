import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {availableTool, runTool} from './available-tool.js'
import {alertRules, recordNames, serviceFolder} from './rule-files.js'

const promtool = await availableTool('promtool')
const prometheusFolder = join(serviceFolder, 'prometheus')
// slo.promtool.yml takes as long as all others: slo-rules.test.ts plays it beside them.
const testFiles = readdirSync(import.meta.dirname).filter((name) => /(?<!^slo)\.promtool\.yml$/.test(name))

describe.skipIf(promtool === undefined)('promtool', () => {
  it('accepts the configuration and every rule file', async () => {
    const {exitCode, output} = await runTool(promtool, ['check', 'config', 'prometheus.yml'], prometheusFolder)
    expect(output).toContain('valid prometheus config')
    expect(exitCode).toBe(0)
  })

  it('finds nothing to complain about in the rules', async () => {
    const files = readdirSync(join(prometheusFolder, 'rules')).map((name) => join('rules', name))
    const {exitCode, output} = await runTool(
      promtool,
      ['check', 'rules', '--lint=all', '--lint-fatal', ...files],
      prometheusFolder,
    )
    expect(output).not.toContain('FAILED')
    expect(exitCode).toBe(0)
  })

  it.each(testFiles)('passes the rule tests of %s', async (file) => {
    const {exitCode, output} = await runTool(promtool, ['test', 'rules', file], import.meta.dirname)
    expect(output).not.toContain('FAILED')
    expect(exitCode).toBe(0)
  })
})

describe('the rules', () => {
  const tests = testFiles.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n')

  it.each([...alertRules.map((rule) => rule.alert), ...recordNames])('%s has a rule test', (name) => {
    expect(new RegExp(`(?<![\\w:])${name}(?![\\w:])`).test(tests)).toBe(true)
  })

  it("has the guide's five alerts with their severity, priority and duration", () => {
    const table = alertRules.map(({alert, labels, for: duration}) => [
      alert,
      labels['severity'],
      labels['priority'],
      duration,
    ])
    expect(table).toEqual([
      ['APIDown', 'critical', 'P0', '1m'],
      ['APIReplicaDown', 'warning', 'P1', '5m'],
      ['HighErrorRate', 'critical', 'P0', '5m'],
      ['HighResponseTime', 'warning', 'P1', '5m'],
      ['HighMemoryUsage', 'warning', 'P1', '10m'],
      ['LowCacheHitRate', 'info', 'P2', '30m'],
      ['Watchdog', 'none', undefined, undefined],
    ])
  })

  it.each(alertRules.filter((rule) => rule.alert !== 'Watchdog'))(
    '$alert tells people what is wrong and what to type',
    ({annotations}) => {
      expect(Object.keys(annotations).sort()).toEqual(['description', 'runbook', 'summary'])
      expect(annotations['runbook']).toMatch(/^[a-z]+(-[a-z]+)+$/)
    },
  )

  it('records under level:metric:operations', () => {
    for (const name of recordNames) expect(name).toMatch(/^[a-z_]+:[a-z_]+:[a-z0-9_]+$/)
    expect(new Set(recordNames).size).toBe(recordNames.length)
  })
})
