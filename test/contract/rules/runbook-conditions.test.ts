import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {stringify} from 'yaml'
import {repositoryRoot} from '../../../service/stack/repository.js'
import {createFileLibrary} from '../../../src/adapters/library/file-library.js'
import {availableTool, runTool} from './available-tool.js'

const promtool = await availableTool('promtool')
const read = await createFileLibrary(join(repositoryRoot, 'runbooks')).read('api-down')

/** The PromQL with which api-down knows that it is over. */
function condition(): string {
  const found =
    read.kind === 'valid' ? read.runbook.resolved?.conditions.find(({kind}) => kind === 'promql') : undefined
  if (found?.kind !== 'promql') throw new Error('api-down has no PromQL condition')
  return found.expression
}

/** Scraped every five seconds for two minutes, as the stack does. */
const CASES: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
  ['every replica is up', {a: '1x24', b: '1x24'}, 0],
  ['a replica is down', {a: '1x24', b: '1x10 0x13'}, 1],
  ['the only replica is down', {a: '1x10 0x13'}, 1],
  ['none is known', {}, 0],
  // Prometheus was recreated with the stack, so that nobody marked the old address as gone: for five minutes it seems to be there.
  ['the one that was down has another address now', {a: '1x10 0x2 _x11', b: '_x18 1x5'}, 0],
]

describe.skipIf(promtool === undefined)('api-down is over, for Prometheus,', () => {
  it.each(CASES)('%s', async (_name, replicas, value) => {
    const input = Object.entries(replicas).map(([instance, values]) => ({
      series: `up{job="faciliauto-api", instance="${instance}:8000"}`,
      values,
    }))
    const asked = {expr: condition(), eval_time: '2m', exp_samples: [{labels: '{}', value}]}
    const directory = mkdtempSync(join(tmpdir(), 'faci-condition-'))
    const test = {interval: '5s', input_series: input, promql_expr_test: [asked]}
    writeFileSync(join(directory, 'test.yml'), stringify({evaluation_interval: '5s', tests: [test]}))
    const {exitCode, output} = await runTool(promtool, ['test', 'rules', 'test.yml'], directory)
    rmSync(directory, {recursive: true})
    expect(output).toContain('SUCCESS')
    expect(exitCode).toBe(0)
  })
})
