import type {LogSummaryReport} from '../../domain/logs/log-report.js'
import type {DurationSummary, LogSummary} from '../../domain/logs/log-summary.js'
import type {Result} from '../../domain/result.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {seconds} from '../text/units.js'

const RIGHT = {align: 'right'} as const

const ENDPOINT_COLUMNS = [
  {title: 'ENDPOINT'},
  {title: 'REQUESTS', ...RIGHT},
  {title: '5XX', ...RIGHT},
  {title: 'P50', ...RIGHT},
  {title: 'P95', ...RIGHT},
  {title: 'P99', ...RIGHT},
  {title: 'MAX', ...RIGHT},
]

function durations(duration: DurationSummary | null): readonly string[] {
  return [duration?.p50Seconds, duration?.p95Seconds, duration?.p99Seconds, duration?.maxSeconds].map((value) =>
    seconds(value ?? null),
  )
}

function counts(pairs: readonly (readonly [string, number])[]): string {
  return pairs.map(([name, count]) => `${name} ${String(count)}`).join('   ')
}

function errorsText(count: number, style: Style): string {
  return count === 0 ? '0' : style.bad(String(count))
}

function endpointTable({endpoints, duration}: LogSummary, style: Style): string {
  const rows = endpoints.map(({endpoint, count, serverErrors, duration: own}) => [
    style.bold(endpoint),
    String(count),
    errorsText(serverErrors, style),
    ...durations(own),
  ])
  const failed = endpoints.reduce((sum, {serverErrors}) => sum + serverErrors, 0)
  const all = [style.dim('all'), String(duration?.count ?? 0), errorsText(failed, style), ...durations(duration)]
  const total = duration === null ? [] : [all]
  return rows.length + total.length === 0 ? '' : table(ENDPOINT_COLUMNS, [...rows, ...total], style)
}

export function logSummaryText({data}: Result<LogSummaryReport>, style: Style): string {
  const {entries, from, to, levels, statuses} = data.summary
  const span =
    from === null || to === null ? '' : style.dim(`  ${style.times.moment(from)} … ${style.times.moment(to)}`)
  const lines = [
    `${style.bold(String(entries))} entries${span}`,
    levels.length === 0 ? '' : `levels    ${counts(levels.map(({level, count}) => [level, count]))}`,
    statuses.length === 0 ? '' : `statuses  ${counts(statuses.map(({status, count}) => [String(status), count]))}`,
    endpointTable(data.summary, style),
  ]
  return lines.filter((line) => line !== '').join('\n')
}
