import {greatest, least} from '../../domain/extremes.js'
import stringWidth from 'fast-string-width'
import type {PanelReport, Trend} from '../../domain/dashboard/dashboard-report.js'
import {nothing} from './dashboard-panels.js'
import {fit} from '../text/frame.js'
import {inPanelUnit} from './panel-unit.js'
import {sparkline} from '../text/sparkline.js'
import type {Style} from '../text/style.js'

const LEAST_GRAPH = 16
const FIGURE_TITLES = ['min', 'max', 'last'] as const

interface Row {
  readonly title: string
  readonly values: readonly number[]
  /** Min, max, last; empty without a value. */
  readonly figures: readonly string[]
  /** Instead of a graph. */
  readonly instead: string
}

function rowOf(title: string, trend: Trend, style: Style): Row {
  const values = trend.points.map(({value}) => value ?? NaN)
  const known = values.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return {title, values, figures: [], instead: nothing(trend.reading, style)}
  const text = (value: number): string => inPanelUnit(value, trend.unit)
  const {reading} = trend
  const now = reading.kind === 'value' ? text(reading.value) : nothing(reading, style)
  const last = trend.verdict === 'degraded' ? style.bad(`▲ ${now}`) : now
  return {title, values, figures: [text(least(known)), text(greatest(known)), last], instead: ''}
}

function rowsOf({title, content}: PanelReport, style: Style): readonly Row[] {
  if (content.kind === 'unknown') return [{title, values: [], figures: [], instead: style.warn('? unknown')}]
  if (content.kind !== 'series') return []
  const [first] = content.trends
  if (content.trends.length === 1 && first !== undefined) return [rowOf(title, first, style)]
  const heading: Row = {title, values: [], figures: [], instead: ''}
  return [heading, ...content.trends.map((trend) => rowOf(`  ${trend.title}`, trend, style))]
}

/** The whole width, whatever the number of values. */
function graph(values: readonly number[], width: number, style: Style): string {
  const stretched =
    values.length >= width
      ? values
      : Array.from({length: width}, (_unused, column) => values[Math.floor((column * values.length) / width)] ?? NaN)
  return style.accent(sparkline(stretched, width))
}

function right(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text))) + text
}

/** A sparkline for each trend on `room` columns, with the least, the most and the last; where that is too narrow, on lines of their own. */
export function trendLines(panels: readonly PanelReport[], room: number, style: Style): readonly string[] {
  const rows = panels.flatMap((panel) => rowsOf(panel, style))
  const titleWidth = Math.max(...rows.map(({title}) => stringWidth(title)))
  const widths = FIGURE_TITLES.map((title, index) =>
    Math.max(title.length, ...rows.map(({figures}) => stringWidth(figures[index] ?? ''))),
  )
  const graphWidth = room - titleWidth - widths.reduce((sum, width) => sum + width + 2, 2)
  if (graphWidth < LEAST_GRAPH) return rows.flatMap((row) => stacked(row, room, style))
  const line = (title: string, picture: string, figures: readonly string[]): string =>
    `${fit(title, titleWidth)}  ${fit(picture, graphWidth)}${widths.map((width, index) => `  ${right(figures[index] ?? '', width)}`).join('')}`
  const head = line(
    '',
    '',
    FIGURE_TITLES.map((title) => style.dim(title.toUpperCase())),
  )
  const body = rows.map(({title, values, figures, instead}) =>
    line(title, instead === '' ? graph(values, graphWidth, style) : instead, figures),
  )
  const hasFigures = rows.some(({figures}) => figures.length > 0)
  return [...(hasFigures ? [head] : []), ...body].map((text) => text.trimEnd())
}

function stacked({title, values, figures, instead}: Row, room: number, style: Style): readonly string[] {
  const [low, high, last] = figures
  if (low === undefined || high === undefined || last === undefined) return [`${title}  ${instead}`.trimEnd()]
  const said = `${style.dim('min')} ${low}  ${style.dim('max')} ${high}  ${style.dim('last')} ${last}`
  return [title, `  ${graph(values, room - 2, style)}`, `  ${said}`]
}
