import {quoted} from '../promql/promql.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Labels, Sample, Series} from '../promql/sample.js'

/** JSON has no NaN and no infinity: those are spelled as Prometheus spells them. */
export type Figure = number | 'NaN' | '+Inf' | '-Inf'

export interface ReportedSample {
  readonly labels: Labels
  readonly value: Figure
}

export interface ReportedSeries {
  readonly labels: Labels
  readonly points: readonly {readonly at: IsoTime; readonly value: Figure}[]
}

export type QueryReport =
  | {readonly kind: 'instant'; readonly expression: string; readonly samples: readonly ReportedSample[]}
  | {readonly kind: 'string'; readonly expression: string; readonly text: string}
  | {readonly kind: 'range'; readonly expression: string; readonly series: readonly ReportedSeries[]}

function figure(value: number): Figure {
  if (Number.isFinite(value)) return value
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}

export function reportSamples(samples: readonly Sample[]): readonly ReportedSample[] {
  return samples.map(({labels, value}) => ({labels, value: figure(value)}))
}

export function reportSeries(series: readonly Series[]): readonly ReportedSeries[] {
  return series.map(({labels, points}) => ({
    labels,
    points: points.map(({at, value}) => ({at: new Date(at * 1000).toISOString(), value: figure(value)})),
  }))
}

/**
 * With its labels as PromQL writes them between quotes, masked first: a backslash, a quote or a line break of a label is told from one that
 * is written around it. What else is hidden is made visible later, in escapes that PromQL reads too.
 */
export function withWrittenLabels(report: QueryReport, mask: (text: string) => string): QueryReport {
  const inside = (text: string): string => quoted(mask(text)).slice(1, -1)
  const written = (labels: Labels): Labels =>
    Object.fromEntries(Object.entries(labels).map(([name, value]) => [inside(name), inside(value)]))
  if (report.kind === 'string') return report
  if (report.kind === 'instant')
    return {...report, samples: report.samples.map((one) => ({...one, labels: written(one.labels)}))}
  return {...report, series: report.series.map((one) => ({...one, labels: written(one.labels)}))}
}
