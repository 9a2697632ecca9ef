import type {Series} from '../promql/sample.js'
import type {GoldenSignalName} from '../signals/signal.js'
import type {Charts, ChartSeries} from './measurement.js'

export const MOST_POINTS = 200
/** What is drawn before an incident and after it. */
export const MARGIN_SECONDS = 1800

const STEPS: readonly number[] = [5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600]
const HOUR = 3600

export interface Grid {
  /** Seconds since the epoch, a multiple of the step. */
  readonly start: number
  readonly stepSeconds: number
  readonly points: number
}

/** A step that people know, and no more than `MOST_POINTS` of them. */
export function stepFor(seconds: number, least = 0): number {
  const needed = Math.max(least, seconds / (MOST_POINTS - 2))
  return STEPS.find((step) => step >= needed) ?? Math.ceil(needed / HOUR) * HOUR
}

/** The grid of an incident is the same whenever it is asked: what came later is put in where nothing was. */
export function chartGrid(start: number, end: number): Grid {
  const stepSeconds = stepFor(end - start + 2 * MARGIN_SECONDS)
  const first = Math.floor((start - MARGIN_SECONDS) / stepSeconds) * stepSeconds
  const points = Math.ceil((end + MARGIN_SECONDS - first) / stepSeconds) + 1
  return {start: first, stepSeconds, points: Math.min(points, MOST_POINTS)}
}

/** The values of a series on a grid; what is no finite number is none. */
export function onGrid(signal: GoldenSignalName, {points}: Series, grid: Grid): ChartSeries {
  const values = Array.from({length: grid.points}, (): number | null => null)
  for (const {at, value} of points) {
    const index = Math.round((at - grid.start) / grid.stepSeconds)
    // Four digits more than anybody sees; it is kept for years.
    if (index >= 0 && index < grid.points && Number.isFinite(value)) values[index] = Number(value.toPrecision(6))
  }
  return {signal, values}
}

function lastOf({start, stepSeconds, points}: Charts): number {
  return Date.parse(start) + (points - 1) * stepSeconds * 1000
}

/** Whether all the time that they are of was over when they were asked. */
export function isWhole(charts: Charts): boolean {
  return Date.parse(charts.askedUntil) >= lastOf(charts)
}

/** Whether the time after the incident was not over when they were asked, and more of it has passed since. */
export function lacksLater(charts: Charts, now: Date): boolean {
  return !isWhole(charts) && now.getTime() - Date.parse(charts.askedUntil) >= charts.stepSeconds * 1000
}

/** What was measured first stays; where nothing was, what is known by now. */
export function completedCharts(before: Charts, later: Charts): Charts {
  if (later.missing !== null) return before
  if (before.missing !== null) return later
  const names = new Set([...before.series, ...later.series].map(({signal}) => signal))
  const valuesOf = ({series}: Charts, name: string): ChartSeries['values'] =>
    series.find(({signal}) => signal === name)?.values ?? []
  const series = [...names].map((signal) => {
    const [old, anew] = [valuesOf(before, signal), valuesOf(later, signal)]
    const values = Array.from({length: before.points}, (_, index) => old[index] ?? anew[index] ?? null)
    return {signal, values}
  })
  return {...before, series, askedUntil: later.askedUntil, coverage: later.coverage}
}
