import {setTimeout as pause} from 'node:timers/promises'
import type {IncomingWebhook} from '@slack/webhook'
import type {Notice} from '../../../domain/notices/notice.js'
import {slackMessage} from './slack-message.js'
import type {Audience} from '../../../domain/notices/notice-words.js'
import type {Delivery, Notifier} from '../../../ports/notifier.js'
import {boundedFetch} from './bounded-fetch.js'
import {fieldsOf} from './fields-of.js'
import {JUNK, SLACK, type SlackFailure, slackFailure} from './slack-failure.js'

export interface SlackWebhookNotifierOptions extends Audience {
  /** A secret: whoever has it can post. */
  readonly url: string
  readonly timeoutSeconds?: number
}

const TIMEOUT_SECONDS = 4
const HICCUP_MILLISECONDS = 300

/** Statuses of docs.slack.dev/messaging/sending-messages-using-incoming-webhooks that no later try can change. */
const FINAL_STATUSES = [400, 403, 404, 410]

async function connect({url, timeoutSeconds}: SlackWebhookNotifierOptions): Promise<IncomingWebhook> {
  const {IncomingWebhook} = await import('@slack/webhook')
  const timeout = (timeoutSeconds ?? TIMEOUT_SECONDS) * 1000
  return new IncomingWebhook(url, {timeout, retryConfig: {retries: 0}, fetch: boundedFetch})
}

type Posted = SlackFailure | {readonly delivery: Delivery; readonly code: null}

function webhookFailure(error: unknown): Posted {
  const {statusCode, body} = fieldsOf(error)
  if (typeof statusCode !== 'number' || !FINAL_STATUSES.includes(statusCode)) return slackFailure(error, '')
  const word =
    typeof body === 'string' && /^[a-z_]{1,60}$/.test(body.trim()) ? body.trim() : `HTTP ${String(statusCode)}`
  const reason = {why: 'refused', service: SLACK, code: word, mend: {look: 'webhook'}} as const
  return {delivery: {kind: 'rejected', reason}, code: null}
}

async function postOnce(options: SlackWebhookNotifierOptions, notice: Notice, mayBeRepeat: boolean): Promise<Posted> {
  try {
    const webhook = await connect(options)
    const {text} = await webhook.send({...slackMessage(notice, options, mayBeRepeat)})
    return text.trim() === 'ok' ? {delivery: {kind: 'delivered', message: null}, code: null} : JUNK
  } catch (error) {
    return webhookFailure(error)
  }
}

/** A second try only where the first was surely never sent. */
async function post(options: SlackWebhookNotifierOptions, notice: Notice, mayBeRepeat: boolean): Promise<Delivery> {
  const {delivery, code} = await postOnce(options, notice, mayBeRepeat)
  if (code !== 'never_sent') return delivery
  await pause(HICCUP_MILLISECONDS)
  return (await postOnce(options, notice, mayBeRepeat)).delivery
}

/** An incoming webhook: it can post, but neither answer in a thread nor edit nor be asked what it has posted. */
export function slackWebhookNotifier(options: SlackWebhookNotifierOptions): Notifier {
  const blind = {why: 'perhapsTaken', service: SLACK, channel: '', reason: null, isWorthALook: false} as const
  return {
    channel: 'slack',
    threaded: false,
    reach: {kind: 'people'},
    repeat: 'marked',
    send: (notice, _root, _remaining, mayBeRepeat = false) => post(options, notice, mayBeRepeat),
    edit: () => Promise.resolve({kind: 'rejected', reason: {why: 'notEditable', what: 'webhook'}}),
    find: () => Promise.resolve({kind: 'blind', reason: blind}),
    probe: () => Promise.resolve({kind: 'untried', detail: 'a webhook can only be tried by posting'}),
  }
}
