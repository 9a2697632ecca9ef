import {describe, expect, it} from 'vitest'
import type {Panel, PanelQuery} from '../../../../src/domain/dashboard/dashboard.js'
import {levelOf} from '../../../../src/domain/dashboard/level.js'
import {figure} from '../../../../src/domain/dashboard/panel-queries.js'
import {readPanel} from '../../../../src/domain/dashboard/read-panel.js'
import type {Sample, Series} from '../../../../src/domain/promql/sample.js'
import {someTargets} from '../../../support/builders/targets.js'

const QUERY: PanelQuery = {...figure('p95', 'p95', 'seconds', 'x'), target: 'latencyP95', needsTraffic: true}
const CONTEXT = {targets: someTargets({latencyP95: 0.5}), isIdle: false, start: 0, end: 40, stepSeconds: 10}

function panel(kind: Panel['kind'], ...queries: readonly PanelQuery[]): Panel {
  return {title: 'P', kind, description: '', runbook: 'high-latency', queries}
}

function read(one: Panel, samples: readonly Sample[], series: readonly Series[] = [], context = CONTEXT) {
  return readPanel(one, {samples, series}, context)
}

function sample(signal: string, value: number, labels: Readonly<Record<string, string>> = {}): Sample {
  return {labels: {signal, ...labels}, value}
}

describe('levelOf', () => {
  it.each([
    [0.39, 'good'],
    [0.4, 'near'],
    [0.5, 'near'],
    [0.51, 'bad'],
  ])('%d of a target below 0.5 is %s', (value, level) => {
    expect(levelOf(value, 0.5, 'below')).toBe(level)
  })

  it('knows targets that are a least value, and figures without any', () => {
    expect([levelOf(0.79, 0.8, 'above'), levelOf(0.8, 0.8, 'above'), levelOf(9, null, 'below')]).toEqual([
      'bad',
      'good',
      'good',
    ])
  })
})

describe('readPanel: figures', () => {
  it('holds a value against its target', () => {
    expect(read(panel('gauges', QUERY), [sample('p95', 0.6)])).toMatchObject({
      verdict: 'degraded',
      content: {kind: 'gauges', figures: [{reading: {kind: 'value', value: 0.6}, target: 0.5, verdict: 'degraded'}]},
    })
  })

  it('tells no traffic from no data, and never lets NaN through', () => {
    const idle = {...CONTEXT, isIdle: true}
    expect(read(panel('figures', QUERY), [sample('p95', NaN)], [], idle)).toMatchObject({
      verdict: 'healthy',
      content: {figures: [{reading: {kind: 'noTraffic'}}]},
    })
    expect(read(panel('figures', QUERY), [])).toMatchObject({
      verdict: 'unknown',
      content: {figures: [{reading: {kind: 'noData'}}]},
    })
    const ofMachine = {...QUERY, needsTraffic: false}
    expect(read(panel('figures', ofMachine), [], [], idle).verdict).toBe('unknown')
  })

  it.each([0, 0.3, 1e9])('does not judge %d without a target', (value) => {
    const aimless = {...CONTEXT, targets: someTargets()}
    const notJudged = {verdict: 'notJudged', content: {figures: [{target: null, verdict: 'notJudged'}]}}
    expect(read(panel('figures', QUERY), [sample('p95', value)], [], aimless)).toMatchObject(notJudged)
    expect(read(panel('figures', QUERY), [], [], {...aimless, isIdle: true})).toMatchObject(notJudged)
    expect(read(panel('figures', QUERY), [], [], aimless).verdict).toBe('unknown')
    const beside = {...figure('rate', 'rps', 'perSecond', 'y'), target: null}
    expect(read(panel('figures', QUERY, beside), [sample('p95', 0.1), sample('rate', value)]).verdict).toBe('healthy')
  })

  it('does not hold it against a young service that it has no past', () => {
    const change = {...QUERY, name: 'change', looksBack: true}
    expect(read(panel('figures', QUERY, change), [sample('p95', 0.1)]).verdict).toBe('healthy')
  })

  it.each([
    [1, 'healthy'],
    [0.5, 'degraded'],
    [0, 'down'],
  ])('a share of %d of the replicas is %s', (value, verdict) => {
    const state = figure('state', 'status', 'state', 'avg(up)')
    expect(read(panel('figures', state), [sample('state', value)]).verdict).toBe(verdict)
  })
})

describe('readPanel: series', () => {
  const at = (...points: readonly (readonly [number, number])[]): readonly Series[] => [
    {labels: {signal: 'p95'}, points: points.map(([when, value]) => ({at: when, value}))},
  ]

  it('keeps the gaps, and what was before it began', () => {
    const {content} = read(panel('series', QUERY), [], at([10, 0.1], [30, 0.2], [40, 0.3]))
    expect(content).toMatchObject({
      trends: [{points: [null, 0.1, null, 0.2, 0.3].map((value) => ({value})), reading: {kind: 'value', value: 0.3}}],
    })
  })

  it('does not call what ended before the end its last value', () => {
    const {content, verdict} = read(panel('series', QUERY), [], at([10, 0.1]))
    expect(content).toMatchObject({trends: [{reading: {kind: 'noData'}}]})
    expect(verdict).toBe('unknown')
  })

  it('is judged by its last value', () => {
    expect(read(panel('series', QUERY), [], at([0, 0.9], [40, 0.1])).verdict).toBe('healthy')
    expect(read(panel('series', QUERY), [], at([0, 0.1], [40, 0.9])).verdict).toBe('degraded')
  })
})

describe('readPanel: tables and histograms', () => {
  const rate = {...figure('rate', 'rps', 'perSecond', 'y'), by: 'endpoint', needsTraffic: true}

  it('joins the columns by label, largest first; what a column lacks is null', () => {
    const slow = {...QUERY, by: 'endpoint'}
    const samples = [
      sample('p95', 0.1, {endpoint: '/cars'}),
      sample('p95', 0.9, {endpoint: '/recommend'}),
      sample('rate', 3, {endpoint: '/cars'}),
      sample('rate', 0, {endpoint: '/stats'}),
    ]
    expect(read(panel('table', slow, rate), samples).verdict).toBe('notJudged')
    expect(read(panel('table', slow, rate), samples).content).toMatchObject({
      by: 'endpoint',
      rows: [
        {label: '/recommend', cells: [{value: 0.9, target: 0.5}, {value: null}]},
        {label: '/cars', cells: [{value: 0.1}, {value: 3}]},
        {label: '/stats', cells: [{value: null}, {value: 0}]},
      ],
    })
  })

  it('takes the counts between two bounds from those below each', () => {
    const scores = {...figure('scores', 'cars', 'count', 'z'), by: 'le', needsTraffic: true}
    const samples = [
      sample('scores', 9, {le: '1'}),
      sample('scores', 2, {le: '0.5'}),
      sample('scores', 9, {le: '+Inf'}),
    ]
    expect(read(panel('histogram', scores), samples).verdict).toBe('notJudged')
    expect(read(panel('histogram', scores), samples).content).toMatchObject({
      buckets: [
        {from: 0, to: 0.5, count: 2},
        {from: 0.5, to: 1, count: 7},
      ],
    })
  })

  it('says why there is none', () => {
    expect(read(panel('table', rate), []).content).toEqual({kind: 'noData'})
    expect(read(panel('histogram', rate), [], [], {...CONTEXT, isIdle: true})).toEqual({
      content: {kind: 'noTraffic'},
      verdict: 'notJudged',
    })
  })
})
