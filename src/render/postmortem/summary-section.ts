import type {Incident} from '../../domain/incidents/incident.js'
import type {PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import {literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import {span} from '../../domain/time/span.js'
import {lastedSeconds} from '../incidents/incident-lines.js'
import type {Look} from './look.js'
import {markdownTable, stackedMarkdown} from './markdown-table.js'

function stateOf({state, resolution, mergedInto, handle}: Incident, {incidents}: Look): string {
  if (state !== 'resolved' || resolution === null) return incidents.state[state]
  const into = mergedInto === null || mergedInto === handle ? '' : ` → ${mergedInto}`
  return `${incidents.state[state]} (${incidents.resolution[resolution]}${into})`
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function timeRows(incident: Incident, {words, incidents, times}: Look): readonly (readonly string[])[] {
  const fromStart = incident.startedAt === null ? words.afterDetection : words.afterStart
  const rows = [
    ['startedAt', null, fromStart],
    ['detectedAt', incident.timeToDetectSeconds, words.afterStart],
    ['acknowledgedAt', incident.timeToAcknowledgeSeconds, words.afterDetection],
    ['mitigatedAt', incident.timeToMitigateSeconds, fromStart],
    ['resolvedAt', incident.timeToResolveSeconds, fromStart],
  ] as const
  return rows.map(([time, seconds, after]) => {
    const at = incident[time]
    const later = seconds === null ? '' : ` (${after(span(seconds))})`
    return [capitalized(incidents.times[time]), at === null ? words.unknown : `${times.moment(at)}${later}`]
  })
}

function factRows(report: PostmortemReport, look: Look): readonly (readonly string[])[] {
  const {incident, at} = report
  const {facts, unknown} = look.words
  const lasted = lastedSeconds(incident, at)
  const optional = [
    [facts.services, incident.services.join(', ')],
    [facts.alerts, incident.alerts.join(', ')],
    [facts.impact, incident.impact ?? ''],
    [facts.owner, incident.owner ?? ''],
    [facts.commander, incident.commander ?? ''],
    [facts.scribe, incident.scribe ?? ''],
  ]
  return [
    [facts.incident, `${incident.handle} ${incident.title}`],
    [facts.state, stateOf(incident, look)],
    [facts.severity, incident.severity],
    ...optional.filter(([, value]) => value !== ''),
    ...timeRows(incident, look),
    [facts.lasted, lasted === null ? unknown : span(lasted)],
  ]
}

export function summarySection(report: PostmortemReport, look: Look): Markdown {
  const {words} = look
  return stackedMarkdown([
    markdown`## ${literal(words.headings.summary)}`,
    report.isDraft ? markdown`**${sentence(words.draft)}**` : null,
    report.isRedacted ? sentence(words.redacted) : null,
    markdownTable([words.columns.what, ''], factRows(report, look)),
  ])
}
