import {announcements, audience} from '../../domain/incidents/announcement.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import type {RemindedUpdate} from '../../domain/incidents/incident-report.js'
import {isUpdateOverdue, shownIncident} from '../../domain/incidents/incident.js'
import type {Priority} from '../../domain/priority.js'
import {TERMINAL} from '../../domain/notices/channels.js'
import type {DeliveryStatus, Notice, PagedPerson} from '../../domain/notices/notice.js'
import type {Outbox} from '../../ports/outbox.js'
import type {KeptClaim, PageClaim, PageClaims, PagingRight} from '../../ports/page-claims.js'
import type {IncidentDeps, IncidentPlace, Telephone} from './incident-deps.js'
import {keptNotice} from '../notices/kept-notice.js'
import {readRecord} from './which-incident.js'

export interface RemindDeps extends IncidentDeps {
  readonly telephone: Telephone
  /** Of reminders alone: a step is the minute by which an update was due. */
  readonly reminders: PageClaims
  readonly outbox: Pick<Outbox, 'fate' | 'pending'>
}

export interface RemindInput extends IncidentPlace {
  /** Those of the rota, as they can be reached. */
  readonly people: readonly PagedPerson[]
}

/** Of one call: cron calls again in a minute, and a channel that does not answer takes ten seconds a notice. */
const MOST_SECONDS = 15
const MINUTE_MS = 60_000
const SETTLED: readonly DeliveryStatus[] = ['delivered', 'dropped', 'held']

/** The minute by which an update was due. */
function stepOf(dueAt: string): number {
  return Math.floor(Date.parse(dueAt) / MINUTE_MS)
}

interface Overdue {
  readonly record: IncidentRecord
  readonly dueAt: string
}

async function overdue(deps: IncidentDeps, {updates}: IncidentPlace, id: string): Promise<Overdue | null> {
  const {record} = await readRecord(deps.incidents, id)
  const incident = shownIncident(record.facts, updates)
  const {nextUpdateDueAt: dueAt} = incident
  return dueAt !== null && isUpdateOverdue(incident, deps.clock.now()) ? {record, dueAt} : null
}

function channelsOf({telephone}: RemindDeps, {facts, entries}: IncidentRecord): readonly string[] {
  const fallback = telephone.listeners[0]?.channel ?? ''
  const routed = audience(telephone.routes, {step: 'due', facts, entries}, fallback)
  return telephone.listeners
    .filter(({channel, readers}) => readers === 'responders' && channel !== TERMINAL && routed.includes(channel))
    .map(({channel}) => channel)
}

/** Whoever works on it, else whoever is on call. */
async function personFor({telephone}: RemindDeps, {owner}: IncidentRecord['facts']): Promise<string | null> {
  return owner ?? (await telephone.oncall())?.name ?? null
}

/** The same notice whoever makes it. */
function noticeOf(
  {telephone}: RemindDeps,
  {service, environment, operator, updates, people}: RemindInput,
  {facts, entries}: IncidentRecord,
  claim: PageClaim,
  {channel, id}: PageClaim['notices'][number],
): Notice | null {
  const listener = telephone.listeners.find((one) => one.channel === channel)
  if (listener === undefined) return null
  const telling = {step: 'due', text: '', facts, entries, service, oncall: null} as const
  const [told] = announcements([listener], {...telling, incident: shownIncident(facts, updates)})
  if (told === undefined) return null
  const paged = people.filter(({name}) => claim.people.includes(name))
  const {state, severity, title, body, incident, facts: stated} = told
  return {
    ...{id, channel, thread: facts.id, incident, severity, state, title, body, facts: stated, service, environment},
    ...{operator: operator.name, host: operator.host, createdAt: claim.at},
    ...(paged.length === 0 ? {} : {paged}),
  }
}

type Sent = RemindedUpdate['notices']

async function sent(
  deps: RemindDeps,
  input: RemindInput,
  record: IncidentRecord,
  {claim, right}: {readonly claim: PageClaim; readonly right: PagingRight},
): Promise<Sent> {
  const done: Sent[number][] = []
  for (const one of claim.notices) {
    const {channel, id: noticeId} = one
    const kept = await keptNotice(deps.outbox, noticeId)
    const notice = kept === null ? noticeOf(deps, input, record, claim, one) : null
    if (kept !== null) done.push({noticeId, channel, ...kept})
    if (notice === null) continue
    await right.recheck()
    const {status, reason} = await deps.telephone.send(notice)
    done.push({noticeId, channel, status, reason})
  }
  return done
}

/** Sends what a claim says and the outbox does not know, and notes it in the timeline once. */
async function carryOut(
  deps: RemindDeps,
  input: RemindInput,
  {record, dueAt}: Overdue,
  {claim, right}: {readonly claim: PageClaim; readonly right: PagingRight},
): Promise<RemindedUpdate> {
  const notices = await sent(deps, input, record, {claim, right})
  const ids = new Set(claim.notices.map(({id}) => id))
  const isNoted = record.entries.some(
    (entry) => entry.kind === 'incident.announced' && entry.notices.some(({noticeId}) => ids.has(noticeId)),
  )
  const told = notices.map(({noticeId, channel, status}) => ({noticeId, channel, status}))
  if (!isNoted && told.length > 0)
    await deps.incidents.append(claim.incident, [
      {kind: 'incident.announced', happenedAt: deps.clock.now().toISOString(), step: 'due', notices: told},
    ])
  if (notices.every(({status}) => status !== 'lost')) await deps.reminders.finish(claim)
  const {handle, title, severity} = record.facts
  return {handle, title, severity, dueAt, people: claim.people, notices}
}

async function claimOf(deps: RemindDeps, {record, dueAt}: Overdue): Promise<PageClaim> {
  const {facts} = record
  const person = await personFor(deps, facts)
  return {
    ...{incident: facts.id, round: facts.reopenings, step: stepOf(dueAt)},
    ...{at: deps.clock.now().toISOString(), why: 'paged', people: person === null ? [] : [person]},
    notices: channelsOf(deps, record).map((channel) => ({channel, id: deps.ids.next()})),
  }
}

async function remind(
  deps: RemindDeps,
  input: RemindInput,
  right: PagingRight,
  id: string,
): Promise<readonly RemindedUpdate[]> {
  const due = await overdue(deps, input, id)
  if (due === null) return []
  const wanted = await claimOf(deps, due)
  const isSame = ({round, step}: KeptClaim): boolean => round === wanted.round && step === wanted.step
  const before = (await deps.reminders.of(id)).find(isSame)
  // Whoever claimed it was killed before all of it was sent.
  if (before !== undefined) return before.isDone ? [] : [await carryOut(deps, input, due, {claim: before, right})]
  if (wanted.notices.length === 0) return []
  await right.recheck()
  return (await deps.reminders.claim(wanted)) ? [await carryOut(deps, input, due, {claim: wanted, right})] : []
}

interface Late extends Pick<PageClaim, 'incident' | 'round' | 'step'> {
  readonly severity: Priority
}

/** The gravest first, then those that people wait for longest. */
async function lateUpdates({incidents, clock}: RemindDeps, {updates}: RemindInput): Promise<readonly Late[]> {
  const now = clock.now()
  const late = (await incidents.list(0)).incidents.flatMap((facts): readonly Late[] => {
    const incident = shownIncident(facts, updates)
    const {nextUpdateDueAt: due} = incident
    if (due === null || !isUpdateOverdue(incident, now)) return []
    return [{incident: facts.id, round: facts.reopenings, step: stepOf(due), severity: facts.severity}]
  })
  const order = (a: Late, b: Late): number =>
    a.severity.localeCompare(b.severity) || a.step - b.step || a.incident.localeCompare(b.incident)
  return late.sort(order)
}

/** Those that nobody was reminded of yet. */
async function undone({reminders}: RemindDeps, late: readonly Late[]): Promise<readonly Late[]> {
  const open: Late[] = []
  for (const one of late) {
    const kept = await reminders.of(one.incident)
    if (!kept.some(({round, step, isDone}) => isDone && round === one.round && step === one.step)) open.push(one)
  }
  return open
}

/**
 * Reminds those who respond that people wait for an update, once for each time by which one was due, whoever calls. Where another process
 * is at it, that one does. Notices of P2 incidents wait for the end of quiet hours in the outbox. What a slow channel leaves no time for
 * is left to the next call.
 */
export async function remindUpdates(deps: RemindDeps, input: RemindInput): Promise<readonly RemindedUpdate[]> {
  if (!deps.telephone.listeners.some(({channel}) => channel !== TERMINAL)) return []
  const late = await undone(deps, await lateUpdates(deps, input))
  if (late.length === 0) return []
  const right = await deps.reminders.alone()
  if (right === null) return []
  const {clock} = deps
  const end = clock.monotonicSeconds() + MOST_SECONDS
  try {
    const reminded: RemindedUpdate[] = []
    for (const {incident} of late) {
      if (clock.monotonicSeconds() >= end) break
      reminded.push(...(await remind(deps, input, right, incident)))
    }
    return reminded
  } finally {
    await right.release()
  }
}

/** Those that some channel is still to get; what is held back is sent when faci.yml wants it. */
export function undeliveredReminders(reminded: readonly RemindedUpdate[]): readonly RemindedUpdate[] {
  return reminded.filter(({notices}) => notices.some(({status}) => !SETTLED.includes(status)))
}
