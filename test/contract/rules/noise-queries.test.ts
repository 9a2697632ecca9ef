import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {stringify} from 'yaml'
import {noiseQueries, SHORT_SECONDS, SOON_SECONDS} from '../../../src/domain/alerts/noise-queries.js'
import {availableTool, runTool} from './available-tool.js'

const promtool = await availableTool('promtool')
const INTERVAL_SECONDS = 15
const WINDOW_SECONDS = 3 * 3600
const EVALUATIONS = WINDOW_SECONDS / INTERVAL_SECONDS
/** Before the window, so that nothing depends on where data begins. */
const LEAD = 200
const SHORT = SHORT_SECONDS / INTERVAL_SECONDS
const SOON = SOON_SECONDS / INTERVAL_SECONDS

interface Firing {
  /** Evaluations without it, then with it. */
  readonly gap: number
  readonly length: number
}

/** None of the gaps is one whose end a range could be said to include or not. */
const FIRINGS = fc.array(
  fc.record({gap: fc.constantFrom(2, 7, 30, 100, 118, 135, 300), length: fc.constantFrom(1, 5, 19, 25, 60, 200)}),
  {maxLength: 12},
)

function evaluations(firings: readonly Firing[]): readonly boolean[] {
  const fires = firings.flatMap(({gap, length}) => [
    ...Array<boolean>(gap).fill(false),
    ...Array<boolean>(length).fill(true),
  ])
  const whole = [...Array<boolean>(LEAD + 5).fill(false), ...fires]
  return Array.from({length: LEAD + EVALUATIONS + 1}, (_, index) => whole[index] ?? false)
}

/** By definition, from every single evaluation. */
function counted(fires: readonly boolean[]): readonly [firings: number, flaps: number, firing: number] {
  const inWindow = (index: number): boolean => index >= LEAD
  const starts = fires.flatMap((one, index) => (one && fires[index - 1] !== true && inWindow(index) ? [index] : []))
  const isFlap = (start: number): boolean =>
    start + SHORT < fires.length &&
    (fires[start + SHORT] !== true || fires.slice(Math.max(0, start - 1 - SOON), start).includes(true))
  return [starts.length, starts.filter(isFlap).length, fires.filter((one, index) => one && inWindow(index)).length]
}

function series(fires: readonly boolean[]): string {
  const words = fires.map((one, index) => (one ? '1' : fires[index - 1] === true ? 'stale' : '_'))
  return words.join(' ')
}

function sampleOf(name: string, value: number): readonly object[] {
  return value === 0 ? [] : [{labels: `{alertname="${name}"}`, value}]
}

/** Two instances of one alert, which count together. */
function testCase(first: readonly Firing[], second: readonly Firing[]): object {
  const runs = [evaluations(first), evaluations(second)]
  const {firings, flaps, firing} = noiseQueries({intervalSeconds: INTERVAL_SECONDS, names: ['A.b']}, WINDOW_SECONDS)
  const sums = [0, 1, 2].map((index) => runs.reduce((sum, run) => sum + (counted(run)[index] ?? 0), 0))
  const labels = (instance: string): string => `ALERTS{alertname="A.b",alertstate="firing",instance="${instance}"}`
  return {
    interval: '15s',
    input_series: [
      ...runs.map((run, index) => ({series: labels(String(index)), values: series(run)})),
      {series: 'ALERTS{alertname="Axb",alertstate="firing"}', values: `1x${String(LEAD + EVALUATIONS)}`},
      {series: 'ALERTS{alertname="A.b",alertstate="pending"}', values: `1x${String(LEAD + EVALUATIONS)}`},
    ],
    promql_expr_test: [firings, flaps, firing].map((expr, index) => ({
      expr,
      eval_time: `${String((LEAD + EVALUATIONS) * INTERVAL_SECONDS)}s`,
      exp_samples: sampleOf('A.b', sums[index] ?? 0),
    })),
  }
}

describe.skipIf(promtool === undefined)('the queries of the noise review', () => {
  it('count what happened, evaluation by evaluation', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faci-noise-'))
    const random = fc.sample(fc.tuple(FIRINGS, FIRINGS), {numRuns: 25, seed: 7})
    const flapping = Array.from({length: 10}, () => ({gap: 7, length: 5}))
    const cases = [...random, [[], []] as const, [flapping, [{gap: 2, length: 400}]] as const]
    const file = join(folder, 'noise.yml')
    writeFileSync(
      file,
      stringify({evaluation_interval: '15s', tests: cases.map(([one, other]) => testCase(one, other))}),
    )
    const {exitCode, output} = await runTool(promtool, ['test', 'rules', file], folder)
    rmSync(folder, {recursive: true})
    expect(output).toContain('SUCCESS')
    expect(exitCode).toBe(0)
  })
})
