import type {OngoingIncident} from '../../domain/incidents/ongoing-incident.js'
import type {StatusReport} from '../../domain/status/status.js'
import {dueText, stateText} from '../incidents/incident-lines.js'
import {nextStep} from '../text/next-step.js'
import type {Style} from '../text/style.js'
import {wrap} from '../text/wrap.js'

/** So many stand beside a verdict; the rest is counted. */
const SHOWN = 3

function incidentLine(incident: OngoingIncident, at: string, style: Style): string {
  const {handle, title, severity, owner, next} = incident
  const due = dueText(incident, at, style)
  const facts = [severity, owner ?? 'nobody', ...(due === '' ? [] : [`update ${due}`])].join(' · ')
  const todo = next === null ? '' : nextStep(next, style)
  return `${stateText(incident, style)}  ${style.bold(`${handle} ${title}`)}  ${facts}${todo}`
}

/** Incidents that are not over, each with what to type; within the screen, indented. */
export function ongoingIncidentLines({incidents, at}: StatusReport, style: Style): readonly string[] {
  if (incidents.kind === 'unknown') {
    return [`  ${style.warn('!')} incidents unknown: ${style.times.sentence(incidents.reason)}`]
  }
  if (incidents.kind !== 'read') return []
  const lines = incidents.value.slice(0, SHOWN).flatMap((incident) => {
    const [first = '', ...rest] = wrap(incidentLine(incident, at, style), style.edge ? style.width - 4 : Infinity)
    return [`  ${first}`, ...rest.map((line) => `    ${line}`)]
  })
  const more = incidents.value.length - SHOWN
  return more > 0 ? [...lines, style.dim(`    … and ${more} more: faci incident list`)] : lines
}
