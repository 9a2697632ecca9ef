import {describe, expect, it} from 'vitest'
import type {LoadedRule} from '../../../../src/domain/alerts/loaded-rule.js'
import {noiseQueries, notificationQueries, oldestQuery} from '../../../../src/domain/alerts/noise-queries.js'
import type {Sample} from '../../../../src/domain/promql/sample.js'
import {reviewNoise} from '../../../../src/usecases/alerts/review-noise.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {aLoadedRule, fakeLoadedRules} from '../../../support/fakes/loaded-rules.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'

const WEEK = 7 * 86_400
const NOW = Date.parse('2026-01-08T00:00:00.000Z') / 1000
const QUERIES = noiseQueries({intervalSeconds: 15, names: ['APIDown', 'Slow']}, WEEK)
const SENT = notificationQueries(WEEK)
const of = (label: string, values: Readonly<Record<string, number>>): readonly Sample[] =>
  Object.entries(values).map(([name, value]) => ({labels: {[label]: name}, value}))

const ANSWERS: Readonly<Record<string, readonly Sample[]>> = {
  [QUERIES.firings]: of('alertname', {APIDown: 3}),
  [QUERIES.flaps]: of('alertname', {APIDown: 2}),
  [QUERIES.firing]: of('alertname', {APIDown: 40}),
  [oldestQuery(WEEK)]: [{labels: {}, value: NOW - WEEK}],
  [SENT.sent]: of('integration', {webhook: 12.02, email: 0, slack: 3.1}),
  [SENT.failed]: of('integration', {slack: 1.9}),
}

const RULES = [aLoadedRule(), aLoadedRule({name: 'Slow'}), aLoadedRule({name: 'Watchdog'})]

function review(
  answers: Readonly<Record<string, readonly Sample[]>>,
  {rules = RULES, warnings = []}: {readonly rules?: readonly LoadedRule[]; readonly warnings?: readonly string[]} = {},
) {
  const deps = {
    metrics: fakeMetrics({...ANSWERS, ...answers}, {}, warnings),
    rules: fakeLoadedRules(rules),
    clock: fakeClock('2026-01-08T00:00:00.000Z'),
  }
  return reviewNoise(deps, {windowSeconds: WEEK})
}

describe('the noise review', () => {
  it('says how often, how long and how restlessly each fired, and which never did', async () => {
    const {verdict, data, warnings} = await review({})
    expect(verdict).toBe('ok')
    expect(warnings).toEqual([])
    expect(data.alerts).toMatchObject([
      {name: 'APIDown', firings: 3, flaps: 2, firingSeconds: 600, severity: 'critical', advice: 'flapping'},
    ])
    expect(data.quiet).toEqual(['Slow'])
  })

  it('says what was sent over which integration, and what failed', async () => {
    expect((await review({})).data.notifications).toEqual([
      {integration: 'slack', sent: 3, failed: 2},
      {integration: 'webhook', sent: 12, failed: 0},
    ])
    expect((await review({[SENT.sent]: []})).data.notifications).toBeNull()
  })

  it('says how much of the window there is', async () => {
    const {verdict, data, warnings} = await review({[oldestQuery(WEEK)]: [{labels: {}, value: NOW - 86_400}]})
    expect(verdict).toBe('ok')
    expect(data.coveredSeconds).toBe(86_400)
    expect(warnings).toEqual(['Prometheus has only 1d of the 7d: what was before is not counted'])
    const blind = await review({[oldestQuery(WEEK)]: []})
    expect(blind.verdict).toBe('unknown')
    expect(blind.data.alerts[0]?.firingRatio).toBeCloseTo(600 / WEEK)
  })

  it('asks nothing of alerts where there are none but the watchdog', async () => {
    const {data} = await review({}, {rules: [aLoadedRule({name: 'Watchdog'})]})
    expect(data).toMatchObject({alerts: [], quiet: []})
  })

  it('is unreliable with warnings of Prometheus', async () => {
    const {verdict, warnings} = await review({}, {warnings: ['a store did not answer']})
    expect(verdict).toBe('unknown')
    expect(warnings).toEqual(['a store did not answer'])
  })
})
