import type {Result} from '../../domain/result.js'
import type {RunbookList} from '../../domain/runbook/runbook-list.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'

const COLUMNS = [
  {title: 'RUNBOOK'},
  {title: 'SEVERITY'},
  {title: 'TITLE'},
  {title: 'SERVICES', spare: 1},
  {title: 'ALERTS'},
]

/** Of the alerts their names; what they must match is in `faci runbook show`. */
export function runbookListText({data}: Result<RunbookList>, style: Style): string {
  if (data.runbooks.length === 0) return ''
  const rows = data.runbooks.map(({name, severity, title, services, alerts}) => [
    style.bold(name),
    severity === 'critical' ? style.bad(severity) : severity,
    title,
    services.join(', '),
    [...new Set(alerts.map((alert) => alert.split('{', 1).join('')))].join(', '),
  ])
  return `${table(COLUMNS, rows, style)}\n\n${style.dim('Run one:')} ${style.accent('faci runbook NAME')}`
}
