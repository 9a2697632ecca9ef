import type {Logger, WebClient} from '@slack/web-api'
import type {MessageReference, Notice} from '../../domain/notice/notice.js'
import {slackMessage} from '../../domain/notice/slack-message.js'
import type {Audience} from '../../domain/notice/wording.js'
import type {Delivery, Notifier} from '../../ports/notifier.js'
import {slackFailure} from './slack-failure.js'

export interface SlackNotifierOptions extends Audience {
  readonly token: string
  /** `#ops-incidents` or an id. */
  readonly channel: string
  /** For a proxy or a test; Slack's own when null. */
  readonly apiUrl: string | null
  readonly timeoutSeconds?: number
}

const TIMEOUT_SECONDS = 4

// The SDK's own policy goes on for half an hour; what one quick retry can't do is the outbox's work.
const RETRIES = {retries: 1, minTimeout: 200, maxTimeout: 200}

const nothing = (): void => undefined

/** The SDK logs requests and warnings; they would land between the lines of an answer. */
const SILENT = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
} as const

async function connect(options: SlackNotifierOptions): Promise<WebClient> {
  const {WebClient, LogLevel} = await import('@slack/web-api')
  const logger: Logger = {...SILENT, getLevel: () => LogLevel.ERROR}
  return new WebClient(options.token, {
    ...(options.apiUrl === null ? {} : {slackApiUrl: options.apiUrl}),
    logger,
    timeout: (options.timeoutSeconds ?? TIMEOUT_SECONDS) * 1000,
    retryConfig: RETRIES,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  })
}

/** The root is gone or too old to be rewritten: there is nothing left to do, and the reply says it anyway. */
const NOT_EDITABLE = ['message_not_found', 'cant_update_message', 'edit_window_closed']

function deliveredAs(answer: {channel?: string; ts?: string}): Delivery {
  const {channel, ts} = answer
  return {kind: 'delivered', message: channel === undefined || ts === undefined ? null : {channel, id: ts}}
}

/** A Slack bot: one root message a thread, replies below it, the root rewritten when the matter has ended. */
export function slackNotifier(options: SlackNotifierOptions): Notifier {
  let connecting: Promise<WebClient> | null = null
  const client = (): Promise<WebClient> => (connecting ??= connect(options))

  const post = async (notice: Notice, root: MessageReference | null): Promise<Delivery> => {
    const {text, blocks} = slackMessage(notice, options)
    const place = root === null ? {channel: options.channel} : {channel: root.channel, thread_ts: root.id}
    try {
      const {chat} = await client()
      return deliveredAs(await chat.postMessage({...place, text, blocks, unfurl_links: false, unfurl_media: false}))
    } catch (error) {
      return slackFailure(error, options.channel).delivery
    }
  }

  return {
    channel: 'slack',
    threaded: true,
    send: post,
    edit: async (root, notice) => {
      try {
        const {chat} = await client()
        return deliveredAs(await chat.update({channel: root.channel, ts: root.id, ...slackMessage(notice, options)}))
      } catch (error) {
        const {delivery, code} = slackFailure(error, options.channel)
        return NOT_EDITABLE.includes(code) ? {kind: 'delivered', message: root} : delivery
      }
    },
  }
}
