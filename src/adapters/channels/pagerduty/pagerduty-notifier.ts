import type {MessageReference, Notice} from '../../../domain/notices/notice.js'
import type {ShownNote} from '../../../domain/notices/undelivered.js'
import {sha256} from '../../../domain/text/digest.js'
import type {Delivery, Notifier} from '../../../ports/notifier.js'
import {outwardFetch} from '../../http/outward-fetch.js'
import {
  actionOf,
  type EventOptions,
  eventOf,
  isBeginning,
  isBesideAdopted,
  isOfOthers,
  type PagerDutyEvent,
} from './event.js'
import {type Answer, callFailure, failedCall, PAGERDUTY, refusal} from './pagerduty-failure.js'
import {deadline} from '../../deadline/deadline.js'

export interface PagerDutyOptions extends EventOptions {
  /** For a proxy or a test; PagerDuty's own when null. */
  readonly apiUrl: string | null
  readonly timeoutSeconds?: number
}

const API_URL = 'https://events.pagerduty.com'
const TIMEOUT_SECONDS = 10
/** More is no answer of PagerDuty's. */
const MOST_BYTES = 65_536
/** Before the key of a page that was resolved, in the reference to it. */
const ENDED = 'ended '

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array)
    length += (chunk as Uint8Array).length
    if (length >= MOST_BYTES) break
  }
  return Buffer.concat(chunks).toString('utf8', 0, MOST_BYTES)
}

async function posted({apiUrl, timeoutSeconds}: PagerDutyOptions, event: PagerDutyEvent): Promise<Answer> {
  const response = await outwardFetch(`${(apiUrl ?? API_URL).replace(/\/$/, '')}/v2/enqueue`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify(event),
    redirect: 'manual',
    signal: deadline(timeoutSeconds ?? TIMEOUT_SECONDS),
  })
  return {status: response.status, retryAfter: response.headers.get('retry-after'), body: await bodyOf(response)}
}

/** Whether it was taken; 202 is all that PagerDuty says of that, and anything else in its place is somebody else's. */
async function enqueue(options: PagerDutyOptions, event: PagerDutyEvent): Promise<Delivery> {
  try {
    const answer = await posted(options, event)
    if (answer.status === 202) return {kind: 'delivered', message: null, note: {why: 'queued', service: PAGERDUTY}}
    if (answer.status >= 200 && answer.status < 300) return failedCall({why: 'junk', service: PAGERDUTY})
    return refusal(answer, options.routingKey, Date.now())
  } catch (error) {
    return callFailure(error)
  }
}

function noted(why: Extract<ShownNote, {service: string}>['why']): ShownNote {
  return {why, service: PAGERDUTY}
}

/** What is said of a page that was never triggered from here, or whose key PagerDuty would not know. */
async function tellOf(
  options: PagerDutyOptions,
  event: PagerDutyEvent,
  root: MessageReference | null,
): Promise<Delivery> {
  const own = sha256(options.routingKey)
  if (root !== null && root.channel !== own)
    return {kind: 'rejected', reason: {why: 'otherRoutingKey', service: PAGERDUTY}}
  const delivery = await enqueue(options, event)
  if (delivery.kind !== 'delivered') return delivery
  const note = root === null && event.dedup_key.startsWith('faci-') ? {note: noted('noPage')} : {}
  if (event.event_action === 'acknowledge') return {...delivery, ...note, message: root}
  return {...delivery, ...note, message: {channel: own, id: ENDED + event.dedup_key}, isNewRoot: true}
}

/** The page that this one takes the place of: its incident came back before its end was said. null: there is none, or it is somebody else's. */
function replacedBy(page: MessageReference, root: MessageReference | null): string | null {
  if (root?.channel !== page.channel || root.id === page.id) return null
  return root.id.startsWith('faci-') ? root.id : null
}

async function trigger(
  options: PagerDutyOptions,
  event: PagerDutyEvent,
  root: MessageReference | null,
): Promise<Delivery> {
  const delivery = await enqueue(options, event)
  if (delivery.kind !== 'delivered') return delivery
  const page: MessageReference = {channel: sha256(options.routingKey), id: event.dedup_key}
  const replaced = replacedBy(page, root)
  if (replaced !== null) {
    // Nobody would ever end it. A second try pages nobody anew: both are known by their keys.
    const {routing_key, client} = event
    const end = await enqueue(options, {routing_key, event_action: 'resolve', dedup_key: replaced, client})
    if (end.kind !== 'delivered') return end
  }
  if (root === null) return {...delivery, message: page}
  if (root.channel !== page.channel) return {...delivery, note: noted('queuedAnew'), message: page, isNewRoot: true}
  return root.id === page.id ? {...delivery, message: root} : {...delivery, message: page, isNewRoot: true}
}

async function send(options: PagerDutyOptions, notice: Notice, root: MessageReference | null): Promise<Delivery> {
  const event = eventOf(notice, options)
  if (isBesideAdopted(notice, options.adopts)) return {kind: 'delivered', message: root, note: noted('notAdded')}
  const why = isOfOthers(notice, options.adopts)
  if (why !== null) return {kind: 'delivered', message: root, note: noted(why)}
  if (actionOf(notice) !== 'trigger') return tellOf(options, event, root)
  // It would page again for what has ended.
  const hasEnded = root?.id === ENDED + event.dedup_key || notice.state === 'resolved'
  if (hasEnded && !isBeginning(notice)) return {kind: 'delivered', message: root, note: noted('pageEnded')}
  return trigger(options, event, root)
}

/**
 * PagerDuty's Events API v2. The reference to a page is the hash of the routing key that it was triggered by, and its key: PagerDuty drops
 * an acknowledgement by another routing key without a word. Sending the same again is safe, for PagerDuty knows it by its key.
 */
export function pagerDutyNotifier(options: PagerDutyOptions): Notifier {
  return {
    channel: 'pagerduty',
    threaded: true,
    reach: {kind: 'people'},
    perIncident: true,
    repeat: 'safe',
    send: (notice, root) => send(options, notice, root),
    edit: (root) => Promise.resolve({kind: 'delivered', message: root}),
    probe: () => Promise.resolve({kind: 'untried', detail: 'a routing key can only be tried by an event'}),
  }
}
