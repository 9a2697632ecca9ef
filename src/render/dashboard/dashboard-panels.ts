import stringWidth from 'fast-string-width'
import type {Bucket, Cell, Column, Figure, PanelContent, PanelReport} from '../../domain/dashboard/dashboard-report.js'
import {type Level, levelOf} from '../../domain/dashboard/level.js'
import {branches, fit} from '../text/frame.js'
import {inPanelUnit} from './panel-unit.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {verdictText} from '../text/verdict.js'

const MARKS: Readonly<Record<Level, {readonly mark: string; readonly tone: 'good' | 'warn' | 'bad'}>> = {
  good: {mark: '●', tone: 'good'},
  near: {mark: '◆', tone: 'warn'},
  bad: {mark: '▲', tone: 'bad'},
}
const GAUGE_WIDTH = 20
const LEAST_GAUGE = 5
/** Of a branch before a figure and the gaps between its cells. */
const GAPS = 7
const BAR_WIDTH = 24

type Table = Extract<PanelContent, {readonly kind: 'table'}>

export function nothing({kind}: {readonly kind: string}, style: Style): string {
  return kind === 'noTraffic' ? style.dim('no traffic') : style.warn('no data')
}

function valueText({title, reading, unit, verdict}: Figure, style: Style): string {
  if (unit === 'state') return verdictText(verdict, style)
  if (reading.kind !== 'value') return unit === 'points' ? style.dim(`(${title}: no data)`) : nothing(reading, style)
  const text = inPanelUnit(reading.value, unit)
  return unit === 'points' ? `(${text})` : verdict === 'degraded' ? style.bad(text) : text
}

/** How the value stands to its target: a mark first, so that the colour only repeats it. */
function against({reading, target, good, unit}: Figure, style: Style): string {
  if (reading.kind !== 'value' || target === null) return ''
  const {mark, tone} = MARKS[levelOf(reading.value, target, good)]
  return `${style[tone](mark)} ${style.dim(`target ${good === 'below' ? '<' : '>'} ${inPanelUnit(target, unit)}`)}`
}

/** A bar that is full at the target; where `room` is short the bar is, never the figures beside it. */
function gauge({reading, target, good, unit}: Figure, room: number, style: Style): string {
  if (reading.kind !== 'value' || target === null || target === 0) return ''
  const ratio = reading.value / target
  const said = `${Math.round(ratio * 100)} % ${style.dim(`of ${inPanelUnit(target, unit)}`)}`
  const width = Math.min(GAUGE_WIDTH, Math.max(LEAST_GAUGE, room - stringWidth(said) - GAPS))
  const filled = Math.min(width, Math.max(0, Math.round(ratio * width)))
  const {mark, tone} = MARKS[levelOf(reading.value, target, good)]
  return `${style[tone](`${mark} ${'█'.repeat(filled)}`)}${style.dim('░'.repeat(width - filled))} ${said}`
}

function figureCells({title, content}: PanelReport, room: number, style: Style): readonly string[] {
  if (content.kind === 'unknown') return [`${title}:`, style.warn('? unknown')]
  if (content.kind !== 'figures' && content.kind !== 'gauges') return [`${title}:`]
  const values = content.figures.map((figure) => valueText(figure, style))
  const [first] = content.figures
  const how = first === undefined ? '' : content.kind === 'gauges' ? gauge(first, room, style) : against(first, style)
  return [`${title}:`, values.join('  '), how]
}

/** One line a figure: title, value, how it stands to its target. */
export function figureLines(panels: readonly PanelReport[], room: number, style: Style): readonly string[] {
  const texts = (left: number) => panels.map((panel) => figureCells(panel, left, style))
  const widths = [0, 1].map((column) => Math.max(...texts(room).map((row) => stringWidth(row[column] ?? ''))))
  const lines = texts(room - (widths[0] ?? 0) - (widths[1] ?? 0)).map(([title = '', value = '', how = '']) =>
    `${fit(title, widths[0] ?? 0)}  ${fit(value, widths[1] ?? 0)}  ${how}`.trimEnd(),
  )
  return branches(lines, style)
}

/** The same figures on one line. */
export function glance(panels: readonly PanelReport[], style: Style): string {
  return panels.map((panel) => figureCells(panel, 0, style).join(' ').trimEnd()).join('    ')
}

function cellText({value, target}: Cell, {unit, good}: Column, style: Style): string {
  if (value === null) return style.dim('–')
  const text = inPanelUnit(value, unit)
  return levelOf(value, target, good) === 'bad' ? style.bad(`▲ ${text}`) : text
}

export function tableLines({by, columns, rows}: Table, style: Style): readonly string[] {
  const titles = columns.map(({title}) => ({title: title.toUpperCase(), align: 'right'}) as const)
  const body = rows.map(({label, cells}) => [
    label === '' ? '(none)' : label,
    ...columns.map((column, index) => cellText(cells[index] ?? {value: null, target: null}, column, style)),
  ])
  return table([{title: by.toUpperCase()}, ...titles], body, style).split('\n')
}

/** A bar for each bucket between the first and the last that are not empty. */
export function histogramLines(buckets: readonly Bucket[], room: number): readonly string[] {
  const isFull = ({count}: Bucket): boolean => count > 0
  const shown = buckets.slice(buckets.findIndex(isFull), buckets.findLastIndex(isFull) + 1)
  const most = Math.max(...shown.map(({count}) => count))
  const width = Math.max(1, Math.min(BAR_WIDTH * 2, room - BAR_WIDTH))
  return shown.map(({from, to, count}) => {
    const range = `${String(Math.round(from * 100))}–${String(Math.round(to * 100))} %`
    const bar = '█'.repeat(Math.max(count > 0 ? 1 : 0, Math.round((count / most) * width)))
    return `${range.padStart(9)}  ${fit(bar, width)}  ${inPanelUnit(count, 'count')}`
  })
}
