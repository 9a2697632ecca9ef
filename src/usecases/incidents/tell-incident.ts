import {type Announcement, announcements, audience, callsOncall} from '../../domain/incidents/announcement.js'
import {type IncidentFacts, shownIncident} from '../../domain/incidents/incident.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import type {IncidentStep, Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import type {SharedPages} from './adopt-page.js'
import {captureMoment, type Eyes} from './capture-moment.js'
import type {Gauges, IncidentDeps, IncidentPlace, Telephone} from './incident-deps.js'
import {readRecord} from './which-incident.js'

/** `telephone` null: nobody is told. */
export interface TellDeps extends IncidentDeps {
  readonly telephone: Telephone | null
  readonly eyes: Eyes
  /** null: no channel shares Alertmanager's pages. */
  readonly shared: SharedPages | null
  /** Loaded when an incident ends; null: no metrics are set up. */
  readonly gauges: () => Promise<Gauges | null>
}

function noticeOf(
  {ids, clock}: IncidentDeps,
  {service, environment, operator}: IncidentPlace,
  told: Announcement,
): Notice {
  const {channel, state, severity, title, body, facts, incident} = told
  return {
    ...{
      id: ids.next(),
      channel,
      thread: incident.id,
      incident,
      severity,
      state,
      title,
      body,
      facts,
      service,
      environment,
    },
    ...{operator: operator.name, host: operator.host, createdAt: clock.now().toISOString()},
  }
}

/** Why Alertmanager's page does not end with its incident; null: it does, or is none. */
async function staying({shared}: TellDeps, {page, alerts}: IncidentFacts): Promise<'others' | 'unknown' | null> {
  if (shared === null || page?.by !== 'alertmanager') return null
  const end = await shared.end(page, alerts)
  return end === 'ends' ? null : end
}

async function tell(
  deps: TellDeps,
  place: IncidentPlace,
  {facts, entries}: IncidentRecord,
  {step, text, mergedInto = null}: Told,
): Promise<readonly NoticeDelivery[]> {
  const {telephone} = deps
  if (telephone === null) return []
  const fallback = telephone.listeners[0]?.channel ?? ''
  const channels = audience(telephone.routes, {step, facts, entries}, fallback)
  const listeners = telephone.listeners.filter(({channel}) => channels.includes(channel))
  const pageStays = step === 'resolved' ? await staying(deps, facts) : null
  const oncall = callsOncall(step, facts.severity) ? await telephone.oncall() : null
  const incident = shownIncident(facts, place.updates)
  const telling = {pageStays, mergedInto, step, text, facts, entries, incident, oncall, service: place.service}
  const told = announcements(listeners, telling)
  const names = told.map(({channel}) => channel)
  const readersOf = (name: string) => listeners.find(({channel}) => channel === name)?.readers
  const notices = told.map((one) => {
    const besides = names.filter((name) => name !== one.channel)
    const notice = noticeOf(deps, place, one)
    const unsigned = readersOf(one.channel) === 'stakeholders' ? {operator: '', host: ''} : {}
    return {...notice, ...unsigned, ...(besides.length === 0 ? {} : {besides})}
  })
  return Promise.all(notices.map((notice) => telephone.send(notice)))
}

export interface Told {
  readonly step: IncidentStep
  readonly text: string
  /** The incident that it has become a part of. */
  readonly mergedInto?: Pick<IncidentFacts, 'handle' | 'title'> | null
}

/** Tells everybody whom the step concerns, all channels at once, and records it with what could be seen then. A notice that nobody got waits in the outbox. */
export async function tellIncident(
  deps: TellDeps,
  place: IncidentPlace,
  id: string,
  told: Told,
): Promise<readonly NoticeDelivery[]> {
  const {incidents, clock} = deps
  const {record} = await readRecord(incidents, id)
  const [deliveries, moment] = await Promise.all([tell(deps, place, record, told), captureMoment(deps, record.entries)])
  const notices = deliveries.map(({id: noticeId, channel, status}) => ({noticeId, channel, status}))
  const announced = {
    kind: 'incident.announced',
    happenedAt: clock.now().toISOString(),
    step: told.step,
    notices,
  } as const
  const events = [...moment, ...(notices.length === 0 ? [] : [announced])]
  if (events.length > 0) await incidents.append(id, events)
  return deliveries
}
