import {linesOf} from '../../domain/text/visible.js'
import type {Result} from '../../domain/result.js'
import {type SignalsReport, type SignalTrend, valueOf} from '../../domain/signals/signals-report.js'
import {inUnit, reading, signalTarget} from './signals.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {span} from '../../domain/time/span.js'
import {verdictIcon} from '../text/verdict.js'

const COLUMNS = [
  {title: ''},
  {title: 'SIGNAL'},
  {title: 'NOW', align: 'right'},
  {title: 'TARGET'},
  {title: '1H AGO', align: 'right'},
  {title: '1D AGO', align: 'right'},
  {title: '7D AGO', align: 'right'},
] as const

/** What it was, and which way it went since: nothing under a twentieth. */
function before(signal: SignalTrend, value: number | null, style: Style): string {
  if (value === null) return style.dim('–')
  const now = valueOf(signal.reading)
  const change = now === null || value === 0 ? 0 : now / value - 1
  const text = inUnit(value, signal.unit)
  if (Math.abs(change) < 0.05) return `${text}  `
  const arrow = change > 0 ? '▲' : '▼'
  const isWorse = change > 0 === (signal.good === 'below')
  return `${text} ${isWorse && signal.target !== null ? style.warn(arrow) : style.dim(arrow)}`
}

function rows(signal: SignalTrend, style: Style): readonly (readonly string[])[] {
  const parts = signal.parts.map(({label, value}) => ['', style.dim(`  ${label}`), inUnit(value, signal.unit)])
  const own = [
    verdictIcon(signal.verdict, style),
    signal.title,
    signal.parts.length > 0 ? '' : reading(signal, style),
    style.dim(signalTarget(signal).replace('target ', '')),
  ]
  if (signal.parts.length > 0) return [own, ...parts]
  return [[...own, ...[signal.hourAgo, signal.dayAgo, signal.weekAgo].map((value) => before(signal, value, style))]]
}

function explained(signal: SignalTrend, style: Style): readonly string[] {
  const {title, query} = signal
  return [style.bold(title), ...linesOf(query).map((line) => `  ${style.dim(line)}`)]
}

/** The signals in their groups; with `explain`, the query of each below. */
export function signalsText({data}: Result<SignalsReport>, style: Style, explain: boolean): string {
  const groups = [...new Set(data.signals.map(({group}) => group))]
  const body = groups.flatMap((group) => {
    const members = data.signals.filter((signal) => signal.group === group)
    return members.flatMap((signal) => rows(signal, style))
  })
  const head = `${style.bold(`Signals, last ${span(data.windowSeconds)}`)}  ${style.dim(style.times.moment(data.at))}`
  const queries = explain ? ['', ...data.signals.flatMap((signal) => explained(signal, style))] : []
  return [head, table(COLUMNS, body, style), ...queries].join('\n')
}
