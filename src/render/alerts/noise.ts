import {
  type IntegrationCount,
  isCovered,
  type NoiseAdvice,
  type NoiseReport,
  type NoisyAlert,
} from '../../domain/alerts/noise.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import {onScreen} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {percent} from '../text/units.js'

const ALERTS = [
  {title: 'ALERT'},
  {title: 'SEVERITY', spare: 2},
  {title: 'FIRINGS', align: 'right'},
  {title: 'FLAPS', align: 'right', spare: 1},
  {title: 'FIRING', align: 'right'},
  {title: '', align: 'right', spare: 3},
  {title: 'TUNE'},
] as const
const NOTIFICATIONS = [
  {title: 'INTEGRATION'},
  {title: 'SENT', align: 'right'},
  {title: 'FAILED', align: 'right'},
] as const

const ADVICE: Readonly<Record<NoiseAdvice, string>> = {
  flapping: 'flaps: lengthen its `for`, or move its threshold',
  constant: 'fires most of the time: fix the cause, or remove the alert',
  frequent: 'fires more than once a day: fix the cause, or raise its threshold',
  noRunbook: 'has no runbook: write one, or remove the alert',
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

/** Nothing is said of more than Prometheus has; where it has almost all, the window is as it was asked for. */
function windowText({windowSeconds, coveredSeconds}: NoiseReport): string {
  if (isCovered({windowSeconds, coveredSeconds})) return span(windowSeconds)
  return coveredSeconds === 0 ? 'what Prometheus has' : `the ${span(coveredSeconds)} that Prometheus has`
}

/** The noisiest alerts first, with what to do about them. */
export function noiseText({data}: Result<NoiseReport>, style: Style): string {
  const {alerts, quiet} = data
  const window = windowText(data)
  const rows = alerts.map((alert) => row(alert, style))
  const parts = [
    rows.length === 0 ? `${style.good('●')} no alert fired in ${window}` : table(ALERTS, rows, style),
    ...(quiet.length === 0 ? [] : [style.dim(`Never in ${window}: ${quiet.join(', ')}`)]),
    notifications(data.notifications, style),
  ]
  return onScreen(parts.join('\n\n'), style)
}
