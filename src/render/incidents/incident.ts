import {type IncidentDone, type IncidentReport, isOverdue} from '../../domain/incidents/incident-report.js'
import {isOver, type Incident} from '../../domain/incidents/incident.js'
import {type TimelineEntry, wasEnteredLater} from '../../domain/incidents/timeline.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {span} from '../../domain/time/span.js'
import {deliveriesText} from '../notices/notice-delivery.js'
import {inset} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {pageText} from '../words/en/incident-page.js'
import {INCIDENTS} from '../words/en/incidents.js'
import type {WordedIncident} from './worded-incident.js'
import {actionRows} from './action-list.js'
import {dueText, lastedSeconds, stateText} from './incident-lines.js'

type Report = IncidentReport<string>

const DONE: Readonly<Record<IncidentDone, ((incident: Incident) => string) | null>> = {
  opened: ({handle}) => `${handle} opened`,
  known: ({handle}) => `${handle} is open for this already: nothing new was opened (--new opens another one)`,
  relapsed: ({handle}) => `${handle} came back: it is reopened, no other one was opened (--new opens one)`,
  noted: ({handle}) => `Noted in ${handle}`,
  acknowledged: ({handle, owner}) => `${handle} acknowledged: ${owner ?? 'nobody'} is on it`,
  updated: ({handle}) => `${handle} updated`,
  mitigated: ({handle}) => `${handle} mitigated: recovered, watching`,
  resolved: ({handle}) => `${handle} resolved`,
  reopened: ({handle}) => `${handle} reopened`,
  corrected: ({handle}) => `${handle} corrected; what it said before stays in the timeline`,
  merged: ({handle}) => `Merged into ${handle}`,
  mergedBefore: ({handle}) => `It is a part of ${handle} already: nothing was changed`,
  actions: null,
  handedOver: null,
  already: ({handle, state, owner}) => {
    const hands = command`faci incident update ${handle} --owner NAME`
    const next = state === 'acknowledged' && owner !== null ? ` (${hands} hands it over)` : ''
    return `${handle} is ${INCIDENTS.state[state]} already${owner === null ? '' : ` (${owner})`}: nothing was changed${next}`
  },
  shown: null,
}

function timesText(incident: Incident, style: Style): string {
  const {timeToDetectSeconds, timeToAcknowledgeSeconds, timeToMitigateSeconds, timeToResolveSeconds} = incident
  const after: readonly (readonly [string, string | null, number | null, string])[] = [
    ['Started', incident.startedAt, null, ''],
    ['Detected', incident.detectedAt, timeToDetectSeconds, 'after the start'],
    ['Acknowledged', incident.acknowledgedAt, timeToAcknowledgeSeconds, 'after detection'],
    ['Mitigated', incident.mitigatedAt, timeToMitigateSeconds, ''],
    ['Resolved', incident.resolvedAt, timeToResolveSeconds, ''],
  ]
  const from = incident.startedAt === null ? 'after detection' : 'after the start'
  const rows = after.flatMap(([name, at, seconds, since]) =>
    at === null
      ? []
      : [
          [
            style.dim(name),
            style.times.moment(at),
            seconds === null ? '' : style.dim(`${span(seconds)} ${since || from}`),
          ],
        ],
  )
  return inset(style, (inner) => table([{title: ''}, {title: ''}, {title: ''}], rows, inner))
}

function present(parts: readonly (string | null)[]): readonly string[] {
  return parts.filter((part) => part !== null)
}

/** Whoever owns it may have been named by somebody else, or have had it before it came back. null: somebody is on it, or it is over. */
function unattendedText({state, owner}: Incident): string | null {
  if (state === 'reopened') return 'nobody has acknowledged it since it came back'
  if (state === 'open') return 'nobody has acknowledged it'
  return owner === null ? 'nobody owns it' : null
}

function peopleText({at, incident}: Report, style: Style): string {
  const {owner, commander, scribe} = incident
  const lasted = lastedSeconds(incident, at)
  const due = dueText(incident, at, style)
  return present([
    owner === null ? null : `owner ${owner}`,
    unattendedText(incident),
    commander === null ? null : `commander ${commander}`,
    scribe === null ? null : `scribe ${scribe}`,
    lasted === null ? null : `${isOver(incident) ? 'lasted' : 'for'} ${span(lasted)}`,
    due === '' ? null : `next update ${due}`,
  ]).join(' · ')
}

function headText(report: Report, style: Style): string {
  const {handle, title, severity, impact, services, alerts, page} = report.incident
  const about = present([
    services.length === 0 ? null : `services ${services.join(', ')}`,
    alerts.length === 0 ? null : `alerts ${alerts.join(', ')}`,
  ])
  return [
    `${stateText(report.incident, style)}  ${style.bold(`${handle} ${title}`)}  ${severity}`,
    peopleText(report, style),
    ...(impact === null ? [] : [`Impact: ${impact}`]),
    ...(about.length === 0 ? [] : [style.dim(about.join(' · '))]),
    ...(page === null ? [] : [style.dim(pageText(page))]),
  ].join('\n')
}

function timelineRow(entry: TimelineEntry, style: Style): readonly string[] {
  const later = wasEnteredLater(entry) ? style.dim(` (entered later: ${style.times.minute(entry.enteredAt)})`) : ''
  const run = entry.runId === undefined ? '' : style.dim(`  ${command`faci runs ${entry.runId}`}`)
  return [style.dim(style.times.moment(entry.at)), entry.by, `${entry.text}${later}${run}`]
}

export function timelineText({data}: Result<Report>, style: Style): string {
  const rows = data.timeline.map((entry) => timelineRow(entry, style))
  return table([{title: 'WHEN'}, {title: 'BY', spare: 1}, {title: 'WHAT'}], rows, style)
}

/** All that is known of it. */
export function incidentText(result: Result<WordedIncident>, style: Style): string {
  const {at, incident, actions} = result.data
  const items = actions.map((action) => ({
    ...action,
    incident: incident.handle,
    title: incident.title,
    isOverdue: isOverdue(action, new Date(at)),
  }))
  return [
    headText(result.data, style),
    '',
    timesText(incident, style),
    '',
    timelineText(result, style),
    ...(items.length === 0 ? [] : ['', style.dim('Action items:'), inset(style, (inner) => actionRows(items, inner))]),
  ].join('\n')
}

const NEXT: Readonly<Record<Incident['state'], (handle: string) => readonly string[]>> = {
  open: (handle) => [command`faci incident ack ${handle}`, 'faci runbook'],
  reopened: (handle) => [command`faci incident ack ${handle}`, 'faci runbook'],
  acknowledged: (handle) => [
    `${command`faci incident update ${handle} --message`} '…'`,
    command`faci incident mitigate ${handle}`,
  ],
  mitigated: (handle) => [command`faci incident resolve ${handle}`, command`faci incident reopen ${handle}`],
  resolved: (handle) => [command`faci incident postmortem ${handle}`],
}

/** Each names the incident: more than one may be open by the time that it is typed. */
function nextSteps({state, handle}: Incident, done: IncidentDone): readonly string[] {
  if (done === 'known') return [`${command`faci incident note --incident ${handle}`} '…'`]
  return NEXT[state](handle)
}

/** What a command came to: one line, what became of the notices, how it stands, and what to type next. */
export function incidentDoneText(result: Result<WordedIncident>, style: Style): string {
  const {done, incident, notices} = result.data
  const said = DONE[done]?.(incident)
  const next = nextSteps(incident, done).map((line) => style.accent(`→ ${line}`))
  return [
    ...(said === undefined ? [] : [`${style.good('✔')} ${said}`]),
    ...deliveriesText(notices, style),
    headText(result.data, style),
    ...(next.length === 0 ? [] : [next.join('   ')]),
  ].join('\n')
}
