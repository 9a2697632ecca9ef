import type {IntegrationCount, NoiseAdvice, NoiseReport, NoisyAlert} from '../../domain/alert/noise.js'
import type {Result} from '../../domain/result.js'
import {formatDuration} from '../../domain/time/duration.js'
import type {Style} from './style.js'
import {table} from './table.js'
import {percent, span} from './units.js'

const ALERTS = [
  {title: 'ALERT'},
  {title: 'SEVERITY'},
  {title: 'FIRINGS', align: 'right'},
  {title: 'FLAPS', align: 'right'},
  {title: 'FIRING', align: 'right'},
  {title: '', align: 'right'},
  {title: 'TUNE'},
] as const
const NOTIFICATIONS = [
  {title: 'INTEGRATION'},
  {title: 'SENT', align: 'right'},
  {title: 'FAILED', align: 'right'},
] as const

const ADVICE: Readonly<Record<NoiseAdvice, string>> = {
  flapping: 'it comes and goes: a longer `for`, or a threshold further off',
  constant: 'it fires most of the time: mend what it tells of, or it is no alert',
  frequent: 'more than once a day: raise its threshold, or mend the cause',
  noRunbook: 'nobody is told what to do: give it a runbook, or remove it',
}

function row(alert: NoisyAlert, style: Style): readonly string[] {
  const {name, severity, firings, flaps, firingSeconds, firingRatio, advice} = alert
  return [
    style.bold(name),
    severity ?? '',
    String(firings),
    flaps === 0 ? '0' : style.warn(String(flaps)),
    span(firingSeconds),
    style.dim(percent(firingRatio)),
    advice === null ? '' : style.warn(`▲ ${ADVICE[advice]}`),
  ]
}

function notifications(counts: readonly IntegrationCount[] | null, style: Style): string {
  if (counts === null) return style.dim('What was sent is not known: Prometheus does not scrape Alertmanager')
  if (counts.length === 0) return style.dim('Nothing was sent')
  const rows = counts.map(({integration, sent, failed}) => [
    integration,
    String(sent),
    failed === 0 ? '0' : style.bad(String(failed)),
  ])
  return table(NOTIFICATIONS, rows, style)
}

/** The noisiest alerts first, with what to do about them. */
export function noiseText({data}: Result<NoiseReport>, style: Style): string {
  const {windowSeconds, alerts, quiet} = data
  const window = formatDuration(windowSeconds)
  const rows = alerts.map((alert) => row(alert, style))
  return [
    rows.length === 0 ? `${style.good('●')} no alert fired in ${window}` : table(ALERTS, rows, style),
    ...(quiet.length === 0 ? [] : [style.dim(`Never in ${window}: ${quiet.join(', ')}`)]),
    notifications(data.notifications, style),
  ].join('\n\n')
}
