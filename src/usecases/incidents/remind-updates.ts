import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import {announcements, audience} from '../../domain/incidents/announcement.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import type {RemindedUpdate} from '../../domain/incidents/incident-report.js'
import {isUpdateOverdue, shownIncident} from '../../domain/incidents/incident.js'
import type {Priority} from '../../domain/priority.js'
import {isSettled} from '../../domain/notices/settled.js'
import {TERMINAL} from '../../domain/notices/channels.js'
import type {Notice, PagedPerson} from '../../domain/notices/notice.js'
import type {KeptClaim, PageClaim, PagingRight} from '../../ports/page-claims.js'
import {carryOutClaim, type ClaimDeps, type ClaimedNotice} from './carry-out-claim.js'
import type {IncidentDeps, IncidentPlace, Telephone} from './incident-deps.js'
import {readRecord} from './which-incident.js'

/** `claims`: of reminders alone; a step is the minute by which an update was due. */
export interface RemindDeps extends IncidentDeps, ClaimDeps {
  readonly telephone: Telephone
  /** Tries what waits in the outbox. */
  readonly flush: () => Promise<unknown>
}

export interface RemindInput extends IncidentPlace {
  /** Those of the rota, as they can be reached. */
  readonly people: readonly PagedPerson[]
}

/** Of one call: cron calls again in a minute, and a channel that does not answer takes ten seconds a notice. */
const MOST_SECONDS = 15
const MINUTE_MS = 60_000

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

async function note(
  {incidents, clock}: RemindDeps,
  {facts, entries}: IncidentRecord,
  notices: readonly ClaimedNotice[],
): Promise<void> {
  const ids = new Set(notices.map(({noticeId}) => noticeId))
  const isNoted = entries.some(
    (entry) => entry.kind === 'incident.announced' && entry.notices.some(({noticeId}) => ids.has(noticeId)),
  )
  if (isNoted || notices.length === 0) return
  const told = notices.map(({noticeId, channel, status}) => ({noticeId, channel, status}))
  const happenedAt = clock.now().toISOString()
  await incidents.append(facts.id, [{kind: 'incident.announced', happenedAt, step: 'due', notices: told}])
}

async function carryOut(
  deps: RemindDeps,
  input: RemindInput,
  {record, dueAt}: Overdue,
  {claim, right}: {readonly claim: PageClaim; readonly right: PagingRight},
): Promise<RemindedUpdate> {
  const notices = await carryOutClaim(deps, claim, {
    right,
    noticeOf: (one) => noticeOf(deps, input, record, claim, one),
    note: (sent) => note(deps, record, sent),
  })
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
  const before = (await deps.claims.of(id)).find(isSame)
  // Whoever claimed it was killed before all of it was sent.
  if (before !== undefined) return before.isDone ? [] : [await carryOut(deps, input, due, {claim: before, right})]
  if (wanted.notices.length === 0) return []
  await right.recheck()
  return (await deps.claims.claim(wanted)) ? [await carryOut(deps, input, due, {claim: wanted, right})] : []
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

interface Standing {
  /** Those of whose reminders something is left to do. */
  readonly late: readonly Late[]
  /** One was made that waits. */
  readonly isAnyUnfinished: boolean
}

async function standing({claims}: RemindDeps, all: readonly Late[]): Promise<Standing> {
  const late: Late[] = []
  let isAnyUnfinished = false
  for (const one of all) {
    const kept = (await claims.of(one.incident)).find(({round, step}) => round === one.round && step === one.step)
    if (kept?.isDone !== true) late.push(one)
    isAnyUnfinished ||= kept?.isDone === false
  }
  return {late, isAnyUnfinished}
}

/** What became of the reminders of one call. */
export interface Reminders {
  readonly reminded: readonly RemindedUpdate[]
  /** How many the next call is to look at. */
  readonly left: number
  /** Why some could not be made. */
  readonly problems: readonly string[]
}

const NONE: Reminders = {reminded: [], left: 0, problems: []}

/** One that cannot be made keeps no other from it. */
async function remindAll(
  deps: RemindDeps,
  input: RemindInput,
  right: PagingRight,
  late: readonly Late[],
): Promise<Reminders> {
  const {clock} = deps
  const end = clock.monotonicSeconds() + MOST_SECONDS
  const reminded: RemindedUpdate[] = []
  const problems = new Set<string>()
  let left = late.length
  for (const {incident} of late) {
    if (clock.monotonicSeconds() >= end) break
    left -= 1
    try {
      reminded.push(...(await remind(deps, input, right, incident)))
    } catch (error) {
      rethrowBugOrInterrupt(error)
      problems.add(error.message)
    }
  }
  return {reminded, left, problems: [...problems]}
}

/**
 * Reminds those who respond that people wait for an update, once for each time by which one was due, whoever calls. Where another process
 * is at it, that one does. Notices of P2 incidents wait for the end of quiet hours in the outbox. What a slow channel leaves no time for
 * is left to the next call.
 */
export async function remindUpdates(deps: RemindDeps, input: RemindInput): Promise<Reminders> {
  if (!deps.telephone.listeners.some(({channel}) => channel !== TERMINAL)) return NONE
  const {late, isAnyUnfinished} = await standing(deps, await lateUpdates(deps, input))
  if (late.length === 0) return NONE
  const right = await deps.claims.alone()
  if (right === null) return NONE
  try {
    if (isAnyUnfinished) await deps.flush()
    return await remindAll(deps, input, right, late)
  } finally {
    await right.release()
  }
}

/** Those that some channel is still to get. */
export function undeliveredReminders(reminded: readonly RemindedUpdate[]): readonly RemindedUpdate[] {
  return reminded.filter(({notices}) => !notices.every(isSettled))
}
