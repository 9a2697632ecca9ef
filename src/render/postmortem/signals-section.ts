import {isWhole} from '../../domain/impact/charts-grid.js'
import type {PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import {fenced, joined, literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import {chartEvents, chartsOf, chartTable} from './charts.js'
import type {Look} from './look.js'
import {markdownTable, stackedMarkdown} from './markdown-table.js'

/** The values of every chart as tables; lines cannot be drawn in Markdown. */
export function signalsSection(report: PostmortemReport, look: Look): Markdown {
  const {words, times} = look
  const heading = markdown`## ${literal(words.headings.signals)}`
  const charts = report.figures.measurement?.charts ?? null
  if (charts === null) return stackedMarkdown([heading, sentence(words.noChart)])
  const events = chartEvents(report, charts, look).map(
    ({at, label}, index) => markdown`${index + 1}. ${literal(`${times.timeOfDay(at)} ${label}`)}`,
  )
  const drawn = chartsOf(charts, look).map((chart) => {
    const {head, rows} = chartTable(chart, charts, look)
    const table = chart.series.length === 0 ? sentence(words.noChart) : markdownTable(head, rows)
    return stackedMarkdown([markdown`### ${literal(chart.title)}`, table])
  })
  return stackedMarkdown([
    heading,
    sentence(words.chartsIn),
    isWhole(charts) ? null : sentence(words.chartUntil(times.moment(charts.askedUntil))),
    ...(events.length === 0 ? [] : [sentence(`${words.events}:`), joined(events, '\n')]),
    ...drawn,
    markdown`### ${literal(words.queries)}`,
    fenced(charts.query, 'promql'),
  ])
}
