import {setTimeout as pause} from 'node:timers/promises'
import type {WebClient} from '@slack/web-api'
import type {MessageReference, Notice} from '../../../domain/notices/notice.js'
import {slackMessage} from './slack-message.js'
import type {Audience} from '../../../domain/notices/notice-words.js'
import type {ChannelProbe, Delivery, Notifier, Sighting} from '../../../ports/notifier.js'
import {slackClient} from './slack-client.js'
import {JUNK, SLACK, type SlackFailure, slackFailure} from './slack-failure.js'
import {EVENT_TYPE, lookUp} from './slack-lookup.js'

export interface SlackNotifierOptions extends Audience {
  readonly token: string
  /** `#ops-incidents` or an id. */
  readonly channel: string
  /** For a proxy or a test; Slack's own when null. */
  readonly apiUrl: string | null
  readonly timeoutSeconds?: number
}

const TIMEOUT_SECONDS = 4
/** One quick second try gets over a hiccup; what it can't do is the outbox's work. */
const HICCUP_MILLISECONDS = 300
const HICCUPS = ['server_error', 'internal_error', 'fatal_error']

/** The root cannot be rewritten: there is nothing left to do, and the reply says it anyway. */
const NOT_EDITABLE = ['cant_update_message', 'edit_window_closed']
/** Somebody deleted the root: what answers it is seen by nobody. */
const ROOT_GONE = ['message_not_found', 'thread_not_found', 'cannot_reply_to_message']
/** What looking for a post that was not answered takes. */
const LOOKING = ['channels:history', 'channels:read']

type Posted = SlackFailure | {readonly delivery: Extract<Delivery, {kind: 'delivered'}>; readonly code: null}

function postedAs({channel, ts}: {channel?: unknown; ts?: unknown}): Posted {
  if (typeof channel !== 'string' || typeof ts !== 'string') return JUNK
  return {delivery: {kind: 'delivered', message: {channel, id: ts}}, code: null}
}

interface Slack {
  readonly options: SlackNotifierOptions
  readonly client: () => Promise<WebClient>
}

interface Message {
  readonly notice: Notice
  readonly root: MessageReference | null
  readonly mayBeRepeat: boolean
}

async function postOnce({options, client}: Slack, {notice, root, mayBeRepeat}: Message): Promise<Posted> {
  const {text, blocks} = slackMessage(notice, options, mayBeRepeat)
  const place = root === null ? {channel: options.channel} : {channel: root.channel, thread_ts: root.id}
  const metadata = {event_type: EVENT_TYPE, event_payload: {notice_id: notice.id}}
  try {
    const {chat} = await client()
    const quiet = {unfurl_links: false, unfurl_media: false}
    return postedAs(await chat.postMessage({...place, text, blocks, metadata, ...quiet}))
  } catch (error) {
    return slackFailure(error, options.channel)
  }
}

async function look(
  {options, client}: Slack,
  notice: Notice,
  root: MessageReference | null,
  since: string,
): Promise<Sighting> {
  const {channel} = options
  const unsure = {why: 'perhapsTaken', service: SLACK, channel} as const
  try {
    const found = await lookUp(await client(), {noticeId: notice.id, channel, root, since})
    if (found === null) return {kind: 'absent'}
    if (found !== undefined) return {kind: 'found', message: found}
    return {kind: 'blind', reason: {...unsure, reason: {why: 'notFound'}, isWorthALook: false}}
  } catch (error) {
    const {delivery, code} = slackFailure(error, channel)
    if (delivery.kind === 'failed') {
      const reason = {...unsure, reason: delivery.reason, isWorthALook: true}
      return {kind: 'unseen', reason, retryAfterSeconds: delivery.retryAfterSeconds}
    }
    const why = code === 'missing_scope' ? ({why: 'lacksScopes', scopes: LOOKING} as const) : delivery.reason
    return {kind: 'blind', reason: {...unsure, reason: why, isWorthALook: false}}
  }
}

/** A second try where the first surely left nothing behind: it was never sent, or it is not to be found. */
async function postPatiently(slack: Slack, message: Message): Promise<Posted> {
  const since = new Date().toISOString()
  const first = await postOnce(slack, message)
  const isHiccup = first.code !== null && HICCUPS.includes(first.code)
  if (first.code !== 'never_sent' && !isHiccup) return first
  await pause(HICCUP_MILLISECONDS)
  if (!isHiccup) return postOnce(slack, message)
  const seen = await look(slack, message.notice, message.root, since)
  if (seen.kind === 'found') return {delivery: {kind: 'delivered', message: seen.message}, code: null}
  return seen.kind === 'absent' ? postOnce(slack, message) : first
}

function asNewRoot(delivery: Delivery): Delivery {
  return delivery.kind === 'delivered' ? {...delivery, note: {why: 'newRoot'}, isNewRoot: true} : delivery
}

async function post(slack: Slack, message: Message): Promise<Delivery> {
  const {delivery, code} = await postPatiently(slack, message)
  if (message.root === null || code === null || !ROOT_GONE.includes(code)) return delivery
  return asNewRoot((await postPatiently(slack, {...message, root: null})).delivery)
}

/** How it ended is posted anew; an earlier try may have done so. */
async function rootAnew(slack: Slack, notice: Notice): Promise<Delivery> {
  const seen = await look(slack, notice, null, notice.createdAt)
  if (seen.kind === 'found') return asNewRoot({kind: 'delivered', message: seen.message})
  return asNewRoot((await postPatiently(slack, {notice, root: null, mayBeRepeat: false})).delivery)
}

async function edit(slack: Slack, root: MessageReference, notice: Notice): Promise<Delivery> {
  const {options, client} = slack
  try {
    const {chat} = await client()
    return postedAs(await chat.update({channel: root.channel, ts: root.id, ...slackMessage(notice, options)})).delivery
  } catch (error) {
    const {delivery, code} = slackFailure(error, options.channel)
    if (ROOT_GONE.includes(code)) return await rootAnew(slack, notice)
    return NOT_EDITABLE.includes(code) ? {kind: 'delivered', message: root} : delivery
  }
}

async function probe({options, client}: Slack): Promise<ChannelProbe> {
  try {
    const {team, user, response_metadata: metadata} = await (await client()).auth.test()
    const detail = `Slack knows the token (${user ?? '?'} in ${team ?? '?'}), posts to ${options.channel}`
    const scopes = metadata?.scopes ?? []
    if (scopes.length > 0 && !scopes.includes('chat:write'))
      return {kind: 'rejected', reason: {why: 'mayNotPost', scope: 'chat:write'}}
    const missing = LOOKING.filter((scope) => scopes.length > 0 && !scopes.includes(scope))
    if (missing.length === 0) return {kind: 'ok', detail}
    const why = `${detail}; without ${missing.join(', ')} it cannot look whether an unanswered post arrived`
    return {kind: 'lacking', detail: why, next: 'add the scopes to the Slack app and reinstall it'}
  } catch (error) {
    const {delivery} = slackFailure(error, options.channel)
    return {kind: delivery.kind, reason: delivery.reason}
  }
}

/** A Slack bot: one root message a thread, replies below it, the root rewritten when the matter has ended. */
export function slackNotifier(options: SlackNotifierOptions): Notifier {
  let connecting: Promise<WebClient> | null = null
  const timeoutSeconds = options.timeoutSeconds ?? TIMEOUT_SECONDS
  const slack: Slack = {options, client: () => (connecting ??= slackClient({...options, timeoutSeconds}))}
  return {
    channel: 'slack',
    threaded: true,
    reach: {kind: 'people'},
    repeat: 'look',
    send: (notice, root, _remaining, mayBeRepeat = false) => post(slack, {notice, root, mayBeRepeat}),
    edit: (root, notice) => edit(slack, root, notice),
    find: (notice, root, since) => look(slack, notice, root, since),
    probe: () => probe(slack),
  }
}
