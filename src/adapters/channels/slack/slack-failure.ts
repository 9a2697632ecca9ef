import type {CallFailure, Mend} from '../../../domain/notices/undelivered.js'
import type {Delivery} from '../../../ports/notifier.js'
import {proxyFailure} from '../../http/proxy.js'
import {fieldsOf} from './fields-of.js'
import type {Fields} from './fields-of.js'

type FailedDelivery = Exclude<Delivery, {kind: 'delivered'}> & {readonly reason: CallFailure}

export interface SlackFailure {
  readonly delivery: FailedDelivery
  /** Slack's own word for it, or one of these. */
  readonly code: 'never_sent' | 'timed_out' | 'server_error' | 'unknown' | (string & {})
}

/** As people know it. */
export const SLACK = 'Slack'

const SLOW_DOWN: CallFailure = {why: 'asksToWait', service: SLACK}

/** Nothing was done; true for what may have been done in part, by docs.slack.dev/reference/methods/chat.postMessage#errors. */
const TRANSIENT: Readonly<Record<string, boolean>> = {
  fatal_error: true,
  internal_error: true,
  rate_limited: false,
  ratelimited: false,
  request_timeout: false,
  service_unavailable: false,
  team_added_to_org: false,
}

/** Errors of a connection that never came about: Slack has not seen a byte of the request. */
const NEVER_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
])

const BAD_TOKEN = ['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive']

function mendFor(code: string, channel: string): Mend | null {
  if (code === 'channel_not_found') return {look: 'channel', channel}
  if (code === 'not_in_channel') return {look: 'invitation', channel}
  return BAD_TOKEN.includes(code) ? {look: 'token'} : null
}

interface Failed {
  readonly mayHaveArrived: boolean
  readonly retryAfterSeconds?: number | null
  readonly code?: string
}

function failed(
  reason: CallFailure,
  {mayHaveArrived, retryAfterSeconds = null, code = 'unknown'}: Failed,
): SlackFailure {
  return {delivery: {kind: 'failed', reason, retryAfterSeconds, mayHaveArrived}, code}
}

/** An answer that Slack would not give; a proxy may have passed the request on all the same. */
export const JUNK = failed({why: 'junk', service: SLACK}, {mayHaveArrived: true})

/** `ok: false`. The SDK puts a body that is no JSON where the error's name should be. */
function platformFailure(data: Fields, channel: string): SlackFailure {
  const code = data['error']
  if (typeof code !== 'string' || !/^[a-z][a-z0-9_]{1,60}$/.test(code)) return JUNK
  const mayHaveArrived = Object.hasOwn(TRANSIENT, code) ? TRANSIENT[code] : undefined
  if (mayHaveArrived !== undefined) return failed({why: 'trouble', service: SLACK, code}, {mayHaveArrived, code})
  const reason: CallFailure = {why: 'refused', service: SLACK, code, mend: mendFor(code, channel)}
  return {delivery: {kind: 'rejected', reason}, code}
}

/** The SDK wraps what `fetch` threw, which wraps what the socket said; none of their messages is shown, for they hold URLs. */
function requestFailure(original: unknown): SlackFailure {
  const unreachable = {why: 'unreachable', service: SLACK} as const
  if (!(original instanceof Error)) return failed({...unreachable, code: null}, {mayHaveArrived: true})
  if (original.name === 'TimeoutError')
    return failed({why: 'notAnswered', service: SLACK}, {mayHaveArrived: true, code: 'timed_out'})
  const proxy = proxyFailure(original, SLACK)
  if (proxy !== null) return failed(proxy, {mayHaveArrived: false, code: 'never_sent'})
  const {code} = fieldsOf(original.cause)
  const word = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : null
  const reason: CallFailure = {...unreachable, code: word}
  return word !== null && NEVER_SENT.has(word)
    ? failed(reason, {mayHaveArrived: false, code: 'never_sent'})
    : failed(reason, {mayHaveArrived: true})
}

function httpFailure(status: unknown): SlackFailure {
  const isServers = typeof status !== 'number' || status >= 500
  const code = isServers ? 'server_error' : 'unknown'
  const shown = typeof status === 'number' ? status : null
  return failed({why: 'httpStatus', service: SLACK, status: shown}, {mayHaveArrived: isServers, code})
}

/** Seconds that Slack asks for; null for none that make sense. */
function retryAfter(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null
}

/** What an error of Slack's SDKs means for the notice. */
export function slackFailure(error: unknown, channel: string): SlackFailure {
  const fields: Fields = {...fieldsOf(error), message: error instanceof Error ? error.message : ''}
  switch (fields['code']) {
    case 'slack_webapi_platform_error':
      return platformFailure(fieldsOf(fields['data']), channel)
    case 'slack_webapi_rate_limited_error':
      return failed(SLOW_DOWN, {
        mayHaveArrived: false,
        retryAfterSeconds: retryAfter(fields['retryAfter']),
        code: 'rate_limited',
      })
    case 'slack_webapi_http_error':
    case 'slack_webhook_http_error':
      return httpFailure(fields['statusCode'])
    case 'slack_webapi_request_error':
    case 'slack_webhook_request_error':
      return requestFailure(fields['original'])
    default:
      // A 429 without Retry-After has no error class of its own.
      return String(fields['message']).startsWith('Retry header') ? failed(SLOW_DOWN, {mayHaveArrived: false}) : JUNK
  }
}
