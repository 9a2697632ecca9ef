import {scaleLinear, scaleUtc} from 'd3-scale'
import {line} from 'd3-shape'
import {htmlText} from '../../formats/markdown/html.js'

export interface ChartLine {
  readonly label: string
  /** One for each step; where there is none the line has a gap. */
  readonly values: readonly (number | null)[]
}

export interface LineChart {
  /** Unique on its page. */
  readonly id: string
  readonly title: string
  /** For who does not see it. */
  readonly description: string
  /** Milliseconds since the epoch. */
  readonly start: number
  readonly stepSeconds: number
  readonly points: number
  readonly lines: readonly ChartLine[]
  /** Shaded, in milliseconds since the epoch. */
  readonly span: {readonly from: number; readonly to: number; readonly label: string} | null
  /** Drawn as lines with their number above. */
  readonly events: readonly number[]
  readonly valueText: (value: number) => string
  readonly timeText: (at: number) => string
}

const WIDTH = 720
const HEIGHT = 240
const PLOT = {left: 64, right: 632, top: 30, bottom: 208}
const TICKS = 5
const TIME_TICKS = 6
const ROW = 12

/** A pixel's tenth is enough, and the same on every machine. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}

type Scale = (value: number) => number

interface Scales {
  readonly x: Scale
  readonly y: Scale
  readonly yTicks: readonly number[]
  readonly xTicks: readonly number[]
}

/** From zero, so that a small change looks small. */
function scalesOf({start, stepSeconds, points, lines}: LineChart): Scales {
  const end = start + Math.max(1, points - 1) * stepSeconds * 1000
  const highest = Math.max(0, ...lines.flatMap(({values}) => values.filter((value) => value !== null)))
  const y = scaleLinear()
    .domain([0, highest === 0 ? 1 : highest])
    .nice(TICKS)
    .range([PLOT.bottom, PLOT.top])
  const x = scaleUtc().domain([start, end]).range([PLOT.left, PLOT.right])
  return {x: (at) => x(at), y: (value) => y(value), yTicks: y.ticks(TICKS), xTicks: x.ticks(TIME_TICKS).map(Number)}
}

function axes({yTicks, xTicks, x, y}: Scales, {valueText, timeText}: LineChart): readonly string[] {
  const rows = yTicks.flatMap((tick) => [
    `<line class="grid" x1="${px(PLOT.left)}" x2="${px(PLOT.right)}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>`,
    `<text x="${px(PLOT.left - 6)}" y="${px(y(tick) + 4)}" text-anchor="end">${htmlText(valueText(tick))}</text>`,
  ])
  const columns = xTicks.map(
    (tick) =>
      `<text x="${px(x(tick))}" y="${px(PLOT.bottom + 18)}" text-anchor="middle">${htmlText(timeText(tick))}</text>`,
  )
  return [...rows, ...columns]
}

function shaded({span}: LineChart, {x}: Scales): readonly string[] {
  if (span === null) return []
  const [from, to] = [span.from, span.to].map((at) => Math.min(PLOT.right, Math.max(PLOT.left, x(at))))
  if (from === undefined || to === undefined) return []
  const height = px(PLOT.bottom - PLOT.top)
  return [
    `<rect class="span" x="${px(from)}" y="${px(PLOT.top)}" width="${px(Math.max(1, to - from))}" height="${height}"><title>${htmlText(span.label)}</title></rect>`,
  ]
}

/** Their numbers in two rows, so that neighbours can be told apart. */
function marks({events}: LineChart, {x}: Scales): readonly string[] {
  return events.flatMap((at, index) => [
    `<line class="event" x1="${px(x(at))}" x2="${px(x(at))}" y1="${px(PLOT.top)}" y2="${px(PLOT.bottom)}"/>`,
    `<text class="event" x="${px(x(at))}" y="${px(PLOT.top - 4 - (index % 2) * ROW)}" text-anchor="middle">${String(index + 1)}</text>`,
  ])
}

/** Where each line's name stands: at its end, and below that of another that ends there too. */
function labelPlaces(ends: readonly number[]): readonly number[] {
  const order = ends.map((y, index) => ({y, index})).sort((one, other) => one.y - other.y)
  const places: number[] = []
  let last = -Infinity
  for (const {y, index} of order) {
    last = Math.max(y, last + ROW)
    places[index] = last
  }
  return places
}

function drawnLines(chart: LineChart, {x, y}: Scales): readonly string[] {
  const at = (index: number): number => x(chart.start + index * chart.stepSeconds * 1000)
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => at(index))
    .y((value) => y(value ?? 0))
    .digits(1)
  const ends = chart.lines.map(({values}) => y(values.findLast((value) => value !== null) ?? 0))
  const places = labelPlaces(ends)
  const paths = chart.lines.map(
    ({values}, index) => `<path class="line s${String(index)}" d="${path([...values]) ?? ''}"/>`,
  )
  // One alone is what the title says.
  if (chart.lines.length === 1) return paths
  const names = chart.lines.map(
    ({label}, index) =>
      `<text class="s${String(index)}" x="${px(PLOT.right + 6)}" y="${px((places[index] ?? 0) + 4)}">${htmlText(label)}</text>`,
  )
  return [...paths, ...names]
}

/** Lines over time as SVG, for a page with `CHART_STYLE`: the same input, the same bytes. */
export function lineChart(chart: LineChart): string {
  const scales = scalesOf(chart)
  const [title, description] = [`${chart.id}-title`, `${chart.id}-desc`]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-labelledby="${title} ${description}">`,
    `<title id="${title}">${htmlText(chart.title)}</title>`,
    `<desc id="${description}">${htmlText(chart.description)}</desc>`,
    ...shaded(chart, scales),
    ...axes(scales, chart),
    ...marks(chart, scales),
    ...drawnLines(chart, scales),
    '</svg>',
  ].join('\n')
}

/** Lines differ in their dashes too: colour alone says nothing. */
export const CHART_STYLE = `svg { width: 100%; height: auto; display: block; }
svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
svg .grid { stroke: var(--rule); stroke-width: 1; }
svg .span { fill: var(--shade); }
svg line.event { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 2 3; }
svg text.event { font-weight: 600; }
svg .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
svg path.s0 { stroke: var(--s0); } svg text.s0 { fill: var(--s0); }
svg path.s1 { stroke: var(--s1); stroke-dasharray: 6 3; } svg text.s1 { fill: var(--s1); }
svg path.s2 { stroke: var(--s2); stroke-dasharray: 2 2; } svg text.s2 { fill: var(--s2); }`
