import type {Alert} from '../../domain/alert/alert.js'
import type {Style} from './style.js'
import {table} from './table.js'
import {span} from './units.js'

const COLUMNS = [
  {title: 'ALERT'},
  {title: 'SEVERITY'},
  {title: 'STATE'},
  {title: 'AGE', align: 'right'},
  {title: 'RUNBOOK'},
  {title: 'SUMMARY'},
] as const

function severity({severity: word, priority}: Alert, style: Style): string {
  const text = [priority, word].filter((part) => part !== null).join(' ')
  if (word === 'critical') return style.bad(text)
  return word === 'warning' ? style.warn(text) : text
}

function state({state: word, silencedBy, inhibitedBy}: Alert): string {
  if (silencedBy.length > 0) return 'silenced'
  return inhibitedBy.length > 0 ? 'inhibited' : word
}

/** Alerts with their age and what to type; says so when none fires. */
export function alertRows(alerts: readonly Alert[], now: number, style: Style): string {
  if (alerts.length === 0) return `${style.good('●')} none firing`
  const rows = alerts.map((alert) => [
    style.bold(alert.name),
    severity(alert, style),
    state(alert),
    span(Math.max(0, (now - Date.parse(alert.since)) / 1000)),
    alert.runbook === null ? style.dim('none') : style.accent(`faci runbook ${alert.runbook}`),
    alert.summary ?? '',
  ])
  return table(COLUMNS, rows, style)
}
