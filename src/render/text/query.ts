import {greatest, least} from '../../domain/extremes.js'
import type {Result} from '../../domain/result.js'
import type {Figure, QueryReport, ReportedSeries} from '../../domain/signals/query-report.js'
import type {Labels} from '../../domain/signals/sample.js'
import {csvLine} from './csv.js'
import {sparkline} from './sparkline.js'
import type {Style} from './style.js'
import {table} from './table.js'

const SUMMARY_COLUMNS = 42

function labelText(labels: Labels): string {
  const {__name__: name = '', ...rest} = labels
  const pairs = Object.entries(rest).map(([key, value]) => `${key}="${value}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(', ')}}` : name === '' ? '{}' : ''}`
}

function short(value: Figure): string {
  if (typeof value === 'string') return value
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

function seriesRow({labels, points}: ReportedSeries, width: number, plot: boolean): readonly string[] {
  const values = points.map(({value}) => value)
  const finite = values.filter((value) => typeof value === 'number')
  const low = finite.length === 0 ? '–' : short(least(finite))
  const high = finite.length === 0 ? '–' : short(greatest(finite))
  const last = values.at(-1)
  const figures = [low, high, last === undefined ? '–' : short(last)]
  return plot ? [sparkline(values.map(Number), width), ...figures, labelText(labels)] : [...figures, labelText(labels)]
}

const FIGURES = [
  {title: 'MIN', align: 'right'},
  {title: 'MAX', align: 'right'},
  {title: 'LAST', align: 'right'},
  {title: 'SERIES'},
] as const

/** A table of samples; for a range one row a series, with `plot` as a sparkline. */
export function queryText({data}: Result<QueryReport>, style: Style, plot: boolean): string {
  if (data.kind === 'instant') {
    if (data.samples.length === 0) return style.warn('no data: no series matches')
    const rows = data.samples.map(({labels, value}) => [short(value), labelText(labels)])
    return table([{title: 'VALUE', align: 'right'}, {title: 'SERIES'}], rows, style)
  }
  if (data.series.length === 0) return style.warn('no data: no series matches')
  const width = Math.max(10, style.width - SUMMARY_COLUMNS)
  const rows = data.series.map((series) => seriesRow(series, width, plot))
  return table(plot ? [{title: ''}, ...FIGURES] : FIGURES, rows, style)
}

/** RFC 4180: series, time (ISO 8601 UTC), value. */
export function queryCsv({data}: Result<QueryReport>): string {
  const lines =
    data.kind === 'instant'
      ? data.samples.map(({labels, value}) => [labelText(labels), '', String(value)])
      : data.series.flatMap(({labels, points}) => points.map(({at, value}) => [labelText(labels), at, String(value)]))
  return [['series', 'time', 'value'], ...lines].map(csvLine).join('\n')
}
