import type {CallFailure} from '../../../domain/notices/undelivered.js'
import {shorten} from '../../../domain/notices/split-text.js'
import {visible} from '../../../domain/text/visible.js'
import {proxyFailure} from '../../http/proxy.js'
import type {Delivery} from '../../../ports/notifier.js'

type Undone = Exclude<Delivery, {kind: 'delivered'}>

/** As people know it. */
export const PAGERDUTY = 'PagerDuty'

/** What PagerDuty asks for where it says nothing: minutes. */
const PATIENCE_SECONDS = 120
const ERROR_CHARACTERS = 300
const FINAL_STATUSES = [400, 413]

export function failedCall(reason: CallFailure, retryAfterSeconds: number | null = null): Undone {
  return {kind: 'failed', reason, retryAfterSeconds, mayHaveArrived: retryAfterSeconds === null}
}

/** Seconds, or a date of HTTP. */
function retryAfter(value: string | null, now: number): number {
  const text = (value ?? '').trim()
  if (/^\d{1,9}$/.test(text)) return Math.max(1, Number(text))
  const at = Date.parse(text)
  return Number.isNaN(at) || at <= now ? PATIENCE_SECONDS : Math.ceil((at - now) / 1000)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** What PagerDuty says is wrong with the event, without the key that it may quote. */
function errorsIn(body: string, routingKey: string): string {
  const {errors, message} = {...(parsed(body) as {errors?: unknown; message?: unknown} | null)}
  const texts = (Array.isArray(errors) ? (errors as unknown[]) : [message]).filter((one) => typeof one === 'string')
  const text = texts.join('; ').replaceAll(routingKey, '***')
  return shorten(visible(text === '' ? 'HTTP 400' : text), ERROR_CHARACTERS)
}

export interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: string
}

/** What an answer other than 202 means; `now` in milliseconds. */
export function refusal({status, body, ...answer}: Answer, routingKey: string, now: number): Undone {
  if (status === 429) return failedCall({why: 'asksToWait', service: PAGERDUTY}, retryAfter(answer.retryAfter, now))
  if (!FINAL_STATUSES.includes(status)) return failedCall({why: 'httpStatus', service: PAGERDUTY, status})
  const code = status === 400 ? errorsIn(body, routingKey) : `HTTP ${String(status)}`
  const mend = /routing.?key/i.test(code) ? ({look: 'routingKey'} as const) : null
  return {kind: 'rejected', reason: {why: 'refused', service: PAGERDUTY, code, mend}}
}

/** What `fetch` threw; its messages hold addresses. */
export function callFailure(error: unknown): Undone {
  if (error instanceof Error && error.name === 'TimeoutError')
    return failedCall({why: 'notAnswered', service: PAGERDUTY})
  const proxy = proxyFailure(error, PAGERDUTY)
  if (proxy !== null) return {kind: 'failed', reason: proxy, retryAfterSeconds: null, mayHaveArrived: false}
  const {code} = {...((error instanceof Error ? error.cause : null) as {code?: unknown} | null)}
  const word = typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : null
  return failedCall({why: 'unreachable', service: PAGERDUTY, code: word})
}
