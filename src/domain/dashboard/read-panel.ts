import type {Reading, SignalTargets} from '../signals/reading.js'
import type {Sample, Series} from '../promql/sample.js'
import {type JudgedVerdict, type StateVerdict, worstOfJudged} from '../verdict.js'
import type {Panel, PanelQuery} from './dashboard.js'
import type {Bucket, Figure, PanelContent, Row, Trend, TrendPoint} from './dashboard-report.js'
import {levelOf} from './level.js'

/** What was answered for a panel, each sample with its query's name in the label `signal`. */
export interface PanelAnswer {
  readonly samples: readonly Sample[]
  readonly series: readonly Series[]
}

export interface PanelContext {
  readonly targets: SignalTargets
  /** The traffic is known to be zero. */
  readonly isIdle: boolean
  /** Seconds since the epoch. */
  readonly start: number
  readonly end: number
  readonly stepSeconds: number
}

interface Read {
  readonly content: PanelContent
  readonly verdict: JudgedVerdict
}

function readingOf(value: number | null, query: PanelQuery, isIdle: boolean): Reading {
  if (value !== null) return {kind: 'value', value}
  return isIdle && query.needsTraffic ? {kind: 'noTraffic'} : {kind: 'noData'}
}

/** Of the share of the replicas that answer. */
function stateOf(share: number): StateVerdict {
  return share === 1 ? 'healthy' : share === 0 ? 'down' : 'degraded'
}

/** Without a target nothing makes a value good or bad, whatever it is; what could not be read is unknown all the same. */
function judge(reading: Reading, query: PanelQuery, target: number | null): JudgedVerdict {
  if (reading.kind === 'noData') return query.looksBack ? 'notJudged' : 'unknown'
  if (query.unit === 'state' && reading.kind === 'value') return stateOf(reading.value)
  if (target === null) return 'notJudged'
  if (reading.kind === 'noTraffic') return 'healthy'
  return levelOf(reading.value, target, query.good) === 'bad' ? 'degraded' : 'healthy'
}

function figureOf(query: PanelQuery, value: number | null, {targets, isIdle}: PanelContext): Figure {
  const {name, title, unit, good} = query
  const target = query.target === null ? null : targets[query.target]
  const reading = readingOf(value, query, isIdle)
  return {name, title, unit, reading, target, good, verdict: judge(reading, query, target)}
}

function named<T extends {readonly labels: Sample['labels']}>(all: readonly T[], {name}: PanelQuery): readonly T[] {
  return all.filter(({labels}) => labels['signal'] === name)
}

function known(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value
}

function readFigures(kind: 'figures' | 'gauges', panel: Panel, answer: PanelAnswer, context: PanelContext): Read {
  const figures = panel.queries.map((query) => figureOf(query, known(named(answer.samples, query)[0]?.value), context))
  return {content: {kind, figures}, verdict: worstOfJudged(figures.map(({verdict}) => verdict))}
}

function pointsOf(series: Series | undefined, {start, end, stepSeconds}: PanelContext): readonly TrendPoint[] {
  const values = new Map(series?.points.map(({at, value}) => [Math.round((at - start) / stepSeconds), value]))
  return Array.from({length: Math.floor((end - start) / stepSeconds) + 1}, (_unused, index) => ({
    at: new Date((start + index * stepSeconds) * 1000).toISOString(),
    value: known(values.get(index)),
  }))
}

function readTrends(panel: Panel, answer: PanelAnswer, context: PanelContext): Read {
  const trends = panel.queries.map((query): Trend => {
    const points = pointsOf(named(answer.series, query)[0], context)
    return {...figureOf(query, points.at(-1)?.value ?? null, context), points}
  })
  return {content: {kind: 'series', trends}, verdict: worstOfJudged(trends.map(({verdict}) => verdict))}
}

function empty(query: PanelQuery, isIdle: boolean): Read {
  const reading = readingOf(null, query, isIdle)
  return {content: {kind: reading.kind === 'noTraffic' ? 'noTraffic' : 'noData'}, verdict: judge(reading, query, null)}
}

function readTable(panel: Panel, first: PanelQuery, answer: PanelAnswer, context: PanelContext): Read {
  const by = first.by ?? ''
  const values = panel.queries.map(
    (query) => new Map(named(answer.samples, query).map(({labels, value}) => [labels[by] ?? '', known(value)])),
  )
  const labels = [...new Set(values.flatMap((column) => [...column.keys()]))]
  const rows = labels.map((label): Row => {
    const cells = panel.queries.map((query, index) => ({
      value: values[index]?.get(label) ?? null,
      target: query.target === null ? null : context.targets[query.target],
    }))
    return {label, cells}
  })
  if (rows.length === 0) return empty(first, context.isIdle)
  const size = ({cells}: Row): number => cells[0]?.value ?? -Infinity
  const columns = panel.queries.map(({title, unit, good}) => ({title, unit, good}))
  return {
    content: {kind: 'table', by, columns, rows: rows.sort((one, other) => size(other) - size(one))},
    verdict: 'notJudged',
  }
}

/** Prometheus counts what is at most each bound: what is between two is the difference. */
function bucketsOf(samples: readonly Sample[]): readonly Bucket[] {
  const bounds = samples
    .map(({labels, value}) => ({to: Number(labels['le']), value}))
    .filter(({to}) => Number.isFinite(to))
    .sort((one, other) => one.to - other.to)
  return bounds.map(({to, value}, index) => {
    const below = bounds[index - 1]
    return {from: below?.to ?? 0, to, count: Math.max(0, value - (below?.value ?? 0))}
  })
}

function readHistogram(first: PanelQuery, answer: PanelAnswer, {isIdle}: PanelContext): Read {
  const buckets = bucketsOf(named(answer.samples, first))
  if (!buckets.some(({count}) => count > 0)) return empty(first, isIdle)
  return {content: {kind: 'histogram', unit: 'ratio', buckets}, verdict: 'notJudged'}
}

/** What a panel shows of what was answered for it. */
export function readPanel(panel: Panel, answer: PanelAnswer, context: PanelContext): Read {
  const [first] = panel.queries
  if (first === undefined) return {content: {kind: 'unknown', reason: 'it has no query'}, verdict: 'unknown'}
  switch (panel.kind) {
    case 'figures':
    case 'gauges':
      return readFigures(panel.kind, panel, answer, context)
    case 'series':
      return readTrends(panel, answer, context)
    case 'table':
      return readTable(panel, first, answer, context)
    case 'histogram':
      return readHistogram(first, answer, context)
  }
}
