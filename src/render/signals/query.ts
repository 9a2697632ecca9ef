import stringWidth from 'fast-string-width'
import {greatest, least} from '../../domain/extremes.js'
import type {Result} from '../../domain/result.js'
import type {Figure, QueryReport, ReportedSeries} from '../../domain/signals/query-report.js'
import type {Labels} from '../../domain/promql/sample.js'
import {csvLine} from '../text/csv.js'
import {sparkline} from '../text/sparkline.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'

const LEAST_PLOT = 10
/** As `table` has them. */
const MARGIN = 2
const GAP = 2

const PLAIN_NAME = /^[A-Za-z_:][\w:]*$/

/** As PromQL writes it; a name of other letters stands in quotes, which Prometheus 3 reads. */
function labelText(labels: Labels): string {
  const {__name__: metric = '', ...rest} = labels
  const isPlain = metric === '' || PLAIN_NAME.test(metric)
  const pairs = Object.entries(rest).map(([key, value]) => `${PLAIN_NAME.test(key) ? key : `"${key}"`}="${value}"`)
  const within = [...(isPlain ? [] : [`"${metric}"`]), ...pairs].join(', ')
  return `${isPlain ? metric : ''}${within === '' && metric !== '' ? '' : `{${within}}`}`
}

function short(value: Figure): string {
  if (typeof value === 'string') return value
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

function figuresOf(values: readonly Figure[]): readonly string[] {
  const finite = values.filter((value) => typeof value === 'number')
  const low = finite.length === 0 ? '–' : short(least(finite))
  const high = finite.length === 0 ? '–' : short(greatest(finite))
  const last = values.at(-1)
  return [low, high, last === undefined ? '–' : short(last)]
}

/** Aligned to the right, where the newest is; a screen that is too narrow for all keeps the picture, LAST and SERIES. */
const PLOT = {title: '', align: 'right'} as const
const FIGURES = [
  {title: 'MIN', align: 'right', spare: 2},
  {title: 'MAX', align: 'right', spare: 1},
  {title: 'LAST', align: 'right'},
  {title: 'SERIES'},
] as const

/** Columns for the picture: what figures and labels leave, the labels taking no more than half. */
function plotWidth(rows: readonly (readonly string[])[], {width}: Style): number {
  const widths = FIGURES.map(({title}, index) =>
    rows.reduce((most, row) => Math.max(most, stringWidth(row[index] ?? '')), title.length),
  )
  const [low = 0, high = 0, last = 0, labels = 0] = widths
  const room = width - MARGIN - low - high - last - FIGURES.length * GAP
  return Math.max(LEAST_PLOT, room - Math.min(labels, Math.floor(room / 2)))
}

function seriesTable(series: readonly ReportedSeries[], style: Style, plot: boolean): string {
  const rows = series.map(({labels, points}) => [...figuresOf(points.map(({value}) => value)), labelText(labels)])
  if (!plot) return table(FIGURES, rows, style)
  const width = plotWidth(rows, style)
  const plots = series.map(({points}) =>
    sparkline(
      points.map(({value}) => Number(value)),
      width,
    ),
  )
  return table(
    [PLOT, ...FIGURES],
    rows.map((row, index) => [plots[index] ?? '', ...row]),
    style,
  )
}

/** A table of samples; for a range one row a series, with `plot` as a sparkline; a string as it is. */
export function queryText({data}: Result<QueryReport>, style: Style, plot: boolean): string {
  if (data.kind === 'string') return data.text === '' ? '""' : data.text
  if (data.kind === 'instant') {
    if (data.samples.length === 0) return style.warn('no data: no series matches')
    const rows = data.samples.map(({labels, value}) => [short(value), labelText(labels)])
    return table([{title: 'VALUE', align: 'right'}, {title: 'SERIES'}], rows, style)
  }
  if (data.series.length === 0) return style.warn('no data: no series matches')
  return seriesTable(data.series, style, plot)
}

function csvRows(data: QueryReport): readonly (readonly string[])[] {
  if (data.kind === 'string') return [['', '', data.text]]
  return data.kind === 'instant'
    ? data.samples.map(({labels, value}) => [labelText(labels), '', String(value)])
    : data.series.flatMap(({labels, points}) => points.map(({at, value}) => [labelText(labels), at, String(value)]))
}

/** RFC 4180: series, time (ISO 8601 UTC), value. */
export function queryCsv({data}: Result<QueryReport>): string {
  return [['series', 'time', 'value'], ...csvRows(data)].map(csvLine).join('\n')
}
