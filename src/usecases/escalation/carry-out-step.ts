import {announcements, audience} from '../../domain/incidents/announcement.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import {shownIncident} from '../../domain/incidents/incident.js'
import {escalationRound} from '../../domain/escalation/escalation-round.js'
import type {EscalatedStep} from '../../domain/escalation/escalation-report.js'
import type {Notice} from '../../domain/notices/notice.js'
import type {Person, Rota} from '../../domain/oncall/rota.js'
import type {KeptClaim, PageClaim, PagingRight} from '../../ports/page-claims.js'
import {carryOutClaim, type ClaimDeps, type ClaimedNotice} from '../incidents/carry-out-claim.js'
import type {IncidentDeps, IncidentPlace, Telephone} from '../incidents/incident-deps.js'
import {readRecord} from '../incidents/which-incident.js'

export interface PageDeps extends IncidentDeps, ClaimDeps {
  readonly telephone: Telephone
}

export interface Paging {
  readonly place: IncidentPlace
  readonly rota: Rota
  readonly right: PagingRight
}

/** The channels whose readers respond, by what is routed for this step. */
export function pagedChannels({telephone}: PageDeps, {facts, entries}: IncidentRecord): readonly string[] {
  const fallback = telephone.listeners[0]?.channel ?? ''
  const channels = audience(telephone.routes, {step: 'escalated', facts, entries}, fallback)
  return telephone.listeners
    .filter(({channel, readers}) => readers === 'responders' && channels.includes(channel))
    .map(({channel}) => channel)
}

function personOf({people}: Rota, name: string): Person {
  return people.find((one) => one.name === name) ?? {name, email: null, slack: null, pagerduty: null}
}

/** The same notice whoever makes it. */
function noticeOf(
  deps: PageDeps,
  {place, rota}: Paging,
  {facts, entries}: IncidentRecord,
  {claim, channel, id}: {readonly claim: PageClaim; readonly channel: string; readonly id: string},
): Notice | null {
  const listener = deps.telephone.listeners.find((one) => one.channel === channel)
  if (listener === undefined) return null
  const {words, spoken} = listener
  const {service, environment, operator, updates} = place
  const since = escalationRound({facts, entries, actions: []})?.startedAt ?? Date.parse(claim.at)
  const text = words.body.escalated({
    ...{handle: facts.handle, step: claim.step + 1, steps: rota.escalation.length},
    ...{isAnybody: claim.people.length > 0, since: spoken.duration((Date.parse(claim.at) - since) / 1000)},
  })
  const incident = shownIncident(facts, updates)
  const telling = {step: 'escalated', text, facts, entries, incident, service, oncall: null} as const
  const [told] = announcements([listener], telling)
  if (told === undefined) return null
  const paged = {name: words.facts.paged, value: claim.people.join(', ') || words.facts.nobody}
  return {
    ...{id, channel, thread: facts.id, incident: told.incident, severity: told.severity, state: told.state},
    ...{title: told.title, body: told.body, facts: [paged, ...told.facts], service, environment},
    ...{operator: operator.name, host: operator.host, createdAt: claim.at},
    paged: claim.people.map((name) => personOf(rota, name)),
  }
}

async function note(
  deps: PageDeps,
  {entries}: IncidentRecord,
  {incident, round, step, at, why, people}: PageClaim,
  notices: readonly ClaimedNotice[],
): Promise<void> {
  const isNoted = entries.some(
    (entry) => entry.kind === 'incident.escalated' && entry.round === round && entry.step === step + 1,
  )
  if (isNoted) return
  const told = notices.map(({channel, status, noticeId}) => ({channel, status, noticeId}))
  await deps.incidents.append(incident, [
    {kind: 'incident.escalated', happenedAt: at, round, step: step + 1, why, people, notices: told},
  ])
}

/**
 * Sends what a claim says, whoever made it, and notes it in the timeline once. null: somebody acknowledged meanwhile, and nothing was
 * sent.
 */
export async function carryOutStep(
  deps: PageDeps,
  paging: Paging,
  claim: PageClaim | KeptClaim,
): Promise<EscalatedStep | null> {
  const {record} = await readRecord(deps.incidents, claim.incident)
  const isDue = escalationRound(record)?.number === claim.round
  if (!isDue && claim.why === 'paged') {
    await deps.claims.finish(claim)
    return null
  }
  const notices = await carryOutClaim(deps, isDue ? claim : {...claim, notices: []}, {
    right: paging.right,
    noticeOf: (one) => noticeOf(deps, paging, record, {claim, ...one}),
    note: (sent) => note(deps, record, claim, sent),
  })
  const told = notices.map(({channel, status, reason}) => ({channel, status, reason}))
  return {step: claim.step + 1, why: claim.why, people: claim.people, notices: told}
}
