import type {Notice} from '../../../domain/notices/notice.js'
import type {Failure} from '../../../domain/notices/undelivered.js'
import type {Delivery, Notifier} from '../../../ports/notifier.js'
import {postOnce} from '../../http/post.js'
import {noticeDocument} from './notice-document.js'
import {signatureHeaders, signingKey} from './signature.js'
import {webhookDelivery} from './webhook-answer.js'
import {webhookUrl} from './webhook-url.js'

export interface WebhookNotifierOptions {
  /** May be a secret: whoever has it can call it. */
  readonly url: string
  /** Where it is kept, for messages. */
  readonly urlReference: string
  /** `whsec_…`. */
  readonly secret: string
  readonly secretReference: string
  readonly timeoutSeconds?: number
}

const TIMEOUT_SECONDS = 10
const MILLISECONDS = 1000

interface Receiver {
  readonly url: URL
  readonly key: Buffer
}

function receiverOf({url, urlReference, secret, secretReference}: WebhookNotifierOptions): Receiver | Failure {
  const target = webhookUrl(url)
  if (target === null) return {why: 'unfitSecret', reference: urlReference, expected: 'webhookUrl'}
  const key = signingKey(secret)
  return key === null ? {why: 'unfitSecret', reference: secretReference, expected: 'webhookSecret'} : {url: target, key}
}

async function send({url, key}: Receiver, notice: Notice, timeoutSeconds: number): Promise<Delivery> {
  const body = noticeDocument(notice)
  const seconds = Math.floor(Date.now() / MILLISECONDS)
  const signature = signatureHeaders(key, {id: notice.id, seconds, body})
  const headers = {'Content-Type': 'application/json', ...signature}
  const posted = await postOnce({url: url.href, headers, body, timeoutSeconds})
  return webhookDelivery(posted, url.host, new Date())
}

/** One signed request a notice. The receiver knows a notice that is sent again by its `webhook-id`. */
export function webhookNotifier(options: WebhookNotifierOptions): Notifier {
  const receiver = receiverOf(options)
  const timeoutSeconds = options.timeoutSeconds ?? TIMEOUT_SECONDS
  return {
    channel: 'webhook',
    threaded: false,
    reach: {kind: 'people'},
    repeat: 'safe',
    send: (notice) =>
      'why' in receiver
        ? Promise.resolve({kind: 'rejected', reason: receiver})
        : send(receiver, notice, timeoutSeconds),
    edit: () => Promise.resolve({kind: 'rejected', reason: {why: 'notEditable', what: 'webhook'}}),
    probe: () =>
      Promise.resolve(
        'why' in receiver
          ? {kind: 'rejected', reason: receiver}
          : {kind: 'untried', detail: 'a webhook can only be tried by posting'},
      ),
  }
}
