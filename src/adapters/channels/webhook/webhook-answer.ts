import type {Mend} from '../../../domain/notices/undelivered.js'
import type {Delivery} from '../../../ports/notifier.js'
import type {Posted} from '../../http/post.js'
import {proxyFailure} from '../../http/proxy.js'
import {retryAfterSeconds} from './retry-after.js'

type Answered = Extract<Posted, {kind: 'answered'}>
/** Neither yes nor no: another try may be taken. */
const WAITING = [408, 425, 429]
const TOO_MANY = 429
const SERVERS = 500

const MEND: Readonly<Record<number, Mend>> = {
  401: {look: 'signature'},
  403: {look: 'signature'},
  410: {look: 'receiver'},
}

function answered({status, headers}: Answered, service: string, now: Date): Delivery {
  if (status >= 200 && status < 300) return {kind: 'delivered', message: null}
  if (status < SERVERS && !WAITING.includes(status)) {
    const mend = MEND[status] ?? ({look: 'webhook'} as const)
    return {kind: 'rejected', reason: {why: 'refused', service, code: `HTTP ${String(status)}`, mend}}
  }
  return {
    kind: 'failed',
    reason: status === TOO_MANY ? {why: 'asksToWait', service} : {why: 'httpStatus', service, status},
    retryAfterSeconds: retryAfterSeconds(headers['retry-after'], now),
    mayHaveArrived: status >= SERVERS,
  }
}

/** What became of a notice, by what became of its request. */
export function webhookDelivery(posted: Posted, service: string, now: Date): Delivery {
  const failed = {kind: 'failed', retryAfterSeconds: null} as const
  switch (posted.kind) {
    case 'answered':
      return answered(posted, service, now)
    case 'viaProxy':
      return {...failed, reason: proxyFailure(posted.failure, service) ?? {why: 'notTried'}, mayHaveArrived: false}
    case 'timedOut':
      return {...failed, reason: {why: 'notAnswered', service}, mayHaveArrived: true}
    case 'untrusted':
      return {...failed, reason: {why: 'untrusted', service, problem: posted.problem}, mayHaveArrived: false}
    case 'broken':
      return {
        ...failed,
        reason: {why: 'unreachable', service, code: posted.code},
        mayHaveArrived: posted.wasSent,
      }
  }
}
