import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {HandedBudget, HandedSilence, Handover, Part} from '../../domain/incidents/handover.js'
import {type IncidentFacts, isOver, shownIncident} from '../../domain/incidents/incident.js'
import {type Listener, routed} from '../../domain/incidents/announcement.js'
import type {Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import {matcherText} from '../../domain/promql/matcher.js'
import {PRIORITIES, type Priority} from '../../domain/priority.js'
import {orUnrecorded} from '../../domain/or-unrecorded.js'
import type {Result} from '../../domain/result.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Outbox} from '../../ports/outbox.js'
import type {IncidentPlace} from './incident-deps.js'
import {listActions} from './manage-actions.js'
import type {TellDeps} from './tell-incident.js'
import type {TypedAgain} from './typed-again.js'

export interface HandoverDeps extends TellDeps {
  /** null: not configured. */
  readonly alerts: Pick<Alerts, 'silences'> | null
  readonly outbox: Pick<Outbox, 'pending'>
  /** What is left of each objective's budget. */
  readonly budgets: () => Promise<readonly HandedBudget[]>
  /** As Markdown, in the language of those who read the channel. */
  readonly written: (handover: Handover, channel: string) => {readonly title: string; readonly body: string}
}

export interface HandoverInput extends IncidentPlace {
  /** Who takes over, and becomes the owner of what is open; null: nobody yet. */
  readonly to: string | null
  readonly send: boolean
  /** What was typed. */
  readonly again: TypedAgain
}

async function part<T>(asked: () => Promise<readonly T[]>): Promise<Part<T>> {
  try {
    return {kind: 'known', items: await asked()}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {kind: 'unknown', why: error.message}
  }
}

async function runningSilences(alerts: HandoverDeps['alerts']): Promise<readonly HandedSilence[]> {
  const silences = (await alerts?.silences()) ?? []
  return silences.map(({matchers, comment, createdBy, endsAt}) => ({
    ...{comment, createdBy, endsAt},
    matchers: matchers.map(matcherText).join(', '),
  }))
}

async function undelivered(
  outbox: HandoverDeps['outbox'],
): Promise<readonly {title: string; channel: string; createdAt: string}[]> {
  const waiting = (await outbox.pending()).filter(({held}) => held === null)
  return waiting.map(({notice: {title, channel, createdAt}}) => ({title, channel, createdAt}))
}

function gravestOf({incidents}: Handover): Priority {
  return PRIORITIES.find((one) => incidents.some(({severity}) => severity === one)) ?? 'P2'
}

/** Names of incidents and people are nothing for stakeholders, and a page is nothing to hand over by: nobody would ever end it. */
function isForHandover({channel, readers}: Listener): boolean {
  return readers === 'responders' && channel !== 'pagerduty'
}

/** Errors: `usage` where there is none. */
function channelsFor(telephone: HandoverDeps['telephone']): readonly string[] {
  const channels = (telephone?.listeners ?? []).filter(isForHandover).map(({channel}) => channel)
  if (channels.length > 0) return channels
  throw new FaciError('usage', 'There is no channel to post it to: stakeholders and pagers get no handover', {
    suggestions: ['faci incident handover'],
  })
}

/** To the channel of the gravest that is open, else to the first. */
async function send(deps: HandoverDeps, input: HandoverInput, handover: Handover): Promise<readonly NoticeDelivery[]> {
  const {telephone, ids, clock, written} = deps
  if (telephone === null) return []
  const channels = channelsFor(telephone)
  const [first = ''] = channels
  const ways = routed(telephone.routes, gravestOf(handover), 'updated', first)
  const channel = ways.find((one) => channels.includes(one)) ?? first
  const {service, environment, operator} = input
  const notice: Notice = {
    ...{id: ids.next(), channel, thread: null, incident: null, severity: 'info', state: 'info', facts: []},
    ...{...written(handover, channel), service, environment, operator: operator.name, host: operator.host},
    createdAt: clock.now().toISOString(),
  }
  return [await telephone.send(notice)]
}

interface Giving {
  readonly to: string
  readonly happenedAt: IsoTime
  readonly again: TypedAgain
}

async function giveTo({incidents}: HandoverDeps, open: readonly IncidentFacts[], giving: Giving): Promise<void> {
  const {to, happenedAt, again} = giving
  for (const [index, {id, handle}] of open.entries()) {
    const done = open.slice(0, index).map((one) => one.handle)
    const said = `${handle} was not handed over, and nobody was told${done.length === 0 ? '' : `; ${done.join(', ')} was`}`
    const writing = incidents.append(id, [{kind: 'incident.handedOver', happenedAt, to}])
    await orUnrecorded(writing, {said, again: again.later(handle, happenedAt)})
  }
}

/** What is open, silenced, undelivered and left, for whoever comes; `to` becomes the owner of what is open. */
export async function handOver(deps: HandoverDeps, input: HandoverInput): Promise<Result<Handover>> {
  const {incidents, clock, alerts, outbox} = deps
  const happenedAt = clock.now().toISOString()
  // Before anything is handed over: who is told that it cannot be posted has handed over nothing.
  if (input.send) channelsFor(deps.telephone)
  const open = (await incidents.list(0)).incidents.filter((incident) => !isOver(incident))
  const {to} = input
  if (to !== null) await giveTo(deps, open, {to, happenedAt, again: input.again})
  const [silences, waiting, budgets, actions] = await Promise.all([
    part(() => runningSilences(alerts)),
    part(() => undelivered(outbox)),
    part(deps.budgets),
    listActions(deps, null),
  ])
  const shown = open.map((facts) => shownIncident(to === null ? facts : {...facts, owner: to}, input.updates))
  const {service, environment, operator} = input
  const handover: Handover = {
    ...{
      at: happenedAt,
      service,
      environment,
      from: operator.name,
      to,
      incidents: shown,
      silences,
      undelivered: waiting,
      budgets,
    },
    ...{actions: actions.data.actions, notices: []},
  }
  const notices = input.send ? await send(deps, input, handover) : []
  const isUndelivered = notices.some(({status}) => status !== 'delivered')
  return {verdict: isUndelivered ? 'undelivered' : 'ok', data: {...handover, notices}}
}
