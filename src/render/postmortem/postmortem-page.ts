import {isWhole} from '../../domain/impact/charts-grid.js'
import type {Charts} from '../../domain/impact/measurement.js'
import type {Piece} from '../../domain/postmortem/marked-sections.js'
import type {PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import {htmlText} from '../../formats/markdown/html.js'
import {htmlPage, htmlTable} from '../html/page.js'
import {pageMarkdown} from '../html/page-markdown.js'
import {CHART_STYLE, lineChart} from '../svg/line-chart.js'
import {type ChartEvent, chartEvents, chartsOf, chartTable, type DrawnChart} from './charts.js'
import {figureText} from './figure-text.js'
import type {Look} from './look.js'

type ShownPiece = Piece & {readonly isOwn: boolean}

/** `12:04` of `12:04:05-03`. */
function clockText(at: number, {times}: Look): string {
  return times.timeOfDay(new Date(at).toISOString()).slice(0, 5)
}

interface Scene {
  readonly report: PostmortemReport
  readonly charts: Charts
  readonly events: readonly ChartEvent[]
  readonly look: Look
}

function figure(chart: DrawnChart, {report, charts, events, look}: Scene): string {
  const {words, times} = look
  const {measurement} = report.figures
  const title = htmlText(chart.title)
  if (chart.series.length === 0) return `<h3>${title}</h3>\n<p>${htmlText(words.noChart)}</p>`
  const start = Date.parse(charts.start)
  const end = new Date(start + (charts.points - 1) * charts.stepSeconds * 1000).toISOString()
  const names = chart.series.map(({label}) => label).join(', ')
  const {head, rows} = chartTable(chart, charts, look)
  const svg = lineChart({
    ...{id: `chart-${chart.name}`, title: chart.title, start, stepSeconds: charts.stepSeconds, points: charts.points},
    description: words.chartDescription(names, times.moment(charts.start), times.moment(end), events.length),
    lines: chart.series,
    span:
      measurement === null
        ? null
        : {from: Date.parse(measurement.start), to: Date.parse(measurement.end), label: words.duringIncident},
    events: events.map(({at}) => Date.parse(at)),
    valueText: (value) => figureText(value, chart.unit, words.locale),
    timeText: (at) => clockText(at, look),
  })
  const table = htmlTable(
    head.map(htmlText),
    rows.map((row) => row.map(htmlText)),
  )
  return `<h3>${title}</h3>\n<figure>\n${svg}\n</figure>\n${table}`
}

function chartBlocks(report: PostmortemReport, look: Look): readonly string[] {
  const {words, times} = look
  const charts = report.figures.measurement?.charts ?? null
  if (charts === null) return []
  const events = chartEvents(report, charts, look)
  const list = events.map(
    ({at, label}, index) =>
      `<div class="item">${String(index + 1)}. ${htmlText(`${times.timeOfDay(at)} ${label}`)}</div>`,
  )
  return [
    ...(isWhole(charts) ? [] : [`<p>${htmlText(words.chartUntil(times.moment(charts.askedUntil)))}</p>`]),
    ...(list.length === 0 ? [] : [`<p>${htmlText(words.events)}:</p>`, ...list]),
    ...chartsOf(charts, look).map((chart) => figure(chart, {report, charts, events, look})),
    `<h3>${htmlText(words.queries)}</h3>\n<pre>${charts.query.split('\n').map(htmlText).join('\n')}</pre>`,
  ]
}

/** The charts in the place of their tables; where a person wrote into that section, above what is there. */
function blocksOf({section, text, isOwn}: ShownPiece, report: PostmortemReport, look: Look): readonly string[] {
  if (section !== 'signals' || report.figures.measurement === null) return [pageMarkdown(text)]
  const drawn = chartBlocks(report, look)
  if (!isOwn) return [...drawn, pageMarkdown(text)]
  return [`<h2>${htmlText(look.words.headings.signals)}</h2>`, ...drawn]
}

/** One page of all that stands in the Markdown, in its order, people's words too, with the charts drawn. */
export function postmortemPage(report: PostmortemReport, pieces: readonly ShownPiece[], look: Look): string {
  const {incident} = report
  return htmlPage({
    language: look.words.locale,
    title: look.words.title(incident.handle, incident.title),
    blocks: pieces.flatMap((piece) => blocksOf(piece, report, look)),
    style: CHART_STYLE,
  })
}
