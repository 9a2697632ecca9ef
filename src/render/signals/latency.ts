import type {Result} from '../../domain/result.js'
import type {LatencyReport, LatencyRow} from '../../domain/signals/latency.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {span} from '../../domain/time/span.js'
import {percent, perSecond, seconds} from '../text/units.js'

/** How the figure of now stands to an earlier one; empty when it is about the same. */
function against(now: number, before: number | null, since: string, style: Style): string {
  if (before === null) return ''
  const ratio = before === 0 ? (now === 0 ? 1 : Infinity) : now / before
  const text = `${ratio === Infinity ? '' : `${ratio.toFixed(ratio < 1 ? 2 : 1)}× `}in ${since}`
  if (ratio >= 1.5) return style.bad(`▲ ${text}`)
  return ratio <= 0.67 ? style.good(`▼ ${text}`) : ''
}

/** Both changes, of the figure beside which they stand: `▲ 2.0× in 1h, ▼ 0.50× in 1d`. */
function change({seconds: now, hourAgoSeconds, dayAgoSeconds}: LatencyRow, style: Style): string {
  const both = [against(now, hourAgoSeconds, '1h', style), against(now, dayAgoSeconds, '1d', style)]
  return both.filter((text) => text !== '').join(', ')
}

function row(one: LatencyRow, target: number | null, style: Style): readonly string[] {
  const over = target !== null && one.seconds > target
  const value = `${one.atLeast ? '≥ ' : ''}${seconds(one.seconds)}`
  return [
    over ? style.bad('▲') : style.good('●'),
    style.bold(one.group === '' ? '(none)' : one.group),
    over ? style.bad(value) : value,
    change(one, style),
    perSecond(one.requestsPerSecond),
    percent(one.errorRatio),
    seconds(one.hourAgoSeconds),
    seconds(one.dayAgoSeconds),
  ]
}

/** The slowest groups, worst first. */
export function latencyText({data}: Result<LatencyReport>, style: Style): string {
  const {by, quantile, rows, state, targetSeconds, windowSeconds} = data
  const title = `p${String(quantile * 100)} by ${by}, last ${span(windowSeconds)}`
  const head = `${style.bold(title)}${targetSeconds === null ? '' : style.dim(`  target < ${seconds(targetSeconds)}`)}`
  if (state === 'noTraffic') return `${head}\nno traffic in this window`
  if (state === 'noData') return `${head}\nno data: http_request_duration_seconds_bucket has no series for this job`
  const columns = [
    {title: ''},
    {title: by.toUpperCase(), whole: true},
    {title: 'NOW', align: 'right'},
    {title: 'CHANGE'},
    {title: 'RPS', align: 'right'},
    {title: 'ERRORS', align: 'right', spare: 1},
    {title: '1H AGO', align: 'right', spare: 2},
    {title: '1D AGO', align: 'right', spare: 3},
  ] as const
  const body = rows.map((one) => row(one, targetSeconds, style))
  return `${head}\n${table(columns, body, style)}`
}
