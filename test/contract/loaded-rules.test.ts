import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {readRelabeling} from '../../src/formats/promql/read-relabeling.js'
import {createPrometheusRules} from '../../src/adapters/prometheus/prometheus-rules.js'
import type {Relabeling} from '../../src/domain/alerts/relabel.js'
import type {LoadedAlert} from '../../src/domain/alerts/loaded-rule.js'
import type {LoadedRules} from '../../src/ports/loaded-rules.js'
import {eventually} from '../support/eventually.js'
import {aLoadedRule, fakeLoadedRules} from '../support/fakes/loaded-rules.js'
import {badDay} from './suites/bad-day.js'
import {type RealPrometheus, realPrometheus} from '../support/servers/real-prometheus.js'

const RULES = `groups:
  - name: first
    interval: 1s
    rules:
      - {record: one, expr: vector(1)}
      - alert: Firing
        expr: vector(7) > 5
        labels: {severity: critical}
        annotations: {summary: 'it is {{ $value }}'}
      - {alert: Waiting, expr: vector(1), for: 1h}
  - name: second
    rules:
      - {alert: Idle, expr: vector(1) > 2, for: 90s}
      - {alert: Failing, expr: 'label_replace(vector(1), "__name__", "", "", "") or on () (one * on () group_left label_replace(one, "x", "y", "", "") / on () (one or label_replace(one, "z", "z", "", "")))'}
`
/** What is not written is Prometheus' default. */
const RELABELINGS = `[{source_labels: [a, b], target_label: c}, {action: labeldrop, regex: '0x1|replica'}]`
const RELABELING: Relabeling = {
  externalLabels: {cluster: 'eu'},
  rules: [
    {
      ...{action: 'replace', sourceLabels: ['a', 'b'], separator: ';', regex: '(.*)', targetLabel: 'c'},
      replacement: '$1',
    },
    {
      ...{action: 'labeldrop', sourceLabels: [], separator: ';', regex: '0x1|replica', targetLabel: ''},
      replacement: '$1',
    },
  ],
}
const options = {headers: {}, tenant: null, partialResponse: 'deny', timeoutSeconds: 2.5} as const
const since = '2026-01-01T00:00:00.000Z'

let real: RealPrometheus

beforeAll(async () => {
  real = await realPrometheus(RULES, '127.0.0.1:1', RELABELINGS)
  await eventually(async () => {
    const rules = await createPrometheusRules({url: real.url, ...options}).alerts()
    expect(rules.map(({state}) => state)).toContain('firing')
    expect(rules.map(({error}) => error !== null)).toContain(true)
  })
})
afterAll(() => {
  real.stop()
})

const firing: LoadedAlert = {
  labels: {alertname: 'Firing', severity: 'critical'},
  annotations: {summary: 'it is 7'},
  ...{state: 'firing', since, activeSeconds: 5, value: 7},
}

const implementations: readonly (readonly [string, () => LoadedRules])[] = [
  [
    'the fake',
    () =>
      fakeLoadedRules(
        [
          aLoadedRule({
            ...{name: 'Firing', group: 'first', expression: 'vector(7) > 5', forSeconds: 0, intervalSeconds: 1},
            ...{labels: {severity: 'critical'}, annotations: {summary: 'it is {{ $value }}'}, state: 'firing'},
            alerts: [firing],
          }),
          aLoadedRule({name: 'Waiting', state: 'pending', alerts: [{...firing, state: 'pending', value: 1}]}),
          aLoadedRule({name: 'Idle', group: 'second', forSeconds: 90, intervalSeconds: 1, labels: {}, annotations: {}}),
          aLoadedRule({name: 'Failing', error: 'found duplicate series'}),
        ],
        RELABELING,
      ),
  ],
  ['a real Prometheus', () => createPrometheusRules({url: real.url, ...options})],
]

describe.each(implementations)('LoadedRules: %s', (_, make) => {
  it('tells what becomes of the labels of an alert on the way', async () => {
    expect(await make().relabeling()).toEqual(RELABELING)
  })

  it('gives the alert rules in order, without recording rules', async () => {
    const rules = await make().alerts()
    expect(rules.map(({name}) => name)).toEqual(['Firing', 'Waiting', 'Idle', 'Failing'])
  })

  it('gives a firing one with what it finds, its templates filled', async () => {
    const rule = (await make().alerts())[0]
    expect(rule).toMatchObject({
      ...{group: 'first', forSeconds: 0, intervalSeconds: 1, state: 'firing', error: null},
      ...{labels: {severity: 'critical'}, annotations: {summary: 'it is {{ $value }}'}},
    })
    expect(rule?.alerts).toMatchObject([
      {
        ...firing,
        since: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
        activeSeconds: expect.any(Number) as unknown,
      },
    ])
  })

  it('gives what is pending, what is inactive, and why a rule fails', async () => {
    const [, waiting, idle, failing] = await make().alerts()
    expect(waiting).toMatchObject({state: 'pending', alerts: [{state: 'pending', value: 1}]})
    expect(idle).toMatchObject({state: 'inactive', forSeconds: 90, group: 'second', intervalSeconds: 1, alerts: []})
    expect(failing?.error).toMatch(/duplicate|matching/)
  })
})

badDay('Prometheus', (server) => {
  const {alerts, relabeling} = createPrometheusRules({...options, ...server})
  return [alerts, relabeling]
})

describe('a configuration that Prometheus prints', () => {
  it.each(['a: [', 'alerting: 7', 'global: {external_labels: [a]}', ''])('is badAnswer when it is %j', (yaml) => {
    expect(() => readRelabeling(yaml)).toThrow(expect.objectContaining({code: 'badAnswer'}))
  })

  it.each<[string, string, readonly string[]]>([
    ['the rules of one', '[{alert_relabel_configs: [{action: Drop}]}]', ['keep', 'drop']],
    [
      'the same of both',
      '[{alert_relabel_configs: [{action: drop}]}, {alert_relabel_configs: [{action: drop}]}]',
      ['keep', 'drop'],
    ],
    ['other rules of each', '[{alert_relabel_configs: [{action: drop}]}, {}]', ['keep', 'of several Alertmanagers']],
    ['none', '[{}, {}]', ['keep']],
  ])('has those of all Alertmanagers, then %s', (_, alertmanagers, actions) => {
    const {rules} = readRelabeling(
      `alerting: {alert_relabel_configs: [{action: keep}], alertmanagers: ${alertmanagers}}`,
    )
    expect(rules.map(({action}) => action)).toEqual(actions)
  })
})
