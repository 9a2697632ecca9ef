import {isUpdateOverdue, type Incident} from '../../domain/incidents/incident.js'
import {span} from '../../domain/time/span.js'
import type {Style} from '../text/style.js'
import {INCIDENTS} from '../words/en/incidents.js'

const TONE: Readonly<Record<Incident['state'], readonly [string, 'good' | 'bad' | 'warn']>> = {
  open: ['●', 'bad'],
  reopened: ['●', 'bad'],
  acknowledged: ['◐', 'warn'],
  mitigated: ['◔', 'warn'],
  resolved: ['✔', 'good'],
}

/** `● open`, `✔ resolved (false alarm)`. */
export function stateText({state, resolution, mergedInto}: Incident, style: Style): string {
  const [sign, tone] = TONE[state]
  const how = mergedInto === null ? INCIDENTS.resolution[resolution ?? 'fixed'] : `merged into ${mergedInto}`
  const detail = state === 'resolved' && resolution !== 'fixed' ? ` (${how})` : ''
  return style[tone](`${sign} ${INCIDENTS.state[state]}${detail}`)
}

/** `due in 12m`, `overdue by 4m`; empty once it is over. */
export function dueText(incident: Incident, at: string, style: Style): string {
  const {nextUpdateDueAt: due} = incident
  if (due === null) return ''
  const seconds = (Date.parse(due) - Date.parse(at)) / 1000
  return isUpdateOverdue(incident, new Date(at)) ? style.bad(`overdue by ${span(-seconds)}`) : `due in ${span(seconds)}`
}

/** How long it has been going on, or went on; null: nobody knows since when. */
export function lastedSeconds({startedAt, detectedAt, resolvedAt}: Incident, at: string): number | null {
  const since = startedAt ?? detectedAt
  if (since === null) return null
  return Math.max(0, (Date.parse(resolvedAt ?? at) - Date.parse(since)) / 1000)
}
