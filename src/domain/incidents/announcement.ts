import type {IncidentStep, NoticeFact, NoticeIncident, NoticeSeverity, NoticeState} from '../notices/notice.js'
import type {Priority} from '../priority.js'
import type {IncidentEntry} from './incident-event.js'
import type {IncidentWords, Spoken} from './incident-words.js'
import {isOver, type Incident, type IncidentFacts} from './incident.js'
import {NOTICE_SEVERITY} from './priority-of.js'

/** Which channels are told of which step, by severity; what is left out goes to the default one. */
export type Routes = Readonly<Partial<Record<Priority, Ways | undefined>>>

export type Ways = Readonly<Partial<Record<IncidentStep | 'other', readonly string[] | undefined>>>

/** A channel and the people who read it. */
export interface Listener {
  readonly channel: string
  /** `stakeholders` are told once and at the end, in plain words. */
  readonly readers: 'responders' | 'stakeholders'
  readonly words: IncidentWords
  readonly spoken: Spoken
}

/** Who is called by a notice. */
export interface CalledPerson {
  readonly name: string
  readonly slack: string | null
}

/** Who is on call is called when it begins and when it is back, and not in the middle of the night for what can wait. */
export function callsOncall(step: IncidentStep, priority: Priority): boolean {
  return (step === 'opened' || step === 'reopened') && priority !== 'P2'
}

/** What a listener is told. */
export interface Announcement {
  readonly channel: string
  readonly state: NoticeState
  readonly severity: NoticeSeverity
  readonly title: string
  readonly body: string
  readonly facts: readonly NoticeFact[]
  readonly incident: NoticeIncident
}

export interface Telling {
  readonly step: IncidentStep
  /** What the person said; empty: nothing. */
  readonly text: string
  readonly facts: IncidentFacts
  readonly incident: Incident
  readonly service: string
  /** Null: nobody is called. */
  readonly oncall: CalledPerson | null
  /** What was announced before. */
  readonly entries: readonly IncidentEntry[]
  /** Of the end: why Alertmanager's page does not end with it; null: it does, or is none. */
  readonly pageStays?: NoticeIncident['pageStays'] | null
  /** Of the end: the incident that this one was merged into; null: it ends by itself. */
  readonly mergedInto?: Pick<IncidentFacts, 'handle' | 'title'> | null
}

const STATE: Readonly<Record<IncidentStep, NoticeState>> = {
  opened: 'started',
  reopened: 'started',
  acknowledged: 'update',
  updated: 'update',
  mitigated: 'update',
  due: 'update',
  // It calls people: an update would be read later.
  escalated: 'started',
  resolved: 'resolved',
}

/** The channels that are told of a step. */
export function routed(routes: Routes, priority: Priority, step: IncidentStep, fallback: string): readonly string[] {
  const ways = routes[priority]
  return [...new Set(ways?.[step] ?? ways?.other ?? [fallback])]
}

function toldChannels(entries: readonly IncidentEntry[]): readonly string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'incident.announced' ? entry.notices.map(({channel}) => channel) : [],
  )
}

/** Those of its severity; when it comes back and at the end all that were ever told: it may have been graver then, a page stays open until it is resolved, and whoever was told that all is well is told that it is not. */
export function audience(
  routes: Routes,
  {step, facts, entries}: Pick<Telling, 'step' | 'facts' | 'entries'>,
  fallback: string,
): readonly string[] {
  const told = step === 'resolved' || step === 'reopened' ? toldChannels(entries) : []
  return [...new Set([...routed(routes, facts.severity, step, fallback), ...told])]
}

/** What a channel was told last; null: nothing. */
function lastTold(entries: readonly IncidentEntry[], channel: string): IncidentStep | null {
  const steps = entries.flatMap((entry) =>
    entry.kind === 'incident.announced' && entry.notices.some((notice) => notice.channel === channel)
      ? [entry.step]
      : [],
  )
  return steps.at(-1) ?? null
}

/** They are told that it began, whenever it first concerns them, and that it is over; after that, that it came back, and its end again. */
function concerns({readers, channel}: Listener, {step, entries}: Telling): boolean {
  if (readers === 'responders') return true
  const last = lastTold(entries, channel)
  const isOverForThem = last === null || last === 'resolved'
  return isOverForThem !== (step === 'resolved')
}

type Said = (words: IncidentWords, incident: Incident, spoken: Spoken) => string

/** What is said where nobody said anything. */
const SAID: Readonly<Record<IncidentStep, Said>> = {
  opened: ({body}) => body.opened,
  updated: ({body}) => body.updated,
  mitigated: ({body}) => body.mitigated,
  reopened: ({body}) => body.reopened,
  acknowledged: ({body, facts}, {owner}) => body.acknowledged(owner ?? facts.nobody),
  resolved: ({body}, {resolution}) => body.resolved[resolution ?? 'fixed'],
  due: ({body}, {nextUpdateDueAt: due, handle}, {time}) => body.due(due === null ? '' : time(due), handle),
  // Whoever escalates says whom it pages.
  escalated: ({body}) => body.updated,
}

function bodyOf({words, spoken}: Listener, {step, text, incident, mergedInto = null}: Telling): string {
  if (text !== '') return text
  return mergedInto === null ? SAID[step](words, incident, spoken) : words.body.merged(mergedInto)
}

function calledFact({facts}: IncidentWords, oncall: CalledPerson | null): readonly NoticeFact[] {
  if (oncall === null) return []
  const {name: value, slack} = oncall
  return [{name: facts.oncall, value, ...(slack === null ? {} : {slackMember: slack})}]
}

function factsOf({words, spoken}: Listener, {incident, oncall}: Telling): readonly NoticeFact[] {
  const {facts: names} = words
  const begun = incident.startedAt ?? incident.detectedAt
  const {timeToResolveSeconds: lasted, nextUpdateDueAt: due} = incident
  const all: readonly (readonly [string, string | null])[] = [
    [names.severity, incident.severity],
    [names.state, words.state[incident.state]],
    [names.impact, incident.impact],
    [names.services, incident.services.join(', ')],
    [names.alerts, incident.alerts.join(', ')],
    [names.owner, incident.owner ?? names.nobody],
    [names.since, begun === null ? null : spoken.time(begun)],
    [names.lasted, lasted === null ? null : spoken.duration(lasted)],
    [names.nextUpdate, due === null ? null : spoken.time(due)],
  ]
  const stated = all.flatMap(([name, value]) => (value === null || value === '' ? [] : [{name, value}]))
  return [...calledFact(words, oncall), ...stated]
}

function noticeIncident({facts, step, pageStays = null}: Telling): NoticeIncident {
  const {id, handle, subject, severity: priority, reopenings, page} = facts
  const pages = page?.by === 'alertmanager' ? {pages: page.key} : {}
  return {id, handle, subject, priority, reopenings, step, ...pages, ...(pageStays === null ? {} : {pageStays})}
}

/** Whoever was told that it is over is told that it is not. */
function isBack({channel}: Listener, {facts, entries}: Telling): boolean {
  return !isOver(facts) && lastTold(entries, channel) === 'resolved'
}

function announcement(listener: Listener, telling: Telling): Announcement {
  const {step, facts, incident, service} = telling
  const {channel, readers, words, spoken} = listener
  const of = {
    channel,
    state: STATE[step],
    severity: NOTICE_SEVERITY[facts.severity],
    incident: noticeIncident(telling),
  }
  if (readers === 'responders') {
    const title = `${facts.handle} ${facts.title}`
    return {...of, title, body: bodyOf(listener, telling), facts: factsOf(listener, telling)}
  }
  const {title, body} = words.stakeholders
  const told = {...of.incident, subject: title(service, 'open')}
  // What is a part of another incident is not over with its record.
  const isPart = isOver(facts) && facts.resolution === 'duplicate'
  const how = isOver(facts) && !isPart ? 'over' : isBack(listener, telling) ? 'back' : 'open'
  const said = {title: title(service, how), body: body(incident, how, spoken), facts: []}
  return {...of, ...said, incident: told, state: isPart ? 'update' : of.state}
}

/** What each of them is told of a step; none of them twice, and stakeholders only of beginning and end. */
export function announcements(listeners: readonly Listener[], telling: Telling): readonly Announcement[] {
  return listeners.filter((listener) => concerns(listener, telling)).map((listener) => announcement(listener, telling))
}
