import type {IncomingWebhook} from '@slack/webhook'
import {slackMessage} from '../../domain/notice/slack-message.js'
import type {Audience} from '../../domain/notice/wording.js'
import type {Delivery, Notifier} from '../../ports/notifier.js'
import {fieldsOf} from './fields-of.js'
import {slackFailure} from './slack-failure.js'

export interface SlackWebhookNotifierOptions extends Audience {
  /** A secret: whoever has it can post. */
  readonly url: string
  readonly timeoutSeconds?: number
}

const TIMEOUT_SECONDS = 4
const RETRIES = {retries: 1, minTimeout: 200, maxTimeout: 200}

/** Statuses of docs.slack.dev/messaging/sending-messages-using-incoming-webhooks that no later try can change. */
const FINAL_STATUSES = [400, 403, 404, 410]

async function connect({url, timeoutSeconds}: SlackWebhookNotifierOptions): Promise<IncomingWebhook> {
  const {IncomingWebhook} = await import('@slack/webhook')
  return new IncomingWebhook(url, {timeout: (timeoutSeconds ?? TIMEOUT_SECONDS) * 1000, retryConfig: RETRIES})
}

function webhookFailure(error: unknown): Delivery {
  const {statusCode, body} = fieldsOf(error)
  if (typeof statusCode !== 'number' || !FINAL_STATUSES.includes(statusCode)) return slackFailure(error, '').delivery
  const word =
    typeof body === 'string' && /^[a-z_]{1,60}$/.test(body.trim()) ? body.trim() : `HTTP ${String(statusCode)}`
  return {kind: 'rejected', reason: `Slack refused it (${word}): check the webhook`}
}

/** An incoming webhook: it can post, but neither answer in a thread nor edit, so every notice is a message of its own. */
export function slackWebhookNotifier(options: SlackWebhookNotifierOptions): Notifier {
  return {
    channel: 'slack',
    threaded: false,
    send: async (notice) => {
      try {
        const webhook = await connect(options)
        const {text} = await webhook.send({...slackMessage(notice, options)})
        if (text.trim() === 'ok') return {kind: 'delivered', message: null}
        return {kind: 'failed', reason: 'Slack answered junk', retryAfterSeconds: null}
      } catch (error) {
        return webhookFailure(error)
      }
    },
    edit: () => Promise.resolve({kind: 'rejected', reason: "A webhook's messages can't be edited"}),
  }
}
