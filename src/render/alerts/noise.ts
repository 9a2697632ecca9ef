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
import {wrapStyled} from '../text/wrap.js'

const ALERTS = [
  {title: 'ALERT'},
  {title: 'SEVERITY', spare: 2},
  {title: 'FIRINGS', align: 'right'},
  {title: 'FLAPS', align: 'right', spare: 1},
  {title: 'FIRING', align: 'right'},
  {title: '', align: 'right', spare: 3},
] as const
const TUNE = {title: 'TUNE'} as const
/** On a narrower screen the advice stands below its row: a sentence reads badly a word or two a line. */
const WIDE = 90
const INDENT = '  '
const NOTIFICATIONS = [
  {title: 'INTEGRATION'},
  {title: 'SENT', align: 'right'},
  {title: 'FAILED', align: 'right'},
] as const

const ADVICE: Readonly<Record<NoiseAdvice, string>> = {
  flapping: 'flaps: use a longer `for`, or change the threshold',
  constant: 'fires most of the time: fix the cause, or remove the alert',
  frequent: 'fires more than once a day: fix the cause, or raise the threshold',
  noRunbook: 'has no runbook: write one, or remove the alert',
}

function row(alert: NoisyAlert, style: Style): readonly string[] {
  const {name, severity, firings, flaps, firingSeconds, firingRatio} = alert
  return [
    style.bold(name),
    severity ?? '',
    String(firings),
    flaps === 0 ? '0' : style.warn(String(flaps)),
    span(firingSeconds),
    style.dim(percent(firingRatio)),
  ]
}

function adviceText({advice}: NoisyAlert, style: Style): string {
  return advice === null ? '' : style.warn(`▲ ${ADVICE[advice]}`)
}

function alertTable(alerts: readonly NoisyAlert[], style: Style): string {
  const rows = alerts.map((alert) => row(alert, style))
  const texts = alerts.map((alert) => adviceText(alert, style))
  if (!style.edge || style.width >= WIDE) {
    return table(
      [...ALERTS, TUNE],
      rows.map((cells, index) => [...cells, texts[index] ?? '']),
      style,
    )
  }
  const below = texts.map((text) =>
    text === '' ? [] : wrapStyled(text, style.width - INDENT.length).map((line) => `${INDENT}${line}`),
  )
  return table(ALERTS, rows, style, below)
}

function notifications(counts: readonly IntegrationCount[] | null, style: Style): string {
  if (counts === null) return style.dim('Notifications sent: unknown, because Prometheus does not scrape Alertmanager')
  if (counts.length === 0) return style.dim('No notification was sent')
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
  const parts = [
    alerts.length === 0 ? `${style.good('●')} no alert fired in ${window}` : alertTable(alerts, style),
    ...(quiet.length === 0 ? [] : [style.dim(`Never fired in ${window}: ${quiet.join(', ')}`)]),
    notifications(data.notifications, style),
  ]
  return onScreen(parts.join('\n\n'), style)
}
