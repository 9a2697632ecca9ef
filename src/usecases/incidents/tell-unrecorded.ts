import {FaciError} from '../../domain/errors.js'
import {callsOncall, type Listener, routed} from '../../domain/incidents/announcement.js'
import {NOTICE_SEVERITY, priorityOf} from '../../domain/incidents/priority-of.js'
import type {Notice, NoticeDelivery, NoticeFact} from '../../domain/notices/notice.js'
import type {Priority} from '../../domain/priority.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import type {Telephone} from './incident-deps.js'
import type {OpenIncidentInput} from './reported-trouble.js'
import type {TellDeps} from './tell-incident.js'

type Trouble = OpenIncidentInput & {readonly severity: Priority}

async function factsOf(telephone: Telephone, {words}: Listener, trouble: Trouble): Promise<readonly NoticeFact[]> {
  const {severity, impact, services, alerts} = trouble
  const {facts: names} = words
  const person = callsOncall('opened', severity) ? await telephone.oncall().catch(() => null) : null
  const slack = person?.slack ?? null
  const all: readonly (readonly [string, string | null])[] = [
    [names.severity, severity],
    [names.impact, impact],
    [names.services, services.join(', ')],
    [names.alerts, alerts.map(({name}) => name).join(', ')],
  ]
  const stated = all.flatMap(([name, value]) => (value === null || value === '' ? [] : [{name, value}]))
  const called = {name: names.oncall, value: person?.name ?? '', ...(slack === null ? {} : {slackMember: slack})}
  return person === null ? stated : [called, ...stated]
}

/** Of no incident, as there is none: nothing later belongs to it, and a pager gives it a page of its own. */
async function noticeFor(
  {ids, clock}: TellDeps,
  telephone: Telephone,
  listener: Listener,
  trouble: Trouble,
): Promise<Notice> {
  const {channel, words} = listener
  const {service, environment, operator, severity, title, text} = trouble
  return {
    ...{id: ids.next(), channel, thread: null, incident: null, severity: NOTICE_SEVERITY[severity], state: 'started'},
    ...{title: title.trim(), body: `${text === '' ? words.body.opened : text}\n\n${words.body.unrecorded}`},
    ...{facts: await factsOf(telephone, listener, trouble), service, environment},
    ...{operator: operator.name, host: operator.host, createdAt: clock.now().toISOString()},
  }
}

/** What to type once the store can be written, of trouble that was known at `now`. */
export function openedLater(input: OpenIncidentInput, now: Date): string {
  const {title, severity, services, alerts, impact, startedAt, detectedAt} = input
  const flags = [
    ...['--title', title.trim(), '--severity', severity ?? priorityOf(alerts)],
    ...services.flatMap((service) => ['--service', service]),
    ...alerts.flatMap(({name}) => ['--alert', name]),
    ...(impact === null ? [] : ['--impact', impact]),
    ...(startedAt === null ? [] : ['--started-at', startedAt]),
    ...['--detected-at', detectedAt ?? now.toISOString()],
  ]
  return shellCommand(['faci', 'incident', 'open', ...flags, '--quiet'])
}

function saidOf(deliveries: readonly NoticeDelivery[]): readonly string[] {
  const names = (all: readonly NoticeDelivery[]): string => all.map(({channel}) => channel).join(', ')
  const told = deliveries.filter(({status}) => status === 'delivered')
  const waiting = deliveries.filter(({status}) => status === 'pending' || status === 'held' || status === 'rejected')
  const rest = deliveries.filter((one) => !told.includes(one) && !waiting.includes(one))
  return [
    told.length === 0
      ? 'No incident was recorded, and nobody has been told'
      : `No incident was recorded; people were told all the same: ${names(told)}`,
    ...(waiting.length === 0 ? [] : [`Waits in the outbox: ${names(waiting)}`]),
    ...(rest.length === 0 ? [] : [`Not told, or not known to be, and nothing retries it: ${names(rest)}`]),
    ...(told.some(({channel}) => channel === 'pagerduty')
      ? ["The page's key is not kept: acknowledge and resolve it in PagerDuty"]
      : []),
  ]
}

/**
 * Tells those who respond of trouble that cannot be recorded, and returns the error that says so: people at a full disk need help more than
 * a record. Stakeholders are told by the incident, once there is one.
 */
export async function tellUnrecorded(
  deps: TellDeps,
  telephone: Telephone,
  input: OpenIncidentInput,
  problem: FaciError,
): Promise<FaciError> {
  const trouble = {...input, severity: input.severity ?? priorityOf(input.alerts)}
  const channels = routed(telephone.routes, trouble.severity, 'opened', telephone.listeners[0]?.channel ?? '')
  const listeners = telephone.listeners.filter(
    ({channel, readers}) => readers === 'responders' && channels.includes(channel),
  )
  const sent = listeners.map(async (one) => telephone.send(await noticeFor(deps, telephone, one, trouble)))
  return new FaciError(problem.code, [problem.message, ...saidOf(await Promise.all(sent))], {
    cause: problem,
    suggestions: [...problem.suggestions, `once the store can be written: ${openedLater(input, deps.clock.now())}`],
  })
}
