import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import {announcements, audience} from '../../domain/incidents/announcement.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import type {ForeseenReminder, RemindedUpdate} from '../../domain/incidents/incident-report.js'
import {shownIncident} from '../../domain/incidents/incident.js'
import {isSettled} from '../../domain/notices/settled.js'
import {TERMINAL} from '../../domain/notices/channels.js'
import type {Notice} from '../../domain/notices/notice.js'
import type {KeptClaim, PageClaim, PagingRight} from '../../ports/page-claims.js'
import {keptNotice} from '../notices/kept-notice.js'
import {carryOutClaim, type ClaimedNotice} from './carry-out-claim.js'
import {
  type Late,
  lateUpdates,
  type Overdue,
  overdue,
  type RemindDeps,
  type RemindInput,
  stepOf,
} from './late-updates.js'

/** Of one call: cron calls again in a minute, and a channel that does not answer takes ten seconds a notice. */
const MOST_SECONDS = 15

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

function remindedOf(
  {record, dueAt}: Overdue,
  people: readonly string[],
  notices: readonly ClaimedNotice[],
): RemindedUpdate {
  const {handle, title, severity} = record.facts
  return {handle, title, severity, dueAt, people, notices}
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
  return remindedOf({record, dueAt}, claim.people, notices)
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

/** What became of the reminders of one call. */
export interface Reminders {
  readonly reminded: readonly RemindedUpdate[]
  /** How many the next call is to look at. */
  readonly left: number
  /** Why some could not be made. */
  readonly problems: readonly string[]
  /** Another process is at those that are left. */
  readonly isBusy: boolean
  /** Handles of those whose overdue update is in a reminder of now or before: nobody has to say it again. */
  readonly covered: readonly string[]
}

const NONE: Reminders = {reminded: [], left: 0, problems: [], isBusy: false, covered: []}

function hasChannel({telephone}: RemindDeps): boolean {
  return telephone.listeners.some(({channel}) => channel !== TERMINAL)
}

/** One that cannot be made keeps no other from it. */
async function remindAll(
  deps: RemindDeps,
  input: RemindInput,
  right: PagingRight,
  late: readonly Late[],
): Promise<Pick<Reminders, 'reminded' | 'left' | 'problems'>> {
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

/** What an earlier call left waiting, while another process has the right: it waits still, whoever sends it. */
async function waitingReminders(
  deps: RemindDeps,
  input: RemindInput,
  late: readonly Late[],
): Promise<readonly RemindedUpdate[]> {
  const waiting: RemindedUpdate[] = []
  for (const {incident, kept} of late) {
    const due = kept === null ? null : await overdue(deps, input, incident)
    if (kept === null || due === null) continue
    const notices: ClaimedNotice[] = []
    for (const {channel, id: noticeId} of kept.notices) {
      const now = await keptNotice(deps.outbox, noticeId)
      // What was never tried is what that process is about to send.
      if (now !== null && now.reason?.why !== 'notTried') notices.push({noticeId, channel, ...now})
    }
    if (!notices.every(isSettled)) waiting.push(remindedOf(due, kept.people, notices))
  }
  return waiting
}

/**
 * Reminds those who respond that people wait for an update, once for each time by which one was due, whoever calls. Where another process
 * is at it, that one does. Notices of P2 incidents wait for the end of quiet hours in the outbox. What a slow channel leaves no time for
 * is left to the next call.
 */
export async function remindUpdates(deps: RemindDeps, input: RemindInput): Promise<Reminders> {
  if (!hasChannel(deps)) return NONE
  const all = await lateUpdates(deps, input)
  const late = all.filter(({kept}) => kept?.isDone !== true)
  const before = all.filter(({kept}) => kept !== null).map(({handle}) => handle)
  if (late.length === 0) return {...NONE, covered: before}
  const right = await deps.claims.alone()
  if (right === null) {
    const reminded = await waitingReminders(deps, input, late)
    return {...NONE, reminded, isBusy: true, covered: all.map(({handle}) => handle)}
  }
  try {
    if (late.some(({kept}) => kept !== null)) await deps.flush()
    const done = await remindAll(deps, input, right, late)
    // What was neither kept nor sent has told nobody.
    const lost = done.reminded.filter(({notices}) => notices.every(({status}) => status === 'lost'))
    const told = new Set([...before, ...done.reminded.map(({handle}) => handle)])
    for (const {handle} of lost) told.delete(handle)
    return {...done, isBusy: false, covered: [...told]}
  } finally {
    await right.release()
  }
}

/** What `remindUpdates` would do now; nothing is written or sent. */
export async function foreseeReminders(
  deps: RemindDeps,
  input: RemindInput,
): Promise<{readonly foreseen: readonly ForeseenReminder[]; readonly isBusy: boolean}> {
  if (!hasChannel(deps)) return {foreseen: [], isBusy: false}
  const foreseen: ForeseenReminder[] = []
  for (const {incident, kept} of await lateUpdates(deps, input)) {
    const due = kept?.isDone === true ? null : await overdue(deps, input, incident)
    if (due === null) continue
    const {people, notices} = kept ?? (await claimOf(deps, due))
    const {handle, title, severity} = due.record.facts
    const channels = notices.map(({channel}) => channel)
    if (channels.length > 0) foreseen.push({handle, title, severity, dueAt: due.dueAt, people, channels})
  }
  return {foreseen, isBusy: foreseen.length > 0 && (await deps.claims.isTaken())}
}

/** Those that some channel is still to get. */
export function undeliveredReminders(reminded: readonly RemindedUpdate[]): readonly RemindedUpdate[] {
  return reminded.filter(({notices}) => !notices.every(isSettled))
}
