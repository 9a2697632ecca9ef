import type {Delivery} from '../../ports/notifier.js'
import {fieldsOf} from './fields-of.js'
import type {Fields} from './fields-of.js'

export interface SlackFailure {
  readonly delivery: Delivery
  /** Slack's own word for it, `unknown` when it gave none. */
  readonly code: string
}

const SLOW_DOWN = 'Slack asks to slow down'

const TRANSIENT = [
  'fatal_error',
  'internal_error',
  'rate_limited',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]

function hintFor(code: string, channel: string): string {
  if (code === 'channel_not_found') return `: is there a ${channel}, and is the bot in it?`
  if (code === 'not_in_channel') return `: invite the bot to ${channel}`
  if (['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'].includes(code))
    return ': check the token'
  return ''
}

function failed(reason: string, retryAfterSeconds: number | null = null, code = 'unknown'): SlackFailure {
  return {delivery: {kind: 'failed', reason, retryAfterSeconds}, code}
}

/** `ok: false`. The SDK puts a body that is no JSON where the error's name should be. */
function platformFailure(data: Fields, channel: string): SlackFailure {
  const code = data['error']
  if (typeof code !== 'string' || !/^[a-z][a-z0-9_]{1,60}$/.test(code)) return failed('Slack answered junk')
  if (TRANSIENT.includes(code)) return failed(`Slack had trouble (${code})`, null, code)
  return {delivery: {kind: 'rejected', reason: `Slack refused it (${code})${hintFor(code, channel)}`}, code}
}

/** The SDK wraps what `fetch` threw, which wraps what the socket said; none of their messages is shown, for they hold URLs. */
function requestFailure(original: unknown): SlackFailure {
  if (!(original instanceof Error)) return failed("Slack can't be reached")
  if (original.name === 'TimeoutError') return failed('Slack did not answer in time')
  const {code} = fieldsOf(original.cause)
  const detail = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? ` (${code})` : ''
  return failed(`Slack can't be reached${detail}`)
}

/** What an error of Slack's SDKs means for the notice. */
export function slackFailure(error: unknown, channel: string): SlackFailure {
  const fields: Fields = {...fieldsOf(error), message: error instanceof Error ? error.message : ''}
  switch (fields['code']) {
    case 'slack_webapi_platform_error':
      return platformFailure(fieldsOf(fields['data']), channel)
    case 'slack_webapi_rate_limited_error':
      return failed(SLOW_DOWN, Number(fields['retryAfter']) || null, 'rate_limited')
    case 'slack_webapi_http_error':
    case 'slack_webhook_http_error':
      return failed(`Slack answered HTTP ${String(fields['statusCode'])}`)
    case 'slack_webapi_request_error':
    case 'slack_webhook_request_error':
      return requestFailure(fields['original'])
    default:
      // A 429 without Retry-After has no error class of its own.
      return failed(String(fields['message']).startsWith('Retry header') ? SLOW_DOWN : "Slack can't be used")
  }
}
