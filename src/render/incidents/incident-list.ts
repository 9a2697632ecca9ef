import type {IncidentList} from '../../domain/incidents/incident-report.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import {nextStep} from '../text/next-step.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {dueText, lastedSeconds, stateText} from './incident-lines.js'

const COLUMNS = [
  {title: 'INCIDENT', whole: true},
  {title: 'SEV'},
  {title: 'STATE', whole: true},
  {title: 'LASTED', align: 'right'},
  {title: 'OWNER', spare: 1},
  {title: 'OPENED', spare: 3},
  {title: 'NEXT UPDATE', spare: 2},
  {title: 'TITLE'},
] as const

/** One a line, newest first. */
export function incidentListText({data}: Result<IncidentList>, style: Style): string {
  const {at, incidents, total} = data
  if (incidents.length === 0)
    return `${style.good('✔')} No incident is open${nextStep('faci incident list --limit 20', style)}`
  const rows = incidents.map((incident) => {
    const lasted = lastedSeconds(incident, at)
    return [
      style.bold(incident.handle),
      incident.severity,
      stateText(incident, style),
      lasted === null ? '' : span(lasted),
      incident.owner ?? '',
      style.times.minute(incident.openedAt),
      dueText(incident, at, style),
      incident.title,
    ]
  })
  const rest = total - incidents.length
  const more = rest <= 0 ? [] : ['', style.dim(`${String(rest)} older: faci incident list --limit ${String(total)}`)]
  return [table(COLUMNS, rows, style), ...more].join('\n')
}
