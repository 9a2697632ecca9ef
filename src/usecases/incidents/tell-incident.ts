import {type Announcement, announcements, routed} from '../../domain/incidents/announcement.js'
import {shownIncident} from '../../domain/incidents/incident.js'
import type {IncidentStep, Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import type {IncidentDeps, IncidentPlace, Telephone} from './incident-deps.js'
import {readRecord} from './which-incident.js'

/** `telephone` null: nobody is told. */
export interface TellDeps extends IncidentDeps {
  readonly telephone: Telephone | null
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

/** Tells everybody whom the step concerns, all channels at once, and records it. A notice that nobody got waits in the outbox. */
export async function tellIncident(
  deps: TellDeps,
  place: IncidentPlace,
  id: string,
  {step, text}: {readonly step: IncidentStep; readonly text: string},
): Promise<readonly NoticeDelivery[]> {
  const {telephone, incidents, clock} = deps
  if (telephone === null) return []
  const {record} = await readRecord(incidents, id)
  const {facts, entries} = record
  const fallback = telephone.listeners[0]?.channel ?? ''
  const channels = routed(telephone.routes, facts.severity, step, fallback)
  const listeners = telephone.listeners.filter(({channel}) => channels.includes(channel))
  const telling = {step, text, facts, entries, incident: shownIncident(facts, place.updates), service: place.service}
  const notices = announcements(listeners, telling).map((told) => noticeOf(deps, place, told))
  const deliveries = await Promise.all(notices.map((notice) => telephone.send(notice)))
  if (deliveries.length === 0) return []
  const announced = deliveries.map(({id: noticeId, channel, status}) => ({noticeId, channel, status}))
  await incidents.append(id, [
    {kind: 'incident.announced', happenedAt: clock.now().toISOString(), step, notices: announced},
  ])
  return deliveries
}
