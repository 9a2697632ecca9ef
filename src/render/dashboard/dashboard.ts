import type {PanelKind} from '../../domain/dashboard/dashboard.js'
import type {DashboardReport, PanelReport, SectionReport} from '../../domain/dashboard/dashboard-report.js'
import type {Result} from '../../domain/result.js'
import {causeLines} from '../status/causes.js'
import {figureLines, glance, histogramLines, nothing, tableLines} from './dashboard-panels.js'
import {trendLines} from './dashboard-trends.js'
import {beside, broken, frame, FRAME} from '../text/frame.js'
import {onScreen} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {span} from '../../domain/time/span.js'
import {verdictText} from '../text/verdict.js'
import {wrap} from '../text/wrap.js'

/** Narrower than this there is no room for a frame. */
const FRAMED = 72
/** From here on, two sections stand beside each other. */
const TWO_COLUMNS = 120

type Block = readonly string[]

/** A panel that takes lines of its own, under its title. */
function panelLines({title, content}: PanelReport, room: number, style: Style): Block {
  const indent = (lines: readonly string[]): Block => [title, ...lines.map((line) => `  ${line}`)]
  switch (content.kind) {
    case 'table':
      return indent(tableLines(content, {...style, width: room - 2}))
    case 'histogram':
      return indent(histogramLines(content.buckets, room - 2))
    case 'noTraffic':
    case 'noData':
      return [`${title}  ${nothing(content, style)}`]
    case 'unknown':
      return [`${title}  ${style.warn('? unknown')}`]
    case 'figures':
    case 'gauges':
    case 'series':
      return []
  }
}

function isOf({panels}: SectionReport, ...kinds: readonly PanelKind[]): boolean {
  return panels.some(({kind}) => kinds.includes(kind))
}

function sectionLines(section: SectionReport, room: number, style: Style): Block {
  const {title, panels} = section
  if (title === '') return wrap(glance(panels, style), room)
  const heading = style.bold(title)
  if (isOf(section, 'figures', 'gauges')) return [heading, ...figureLines(panels, room, style)]
  const [only] = panels
  if (panels.length === 1 && only !== undefined) {
    const [first = '', ...rest] = panelLines(only, room, style)
    return [first.replace(only.title, style.bold(only.title)), ...rest]
  }
  const trends = panels.filter(({kind}) => kind === 'series')
  const others = panels.filter((panel) => !trends.includes(panel))
  const graphs = trends.length === 0 ? [] : trendLines(trends, room, style)
  return [heading, ...graphs, ...others.flatMap((panel) => panelLines(panel, room, style))]
}

/** Why panels are unknown: each reason once, with the panels unless it is all of them. */
function reasons({sections}: DashboardReport, room: number, style: Style): readonly Block[] {
  const panels = sections.flatMap((section) => section.panels)
  const titles = new Map<string, string[]>()
  for (const {title, content} of panels) {
    if (content.kind === 'unknown') titles.set(content.reason, [...(titles.get(content.reason) ?? []), title])
  }
  const lines = [...titles].flatMap(([reason, affected]) => {
    const whose = affected.length === panels.length ? '' : `${affected.join(', ')}: `
    return wrap(`${style.warn('?')} ${whose}${reason}`, room)
  })
  return lines.length === 0 ? [] : [lines]
}

/** Pairs of sections that are short enough stand beside each other; trends take the whole width. */
function arrange(sections: readonly SectionReport[], room: number, style: Style): readonly Block[] {
  const blocks: Block[] = []
  let waiting: SectionReport | null = null
  const half = Math.floor(room / 2) - 2
  for (const section of sections) {
    const isWide = section.title === '' || isOf(section, 'series')
    if (isWide || room < TWO_COLUMNS) {
      if (waiting !== null) blocks.push(sectionLines(waiting, room, style))
      waiting = null
      blocks.push(sectionLines(section, room, style))
    } else if (waiting === null) {
      waiting = section
    } else {
      blocks.push(beside(sectionLines(waiting, half, style), sectionLines(section, half, style), room))
      waiting = null
    }
  }
  return waiting === null ? blocks : [...blocks, sectionLines(waiting, room, style)]
}

/** Where the screen is too small for all of it, the verdict stands at its end too, where the terminal stops. */
function withEnd(text: string, head: readonly string[], style: Style): string {
  const isCut = style.rows !== null && text.split('\n').length >= style.rows
  return isCut ? `${text}\n${onScreen(head.join('\n'), style)}` : text
}

/** The dashboard on one screen, framed where there is room; no line is wider than the terminal. */
export function dashboardText({verdict, data}: Result<DashboardReport>, style: Style): string {
  const isFramed = style.width >= FRAMED
  const room = isFramed ? style.width - FRAME : style.width
  const title = `${data.service} - ${data.title}`
  const head = `${verdictText(verdict, style)}  ${style.dim(`last ${span(data.rangeSeconds)}, ${style.times.moment(data.at)}`)}`
  const causes = causeLines(data.causes, {...style, width: room})
  const blocks = [[head, ...causes], ...reasons(data, room, style), ...arrange(data.sections, room, style)]
  if (isFramed) return withEnd(frame(title, blocks, style), [head, ...causes], style)
  const lines = blocks.flatMap((block) => [...block, ''])
  const text = [style.bold(title), ...lines]
    .flatMap((line) => broken(line, room))
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()
  return withEnd(text, [head, ...causes], style)
}
