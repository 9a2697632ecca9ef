import type {Charts} from '../../domain/impact/measurement.js'
import {INCIDENT_TIMES} from '../../domain/incidents/incident.js'
import type {PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import type {GoldenSignalName, SignalUnit} from '../../domain/signals/signal.js'
import type {ChartName} from '../words/postmortem-words.js'
import {figureText} from './figure-text.js'
import type {Look} from './look.js'
import {signed} from '../text/signed.js'

interface ChartKind {
  readonly name: ChartName
  readonly unit: SignalUnit
  readonly signals: readonly GoldenSignalName[]
}

const KINDS: readonly ChartKind[] = [
  {name: 'latency', unit: 'seconds', signals: ['latencyP50', 'latencyP95', 'latencyP99']},
  {name: 'traffic', unit: 'perSecond', signals: ['traffic']},
  {name: 'errors', unit: 'ratio', signals: ['serverErrors', 'clientErrors']},
  {name: 'cpu', unit: 'cores', signals: ['cpu']},
  {name: 'memory', unit: 'bytes', signals: ['memory']},
]

const MOST_ROWS = 13
const MOST_EVENTS = 20

export interface DrawnSeries {
  readonly label: string
  readonly values: readonly (number | null)[]
}

export interface DrawnChart {
  readonly name: ChartName
  readonly title: string
  readonly unit: SignalUnit
  /** Those that have data. */
  readonly series: readonly DrawnSeries[]
}

export function chartsOf({series}: Charts, {words}: Look): readonly DrawnChart[] {
  return KINDS.map(({name, unit, signals}) => ({
    ...{name, unit, title: words.charts[name]},
    series: signals.flatMap((signal) => {
      const values = series.find((one) => one.signal === signal)?.values ?? []
      return values.some((value) => value !== null) ? [{label: words.signals[signal], values}] : []
    }),
  }))
}

export interface ChartEvent {
  /** ISO 8601 UTC. */
  readonly at: string
  readonly label: string
}

/** The moments of the incident and what was run, in order; in the time that is drawn. */
export function chartEvents({incident, timeline}: PostmortemReport, charts: Charts, look: Look): readonly ChartEvent[] {
  const from = Date.parse(charts.start)
  const to = from + (charts.points - 1) * charts.stepSeconds * 1000
  const moments = INCIDENT_TIMES.flatMap((time) => {
    const at = incident[time]
    return at === null ? [] : [{at, label: look.incidents.times[time]}]
  })
  const runs = timeline
    .filter(({kind}) => kind === 'run')
    .map(({at, text, by}) => ({at, label: `${text} (${signed(by, look.words)})`}))
  const within = [...moments, ...runs.slice(0, MOST_EVENTS - moments.length)].filter(({at}) => {
    const time = Date.parse(at)
    return time >= from && time <= to
  })
  return within.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

export interface ChartTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Every so many of the values, so that a person can read them. */
export function chartTable({series, unit}: DrawnChart, charts: Charts, {words, times}: Look): ChartTable {
  const every = Math.max(1, Math.ceil((charts.points - 1) / (MOST_ROWS - 1)))
  const indexes = Array.from({length: charts.points}, (_, index) => index).filter((index) => index % every === 0)
  const start = Date.parse(charts.start)
  const asked = Date.parse(charts.askedUntil)
  const known = indexes.filter((index) => start + index * charts.stepSeconds * 1000 <= asked)
  const cell = (value: number | null | undefined): string =>
    value === null || value === undefined ? words.noChart : figureText(value, unit, words.locale)
  return {
    head: [words.time, ...series.map(({label}) => label)],
    rows: known.map((index) => {
      const at = new Date(start + index * charts.stepSeconds * 1000).toISOString()
      return [times.timeOfDay(at), ...series.map(({values}) => cell(values[index]))]
    }),
  }
}
