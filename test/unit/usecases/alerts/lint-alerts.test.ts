import {describe, expect, it} from 'vitest'
import type {DefinedRule} from '../../../../src/domain/alerts/defined-rule.js'
import {existingQuery} from '../../../../src/domain/alerts/lint/missing-metrics.js'
import {oldestQuery} from '../../../../src/domain/alerts/noise-queries.js'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Metrics, MetricType} from '../../../../src/ports/metrics.js'
import {inWords} from '../../../../src/render/findings/worded-findings.js'
import {alertFaultText} from '../../../../src/render/words/en/lint/alerts.js'
import {lintAlerts} from '../../../../src/usecases/alerts/lint-alerts.js'
import {definedRule} from '../../../support/defined-rules.js'
import {fakeAlertRules} from '../../../support/fakes/alert-rules.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeLibrary} from '../../../support/fakes/library.js'
import {fakeRuleChecker} from '../../../support/fakes/rule-checker.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'
import {patterns} from '../../../support/patterns.js'

const WEEK = 7 * 86_400
const NOW = Date.parse('2026-01-01T00:00:00.000Z') / 1000

const RULES = [
  definedRule('A', 'a > 1 and own:rate5m > 2'),
  definedRule('B', 'absent(b) or a > 5'),
  definedRule('Watchdog', 'vector(1)', {labels: {severity: 'none'}}),
  definedRule('own:rate5m', 'rate(c_total[5m])', {kind: 'record', labels: {}, annotations: {}}),
]
const COVERED = {[oldestQuery(WEEK)]: [{labels: {}, value: NOW - WEEK}]}
const existing = (...names: readonly string[]) => ({
  [existingQuery(['a', 'b', 'c_total'])]: names.map((name) => ({labels: {__name__: name}, value: 1})),
})

async function lint(metrics: Metrics, rules: readonly DefinedRule[] = RULES) {
  const deps = {
    alertRules: fakeAlertRules([], rules),
    patterns,
    checker: fakeRuleChecker(),
    library: fakeLibrary({book: '---\ntitle: x\n---\n'}),
    live: {metrics, clock: fakeClock()},
  }
  return inWords(await lintAlerts(deps, {directory: '/srv'}), alertFaultText)
}

describe('linting alerts against Prometheus', () => {
  it('tells each metric that has no series, where each rule names it, but none that the rules record', async () => {
    const {verdict, data} = await lint(fakeMetrics({...COVERED, ...existing('a')}))
    expect(verdict).toBe('bad')
    expect(data.findings.map(({file, line, column, rule, message}) => ({file, line, column, rule, message}))).toEqual([
      {file: 'rules/a.yml', line: 4, column: 14, rule: 'metric', message: 'Prometheus has no series of `c_total` now'},
      {file: 'rules/a.yml', line: 4, column: 16, rule: 'metric', message: 'Prometheus has no series of `b` now'},
    ])
    expect((await lint(fakeMetrics({...COVERED, ...existing('a', 'b', 'c_total')}))).verdict).toBe('ok')
  })

  it('says how often each would have fired, `for` applied, without the watchdog', async () => {
    const points = [60, 120, 180, 600].map((at) => ({at: NOW - 3600 + at, value: 2}))
    const ranges = {'a > 1 and own:rate5m > 2': [{labels: {}, points}]}
    const {data} = await lint(fakeMetrics({...COVERED, ...existing('a', 'b', 'c_total')}, ranges))
    expect(data.backtests).toEqual([
      {name: 'A', file: 'rules/a.yml', line: 3, firings: 1, firingSeconds: 120},
      {name: 'B', file: 'rules/a.yml', line: 3, firings: 0, firingSeconds: 0},
    ])
  })

  it('asks for no more points than Prometheus gives', async () => {
    const asked: number[] = []
    const metrics: Metrics = {
      ...fakeMetrics({...COVERED, ...existing('a', 'b', 'c_total')}),
      queryRange: (_, {start, end, stepSeconds}) => {
        asked.push((end - start) / stepSeconds + 1)
        return Promise.resolve({series: [], warnings: [], notes: []})
      },
    }
    await lint(metrics)
    expect(asked).toEqual([10_081, 10_081])
  })

  it('what cannot be looked at is told, never taken for good', async () => {
    const away = () => Promise.reject(new FaciError('unreachable', 'Prometheus is away'))
    const {verdict, data} = await lint({query: away, queryRange: away, retention: away, type: away, version: away})
    expect(verdict).toBe('unknown')
    expect(data.notChecked.map(({check, reason}) => `${check} ${reason}`)).toEqual([
      'metrics Prometheus is away',
      'backtest A: Prometheus is away',
      'backtest B: Prometheus is away',
    ])
    const unreliable = await lint(fakeMetrics({...COVERED, ...existing()}, {}, ['a store did not answer']))
    expect(unreliable.verdict).toBe('unknown')
    expect(unreliable.data.findings).toEqual([])
  })

  it('what is named like a counter is one where Prometheus says so, and none where it is a gauge', async () => {
    const types: Readonly<Record<string, MetricType>> = {
      b_total: 'gauge',
      c_total: 'counter',
      d: 'counter',
      e: 'histogram',
    }
    const names = ['b_total', 'c_total', 'd_total', 'e_bucket', 'f_total']
    const rules = names.map((name) => definedRule(`A_${name}`, `${name} > 1`))
    const metrics = {
      ...fakeMetrics({...COVERED, [existingQuery(names)]: names.map((name) => ({labels: {__name__: name}, value: 1}))}),
      type: (family: string) => Promise.resolve(types[family] ?? 'unknown'),
    }
    const told = (await lint(metrics, rules)).data.findings.filter(({rule}) => rule.startsWith('counter'))
    expect(
      told.map(({rule, severity, message}) => `${severity} ${rule} ${message.split('`')[1] ?? ''}`).sort(),
    ).toEqual([
      'error counter c_total',
      'error counter d_total',
      'error counter e_bucket',
      'warning counter-name f_total',
    ])
    const silent = {...metrics, type: () => Promise.reject(new FaciError('timedOut', 'no answer'))}
    const untold = (await lint(silent, rules)).data.findings.filter(({rule}) => rule.startsWith('counter'))
    expect(untold.map(({rule}) => rule)).toEqual(names.map(() => 'counter-name'))
    expect(untold[0]?.suggestion).toBe('rate(b_total[5m]), or increase; Prometheus does not tell its type')
  })

  it('says how much of the week there is', async () => {
    const young = {...existing('a', 'b', 'c_total'), [oldestQuery(WEEK)]: [{labels: {}, value: NOW - 3600}]}
    expect((await lint(fakeMetrics(young))).warnings).toEqual([
      'Prometheus has only 1h of the 7d: what was before is not counted',
    ])
  })

  it('names each file as it is from here, the one of another rule too', async () => {
    const twice = [definedRule('A', 'a > 1'), definedRule('A', 'a > 1', {file: '/srv/rules/b.yml'})]
    const {data} = await lint(fakeMetrics(COVERED), twice)
    expect(data.findings.filter(({rule}) => rule === 'duplicate')).toMatchObject([
      {file: 'rules/b.yml', message: '`A` with these labels is also at rules/a.yml:3'},
    ])
  })

  it('asks nothing where nothing is to be asked', async () => {
    const {verdict, data} = await lint(fakeMetrics(COVERED), [])
    expect({verdict, ...data}).toMatchObject({verdict: 'ok', alerts: 0, records: 0, backtests: [], findings: []})
  })
})
