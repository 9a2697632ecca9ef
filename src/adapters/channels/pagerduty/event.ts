import type {IncidentStep, Notice, NoticeIncident, NoticeSeverity, NoticeState} from '../../../domain/notices/notice.js'
import type {NoticeWords} from '../../../domain/notices/notice-words.js'
import {shorten} from '../../../domain/notices/split-text.js'
import {sha256} from '../../../domain/text/digest.js'
import {visible, visibleLines} from '../../../domain/text/visible.js'

export type EventAction = 'trigger' | 'acknowledge' | 'resolve'

interface EventPayload {
  readonly summary: string
  readonly source: string
  readonly severity: 'critical' | 'error' | 'warning' | 'info'
  readonly timestamp: string
  readonly component: string
  readonly group: string
  readonly class: string
  readonly custom_details: Readonly<Record<string, unknown>>
}

/** As the Events API v2 takes it. */
export interface PagerDutyEvent {
  readonly routing_key: string
  readonly event_action: EventAction
  readonly dedup_key: string
  readonly client: string
  /** Where more of it is to be read; of a trigger only, like its payload. */
  readonly client_url?: string
  /** Of a trigger only: PagerDuty reads no other's. */
  readonly payload?: EventPayload
}

export interface EventOptions {
  readonly routingKey: string
  /** Whether Alertmanager pages by the same routing key. */
  readonly adopts: boolean
  /** Where more of an incident is to be read; `{incident}` stands for its handle. */
  readonly clientUrl: string | null
  readonly words: NoticeWords
}

/** PagerDuty knows four words. An incident's priority says more than the severity of one notice of it. */
const BY_PRIORITY: Readonly<Record<NoticeIncident['priority'], EventPayload['severity']>> = {
  P0: 'critical',
  P1: 'error',
  P2: 'warning',
}
const BY_SEVERITY: Readonly<Record<NoticeSeverity, EventPayload['severity']>> = {
  critical: 'critical',
  warning: 'warning',
  info: 'info',
}

/** The Events API has no notes: what is new of an open page is a trigger of the same key, which PagerDuty adds to it. */
const BY_STEP: Readonly<Record<IncidentStep, EventAction>> = {
  opened: 'trigger',
  reopened: 'trigger',
  updated: 'trigger',
  due: 'trigger',
  escalated: 'trigger',
  mitigated: 'trigger',
  acknowledged: 'acknowledge',
  resolved: 'resolve',
}
const BY_STATE: Readonly<Record<NoticeState, EventAction>> = {
  started: 'trigger',
  update: 'trigger',
  unresolved: 'trigger',
  attention: 'trigger',
  unknown: 'trigger',
  info: 'trigger',
  resolved: 'resolve',
}

// developer.pagerduty.com: 1024 characters, 512 KB for the whole event.
const SUMMARY_CHARACTERS = 1024
const EVENT_BYTES = 512_000
/** Of PagerDuty's fields without a limit of their own. */
const FIELD_CHARACTERS = 255
const BODY_CHARACTERS = [50_000, 10_000, 2000] as const

function isAdopted(incident: NoticeIncident | null, adopts: boolean): incident is NoticeIncident & {pages: string} {
  return adopts && incident?.pages !== undefined
}

/** Alertmanager ends its page when its alert does, and nobody is told: what is no reason to page is not added then. */
const ADDED: readonly IncidentStep[] = ['updated', 'due', 'mitigated']

/** Whether it would be added to a page of Alertmanager's, which may have ended: it would page again. */
export function isBesideAdopted({incident}: Notice, adopts: boolean): boolean {
  return isAdopted(incident, adopts) && ADDED.includes(incident.step)
}

/** Whether its end would end a page of Alertmanager's on which others may be. */
export function isOfOthers({incident}: Notice, adopts: boolean): 'pageShared' | 'pageUnsure' | null {
  if (!isAdopted(incident, adopts) || incident.step !== 'resolved' || incident.pageStays === undefined) return null
  return incident.pageStays === 'others' ? 'pageShared' : 'pageUnsure'
}

/**
 * What makes events one page: chosen before the first try, so that any number of tries make one. A page that was resolved is not
 * triggered again under its key: a reopened incident has another.
 */
function dedupKeyOf({service, incident, thread, id}: Notice, adopts: boolean): string {
  if (incident === null) return `faci-${sha256(JSON.stringify([service, thread ?? id]))}`
  if (isAdopted(incident, adopts)) return incident.pages
  return `faci-${sha256(JSON.stringify([service, incident.id, incident.reopenings]))}`
}

export function actionOf({incident, state}: Notice): EventAction {
  return incident === null ? BY_STATE[state] : BY_STEP[incident.step]
}

/** Whether it begins a page, or only tells of one that must be there. */
export function isBeginning({incident, state, thread}: Notice): boolean {
  if (incident !== null) return incident.step === 'opened' || incident.step === 'reopened'
  return thread === null || state === 'started'
}

function field(text: string): string {
  return shorten(visible(text), FIELD_CHARACTERS)
}

/** Names its incident once: most titles begin with it. */
function summaryOf({incident, title}: Notice): string {
  const line = title.replaceAll(/\s+/g, ' ').trim()
  const isNamed = incident === null || `${line} `.startsWith(`${incident.handle} `)
  return shorten(visible(isNamed ? line : `${incident.handle} ${line}`), SUMMARY_CHARACTERS)
}

/** PagerDuty pages by its own schedule: this is what its responders read. */
function pagedText({name, pagerduty}: NonNullable<Notice['paged']>[number]): string {
  return field(pagerduty === null ? name : `${name} (${pagerduty})`)
}

function payloadOf(notice: Notice, {words}: EventOptions, details: Readonly<Record<string, unknown>>): EventPayload {
  const {incident, severity, state, service, environment, operator, host} = notice
  return {
    summary: summaryOf(notice),
    source: field(service),
    severity: incident === null ? BY_SEVERITY[severity] : BY_PRIORITY[incident.priority],
    timestamp: notice.createdAt,
    component: field(service),
    group: field(environment),
    class: incident?.step ?? state,
    custom_details: {
      state: words.state[state],
      ...(incident === null ? {} : {incident: field(incident.handle), priority: incident.priority}),
      operator: field(`${operator}@${host}`),
      notice: notice.id,
      ...(notice.paged === undefined ? {} : {paged: notice.paged.map(pagedText)}),
      ...details,
    },
  }
}

/** From the whole to the least; the facts go before the rest of the body does. */
function detailsOf({body, facts}: Notice, {words}: EventOptions): readonly Readonly<Record<string, unknown>>[] {
  const text = visibleLines(body)
  const named = facts.map(({name, value}) => ({name: visible(name), value: visibleLines(value)}))
  const [most, ...less] = BODY_CHARACTERS
  const note = {shortened: words.shortened}
  return [
    {body: shorten(text, most), facts: named, ...(text.length > most ? note : {})},
    ...[most, ...less].map((limit) => ({body: shorten(text, limit), ...note})),
  ]
}

const PLACE = '{incident}'
/** Of an address that holds an incident's handle. */
function clientUrlOf({incident}: Notice, {clientUrl}: EventOptions): Pick<PagerDutyEvent, 'client_url'> {
  if (clientUrl === null || (incident === null && clientUrl.includes(PLACE))) return {}
  return {client_url: clientUrl.replaceAll(PLACE, encodeURIComponent(incident?.handle ?? ''))}
}

/** Deterministic: a notice is the same event at every try. */
export function eventOf(notice: Notice, options: EventOptions): PagerDutyEvent {
  const action = actionOf(notice)
  const event = {
    routing_key: options.routingKey,
    event_action: action,
    dedup_key: dedupKeyOf(notice, options.adopts),
    client: 'faci',
  }
  if (action !== 'trigger') return event
  const whole = {...event, ...clientUrlOf(notice, options)}
  const fitting = detailsOf(notice, options)
    .map((details) => ({...whole, payload: payloadOf(notice, options, details)}))
    .find((one) => Buffer.byteLength(JSON.stringify(one)) <= EVENT_BYTES)
  return fitting ?? {...whole, payload: payloadOf(notice, options, {shortened: options.words.shortened})}
}
